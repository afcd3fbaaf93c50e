"""Personal data from a seed: `make(name, params, seed)` gives files and their answers, the same for ever."""

from content.generators.generator import AnswerKind, AnswerName, CannotMake, Generator, Params
from content.generators.made import Answer, Cell, Made, Split, Table, Target, Text
from content.generators.registry import GENERATORS, make

__all__ = [
    "GENERATORS",
    "Answer",
    "AnswerKind",
    "AnswerName",
    "CannotMake",
    "Cell",
    "Generator",
    "Made",
    "Params",
    "Split",
    "Table",
    "Target",
    "Text",
    "make",
]
