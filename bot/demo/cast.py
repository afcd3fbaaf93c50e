"""Who is in the demo, and how they are: each of them invented."""

from __future__ import annotations

from dataclasses import dataclass

PLACE_NAME = "Northlight study group"
ORGANISER = "Olga"


@dataclass(frozen=True, slots=True)
class Part:
    """One made-up member."""

    name: str
    # How likely they are to learn something on a working day.
    keen: float
    path: str
    # How many weeks ago they came.
    since: int = 6
    on_board: bool = True
    # How likely they are to solve a challenge that they open.
    solves: float = 0.6
    # How many weeks ago they were last seen; 0 for those who still come.
    left: int = 0
    mentor: bool = False


CAST: tuple[Part, ...] = (
    Part(ORGANISER, 0.55, "mlops", solves=0.9, mentor=True),
    Part("Ada", 0.9, "common road", solves=0.95),
    Part("Bashir", 0.7, "data engineering", solves=0.7),
    Part("Chiara", 0.62, "common road", solves=0.5),
    Part("Dmitri", 0.5, "deep learning", solves=0.8),
    Part("Efua", 0.8, "applied analytics", solves=0.75),
    Part("Farid", 0.35, "common road", solves=0.3),
    Part("Grace", 0.66, "language", solves=0.85, mentor=True),
    Part("Hana", 0.45, "computer vision", since=6),
    Part("Ivo", 0.3, "common road", since=6, left=3),
    Part("Jun", 0.75, "language", since=6, solves=0.7),
    Part("Kavya", 0.58, "mlops", since=4),
    Part("Lena", 0.4, "applied analytics", since=4, on_board=False),
    Part("Mateo", 0.6, "common road", since=3, solves=0.4),
    Part("Noor", 0.7, "data engineering", since=3),
    Part("Oskar", 0.25, "common road", since=4, left=2),
    Part("Priya", 0.85, "deep learning", since=2, solves=0.8),
    Part("Quentin", 0.4, "common road", since=3, on_board=False),
    Part("Rosa", 0.6, "common road", since=2),
    Part("Samir", 0.5, "language", since=1),
)

LEARNED = (
    "why the validation set must not be touched while I tune",
    "how to read a confusion table without getting confused",
    "window functions, at last",
    "that a join can make rows, and how to count them before and after",
    "what a learning rate that is too high looks like in the curve",
    "how git keeps my experiments apart",
    "broadcasting in NumPy, with paper and pencil",
    "why accuracy lies when one class is rare",
    "to write the question down before I open the notebook",
    "that most of the time goes into the data",
    "cross-validation with groups",
    "how to say what a p-value is not",
    "caching in Docker builds",
    "the difference between precision and recall, for good this time",
)

QUESTIONS = (
    "how much math do i need",
    "do i need a phd",
    "which laptop should i buy",
    "how do i find a mentor",
    "what should be in my portfolio",
    "python or r",
    "how long until i get a job",
    "do i have to know cuda",
)

# What no pack answers; organisers see it under gaps.
MISSED = (
    "is there a meetup for us in tartu",
    "who keeps the key of the seminar room",
    "can we borrow the lab's gpu on sundays",
)

TOPICS = ("python", "statistics", "machine learning", "sql", "git", "deep learning")
