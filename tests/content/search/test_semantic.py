from __future__ import annotations

import logging
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy")

from content.document import Document  # noqa: E402
from content.search import Index  # noqa: E402
from content.search.minilm import SentenceModel  # noqa: E402
from content.search.preparing import CannotPrepare, prepare  # noqa: E402
from content.search.semantic import open_encoder  # noqa: E402
from content.search.vectors import KeepingEncoder  # noqa: E402
from content.search.weights import read_original  # noqa: E402
from content.search.wordpiece import WordPiece  # noqa: E402
from tests.content.search.garden import EVERYTHING  # noqa: E402
from tests.content.search.tiny_model import VOCABULARY, write_tiny_model  # noqa: E402

TEXTS = ["water the plants?", "heap", "", "watering the plant " * 80, "unheardof café 水"]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("model") / "original")


@pytest.fixture
def prepared(original: Path, tmp_path: Path) -> Path:
    return prepare(original, tmp_path / "prepared", lambda _: None)


class Topics:
    """An encoder that knows two subjects: animals and the weather."""

    _SUBJECTS = (("dog", "canine", "puppy"), ("rain", "storm", "drizzle"))

    def encode(self, texts: Sequence[str]) -> Any:
        """Return one row for each text."""
        rows = np.array(
            [[sum(word in text.lower() for word in words) for words in self._SUBJECTS] for text in texts],
            np.float32,
        ).reshape(len(texts), 2)
        return (rows + 0.01) / np.linalg.norm(rows + 0.01, axis=1, keepdims=True)

    encode_entries = encode


ANIMALS = (
    Document("feed", "faq", "What does my dog eat?", (), "Twice a day, a bowl of dry food."),
    Document("umbrella", "faq", "What to wear in the rain?", (), "A coat and boots."),
    Document("tip", "tip", "Walk your puppy early", (), "Before breakfast."),
)


def test_a_question_without_a_common_word_is_found_by_meaning() -> None:
    index = Index.build(ANIMALS, encoder=Topics())
    best = index.ask("canine nutrition", kind="faq").hits[0]
    assert best.id == "feed"
    assert [part.name for part in best.parts][:2] == ["wording", "text"]
    assert Index.build(ANIMALS).ask("canine nutrition").hits == ()
    assert {hit.kind for hit in index.ask("canine", kind="tip").hits} == {"tip"}


def test_the_model_does_not_break_what_needs_no_meaning() -> None:
    index = Index.build(ANIMALS, encoder=Topics())
    assert index.ask("", limit=3).hits == ()
    assert Index.build([], encoder=Topics()).ask("anything").hits == ()
    assert index.ask("dog") == index.ask("dog")


def test_vectors_have_length_one_and_do_not_depend_on_their_company(original: Path) -> None:
    model = SentenceModel(read_original(original))
    together = model.encode(TEXTS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for text, row in zip(TEXTS, together, strict=True):
        assert np.allclose(model.encode([text])[0], row, atol=1e-5)
    assert model.encode([]).shape == (0, 64)


def test_a_prepared_model_gives_the_vectors_of_the_original(original: Path, prepared: Path, tmp_path: Path) -> None:
    one, other = open_encoder(original, tmp_path), open_encoder(prepared, tmp_path)
    assert one
    assert other
    assert np.allclose(one.encode(TEXTS), other.encode(TEXTS), atol=1e-6)


def test_a_wheel_can_be_prepared(original: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "model.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in ("model.safetensors", "vocab.txt"):
            archive.write(original / name, f"some_package/model/{name}")
    assert open_encoder(prepare(wheel, tmp_path / "out", lambda _: None), tmp_path)


def test_what_cannot_be_prepared_is_told(tmp_path: Path) -> None:
    empty = tmp_path / "empty.whl"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("readme", "nothing here")
    (tmp_path / "text.whl").write_text("not an archive", encoding="utf-8")
    for source in (empty, tmp_path / "text.whl", tmp_path / "missing.whl", tmp_path):
        with pytest.raises(CannotPrepare):
            prepare(source, tmp_path / "out", lambda _: None)


@pytest.mark.parametrize("harm", ["missing", "damaged", "no checksum"])
def test_a_broken_model_is_one_log_line(prepared: Path, harm: str, caplog: pytest.LogCaptureFixture) -> None:
    source = prepared if harm != "missing" else prepared / "elsewhere"
    if harm == "damaged":
        (prepared / "model.npz").write_bytes((prepared / "model.npz").read_bytes()[:-20])
    if harm == "no checksum":
        (prepared / "model.npz.sha256").unlink()
    with caplog.at_level(logging.WARNING):
        assert open_encoder(source) is None
    assert len(caplog.records) == 1
    assert "stepwise search prepare" in caplog.text


class _Counting(SentenceModel):
    calls = 0

    def encode(self, texts: Sequence[str], most: int = 128) -> Any:
        """Count the texts."""
        self.calls += len(texts)
        return super().encode(texts, most)


def test_vectors_of_entries_are_kept(original: Path, tmp_path: Path) -> None:
    model = _Counting(read_original(original))
    first = KeepingEncoder(model, tmp_path).encode_entries(TEXTS)
    again = KeepingEncoder(model, tmp_path).encode_entries([*TEXTS, "a heap"])
    assert model.calls == len(TEXTS) + 1
    assert np.array_equal(first, again[: len(TEXTS)])
    KeepingEncoder(model, tmp_path).encode(["a question"])
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_store_of_vectors_is_made_anew(original: Path, tmp_path: Path) -> None:
    encoder = KeepingEncoder(SentenceModel(read_original(original)), tmp_path)
    first = encoder.encode_entries(TEXTS)
    for path in tmp_path.iterdir():
        path.write_bytes(b"PK nonsense")
    assert np.array_equal(encoder.encode_entries(TEXTS), first)


def test_a_whole_index_with_a_model(prepared: Path, tmp_path: Path) -> None:
    index = Index.build(EVERYTHING, encoder=open_encoder(prepared, tmp_path))
    assert index.ask("how do i start a compost heap").hits[0].id == "compost-start"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Watering PLANTS?", ["water", "##ing", "plant", "##s", "?"]),
        ("café水", ["cafe", "水"]),
        ("unknown", ["[UNK]"]),
        ("wa\x00ter\u200b\ttthe", ["water", "[UNK]"]),
        ("x" * 200, ["[UNK]"]),
    ],
)
def test_pieces(text: str, pieces: list[str]) -> None:
    numbers = WordPiece(VOCABULARY).numbers(text, 16)
    assert [VOCABULARY[number] for number in numbers] == ["[CLS]", *pieces, "[SEP]"]
    assert len(WordPiece(VOCABULARY).numbers(text * 20, 8)) <= 8


def test_numpy_stays_away_until_it_is_wanted() -> None:
    code = "import sys, content.search.cli, content.search.semantic; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[3]).returncode == 0
