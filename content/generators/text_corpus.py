"""Notes to a help desk: words to count, weigh and compare."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from content.generators.clear import highest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text, whole
from content.generators.help_desk import LABELS, sentence, words_about
from content.generators.made import Answer, Made, Table
from content.generators.words import ids


class TextCorpus(Params):
    """Say how many notes there are and how long they are."""

    notes: Annotated[int, Field(ge=20, le=400, description="How many notes there are.")] = 60
    words: Annotated[int, Field(ge=8, le=40, description="How many words a note has on average.")] = 16


def _build(params: TextCorpus, dice: Dice) -> Made:
    labels = [dice.choice(tuple(LABELS)) for _ in range(params.notes)]
    notes = [words_about(label, params.words, 0.82, dice) for label in labels]
    asked = [words_about(dice.choice(tuple(LABELS)), 7, 0.82, dice) for _ in range(3)]
    rows = [
        (name, label, sentence(words, dice))
        for name, label, words in zip(ids("n", params.notes), labels, notes, strict=True)
    ]
    questions = [(name, sentence(words, dice)) for name, words in zip(ids("q", 3), asked, strict=True)]
    files = {"notes": Table.of("note label text", rows), "queries": Table.of("query text", questions)}
    return Made(files, _answers(labels, notes, asked))


def _answers(labels: list[str], notes: list[list[str]], asked: list[list[str]]) -> dict[str, Answer]:
    counts = Counter(word for note in notes for word in note)
    found = Counter(word for note in notes for word in set(note))
    pairs = Counter(pair for note in notes for pair in pairwise(note))
    rarity = {word: math.log(len(notes) / times) for word, times in found.items()}
    word = asked[0][0]
    require(0 < found[word] < len(notes))
    names = ids("n", len(notes))
    likeness = {
        name: _cosine(_weighed(asked[0], rarity), _weighed(note, rarity))
        for name, note in zip(names, notes, strict=True)
    }
    closest = highest(likeness)
    first_two = _cosine(Counter(notes[0]), Counter(notes[1]))
    require(first_two > 0.01)
    return {
        "words": counts.total(),
        "vocabulary": len(counts),
        "once": sum(times == 1 for times in counts.values()),
        "top_long_word": highest({each: times for each, times in counts.items() if len(each) > 4}, 0.5),
        "top_pair": " ".join(highest(pairs, 0.5)),
        "idf": rarity[word],
        "cosine": first_two,
        "closest_note": closest,
        "closest_score": likeness[closest],
        "likeliest_label": highest(_label_scores(asked[0], labels, notes)),
    }


def _weighed(words: list[str], rarity: dict[str, float]) -> dict[str, float]:
    return {word: times * rarity[word] for word, times in Counter(words).items() if word in rarity}


def _cosine(one: dict[str, float] | Counter[str], two: dict[str, float] | Counter[str]) -> float:
    both = math.fsum(weight * two[word] for word, weight in one.items() if word in two)
    sizes = [math.sqrt(math.fsum(weight * weight for weight in each.values())) for each in (one, two)]
    return both / (sizes[0] * sizes[1]) if all(sizes) else 0.0


def _label_scores(words: list[str], labels: list[str], notes: list[list[str]]) -> dict[str, float]:
    """Score each label as naive Bayes does, with one added to every count."""
    known = {word for note in notes for word in note}
    scores: dict[str, float] = {}
    for label in sorted(set(labels)):
        seen = Counter(word for each, note in zip(labels, notes, strict=True) if each == label for word in note)
        terms = [math.log((seen[word] + 1) / (seen.total() + len(known))) for word in words if word in known]
        scores[label] = math.log(labels.count(label) / len(labels)) + math.fsum(terms)
    return scores


_SPLIT = "Words are runs of letters, in lower case."
GENERATOR = Generator(
    "text-corpus",
    "Notes to a help desk with labels, and three queries.",
    TextCorpus,
    _build,
    {
        "words": whole(f"{_SPLIT} How many words do all notes have?"),
        "vocabulary": whole(f"{_SPLIT} How many different words do the notes have?"),
        "once": whole(f"{_SPLIT} How many words occur just once in all notes?"),
        "top_long_word": text(f"{_SPLIT} The most frequent word in the notes with five letters or more."),
        "top_pair": text(f"{_SPLIT} The most frequent pair of neighbours within a note, as two words with a space."),
        "idf": number(f"{_SPLIT} ln(notes / notes with the word) for the first word of query q01."),
        "cosine": number(f"{_SPLIT} The cosine between the word counts of the first two notes."),
        "closest_note": text(
            f"{_SPLIT} The note nearest to query q01 by cosine of count times ln(notes / notes with the word); "
            "words that no note has are left out."
        ),
        "closest_score": number(f"{_SPLIT} The cosine of that nearest note."),
        "likeliest_label": text(
            f"{_SPLIT} The label of query q01 by multinomial naive Bayes with one added to each count; words that no "
            "note has are left out."
        ),
    },
)
