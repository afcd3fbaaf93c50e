"""A pack with as many small challenges as a test needs, in a fixed order."""

from __future__ import annotations

from pathlib import Path

PACK = """
id: quizzes
title: A pile of quizzes
language: en
version: "2026.11"
maintainers: [The tests]
summary: Just enough to plan with.
"""
TOPICS = """
topics:
  - {id: soil, title: Soil}
"""
QUIZ = """
- id: quiz-{number:02}
  title: Quiz {number}
  kind: quiz
  level: beginner
  minutes: 5
  topics: [soil]
  task: One question about soil.
  grading: at-close
  questions:
    - ask: What does a heap that smells lack?
      kind: choice
      options: [Air, Water, Sun]
      right: Air
      explain: Without air other creatures take over, and those smell.
  solution: Air, then patience.
  as_of: "2026-10"
"""


def write_quizzes(folder: Path, count: int) -> Path:
    """Write a pack with so many quizzes: Quiz 1, Quiz 2 and so on."""
    (folder / "challenges").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK.strip() + "\n", "utf-8")
    (folder / "topics.yaml").write_text(TOPICS.strip() + "\n", "utf-8")
    text = "".join(QUIZ.format(number=number) for number in range(1, count + 1))
    (folder / "challenges" / "all.yaml").write_text(text.strip() + "\n", "utf-8")
    return folder
