"""The good examples of the guide for writers are valid, and refer to what the shipped pack has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.settings import DEFAULT_PACK
from content.codes import CODES
from content.loader import load_pack
from content.model import Faq, Resource, Tip
from content.path_model import Step

GUIDE = Path(__file__).parents[2] / "docs" / "content.md"
KINDS: dict[str, type[Tip | Faq | Resource | Step]] = {"tip": Tip, "faq": Faq, "resource": Resource, "step": Step}
EXAMPLES = dict(re.findall(r"```yaml\n# (\w+)\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL))


def _example(kind: str) -> Tip | Faq | Resource | Step:
    return KINDS[kind].model_validate(yaml.safe_load(EXAMPLES[kind]))


def test_each_kind_has_a_good_example() -> None:
    assert set(EXAMPLES) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_good_example_is_valid_and_about_known_subjects(kind: str) -> None:
    topics = {topic.id for topic in load_pack(DEFAULT_PACK).topics.topics}
    assert set(_example(kind).topics) <= topics


def test_every_code_that_the_guide_names_exists() -> None:
    named = set(re.findall(r"`([A-Z]{3}\d{3})`", GUIDE.read_text("utf-8")))
    assert named
    assert named <= set(CODES)
