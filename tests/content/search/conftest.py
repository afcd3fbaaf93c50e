from __future__ import annotations

import pytest

from content.search import Index
from tests.content.search.garden import EVERYTHING, WORDS


@pytest.fixture(scope="session")
def garden() -> Index:
    return Index.build(EVERYTHING, WORDS)
