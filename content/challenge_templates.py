"""New challenges to fill in, one template for each kind."""

from __future__ import annotations

_HEAD = """id: {id}
title: {p} the name that members read
kind: KIND
level: beginner
minutes: 30
topics: ["{p} a topic id"]
steps: []
task: |
  {p} what members read first, at most 1500 characters.
"""
_TAIL = """hints:
  - text: {p} what helps to begin.
    cost: 2
  - text: {p} what helps to get through.
    cost: 4
solution: |
  {p} the way to the answer, shown after the close.
as_of: "{month}"
sources: []
"""
_NUMBER = """data:
  generator: messy-table
  with: {{orders: 240}}
  format: csv
parts:
  - ask: {p} what to find out, exactly.
    answer: mean_amount
    tolerance: {{relative: 0.001}}
"""
_TEXT = """data:
  generator: messy-table
  with: {{orders: 240}}
  format: csv
parts:
  - ask: {p} what to find out, exactly.
    answer: best_city
"""
_PREDICTIONS = """data:
  generator: churn-table
  with: {{}}
  format: csv
metric: roc-auc
id_column: member
prediction_column: left
step: 0.005
baseline: 0.75
"""
_QUIZ = """grading: at-close
questions:
  - ask: {p} a question with one right option.
    kind: choice
    options: [first option, second option, third option]
    right: first option
    explain: {p} why this is right.
  - ask: {p} a question for a number.
    kind: number
    right: 12.5
    tolerance: {{relative: 0.01}}
    explain: {p} why this is right.
"""
_PROJECT = """asks_for: |
  {p} what exactly to hand in.
rubric:
  - title: {p} what is looked at
    levels:
      - {p} what none looks like.
      - {p} what some looks like.
      - {p} what great looks like.
  - title: {p} a second thing
    levels:
      - {p} what none looks like.
      - {p} what some looks like.
      - {p} what great looks like.
  - title: {p} a third thing
    levels:
      - {p} what none looks like.
      - {p} what some looks like.
      - {p} what great looks like.
"""
_BODIES = {"number": _NUMBER, "text": _TEXT, "predictions": _PREDICTIONS, "quiz": _QUIZ, "project": _PROJECT}
CHALLENGE_TEMPLATES = {kind: _HEAD.replace("KIND", kind) + body + _TAIL for kind, body in _BODIES.items()}
