"""Every problem code: its severity and what it stands for. A code never changes its meaning."""

from __future__ import annotations

from dataclasses import dataclass

from content.problem import Place, Problem, Severity

_E, _W = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Code:
    """Describe one kind of problem."""

    severity: Severity
    title: str
    online: bool = False


CODES: dict[str, Code] = {
    # files
    "FIL001": Code(_E, "the folder is missing"),
    "FIL002": Code(_E, "the file is not UTF-8 text"),
    "FIL003": Code(_W, "the file starts with a byte order mark"),
    "FIL004": Code(_E, "the file is too large"),
    "FIL005": Code(_E, "the file is empty"),
    "FIL006": Code(_E, "the file cannot be read"),
    "FIL007": Code(_W, "the file has Windows line ends"),
    "FIL008": Code(_E, "a YAML file lies where nothing reads it"),
    "FIL009": Code(_E, "pack.yaml is missing"),
    "FIL010": Code(_W, "a line ends with spaces"),
    "FIL011": Code(_E, "an invisible character"),
    # YAML
    "YML001": Code(_E, "the YAML cannot be read"),
    "YML002": Code(_E, "a tab indents a line"),
    "YML003": Code(_E, "a field stands twice in one entry"),
    "YML004": Code(_E, "an anchor or alias"),
    "YML005": Code(_E, "a YAML tag"),
    "YML006": Code(_E, "nested too deeply"),
    "YML007": Code(_E, "more than one document in a file"),
    "YML008": Code(_E, "a key that is not a word"),
    # shape
    "SHP001": Code(_E, "an unknown field"),
    "SHP002": Code(_E, "a field is missing"),
    "SHP003": Code(_E, "a value of the wrong type"),
    "SHP004": Code(_E, "a value that is not among the choices"),
    "SHP005": Code(_E, "a number out of range"),
    "SHP006": Code(_E, "a list too short or too long"),
    "SHP007": Code(_E, "a value in the wrong form"),
    "SHP008": Code(_E, "a file that is not an entry or a list of entries"),
    # ids
    "ID001": Code(_E, "an id that is not kebab-case"),
    "ID002": Code(_E, "an id used twice"),
    # history
    "HIS001": Code(_E, "an old id that still lives"),
    "HIS002": Code(_E, "an old id claimed twice"),
    "HIS003": Code(_E, "an old id that is not kebab-case"),
    "HIS004": Code(_E, "a released id that is gone"),
    "HIS005": Code(_E, "a released id taken out of was"),
    "HIS006": Code(_E, "a released id that became something else"),
    "HIS007": Code(_E, "a retired id that is in use"),
    "HIS008": Code(_E, "a record of releases that cannot be read"),
    "HIS009": Code(_W, "a finished pack that was never released"),
    # text
    "TXT001": Code(_E, "a text too long"),
    "TXT002": Code(_W, "too few or too many words"),
    "TXT003": Code(_E, "no full stop at the end"),
    "TXT004": Code(_E, "raw HTML"),
    "TXT005": Code(_E, "the markup of one platform"),
    "TXT006": Code(_E, "a Markdown element outside the closed set"),
    "TXT007": Code(_E, "an empty text"),
    "TXT008": Code(_E, "a placeholder nobody filled in"),
    "TXT009": Code(_E, "several lines where one is meant"),
    # links
    "LNK001": Code(_E, "a link that is not https or not a public address"),
    "LNK002": Code(_E, "a tracker in a link"),
    "LNK003": Code(_E, "a shortened link"),
    "LNK004": Code(_E, "the same link in two resources"),
    "LNK005": Code(_E, "a checked date that no online check wrote"),
    "LNK006": Code(_E, "a checked date in the future"),
    "LNK007": Code(_E, "a dead link", online=True),
    "LNK008": Code(_W, "a link that leads to another host", online=True),
    "LNK009": Code(_W, "a link that could not be verified", online=True),
    # references
    "REF001": Code(_E, "an unknown topic"),
    "REF002": Code(_E, "an unknown resource"),
    "REF003": Code(_E, "an unknown related question"),
    "REF004": Code(_E, "an unknown step"),
    "REF005": Code(_E, "an unknown challenge"),
    "REF006": Code(_E, "an unknown parent topic"),
    "REF007": Code(_E, "topics that are each other's parents"),
    "REF008": Code(_E, "steps that need each other"),
    "REF009": Code(_W, "an old id where the new one is meant"),
    "REF010": Code(_W, "a reference to itself or twice to the same"),
    "REF011": Code(_E, "an evaluation question with an unknown answer"),
    "REF012": Code(_E, "an unknown path to branch from"),
    "REF013": Code(_E, "paths that branch from each other"),
    "REF014": Code(_E, "a step that stands before one it needs"),
    "REF015": Code(_E, "an unknown step to train"),
    "REF016": Code(_W, "a challenge and a step of which only one names the other"),
    "REF017": Code(_E, "an unknown challenge in a year"),
    # challenges
    "CHL001": Code(_E, "an unknown generator"),
    "CHL002": Code(_E, "a parameter that the generator does not take"),
    "CHL003": Code(_E, "an unknown answer"),
    "CHL004": Code(_E, "a generator of another kind of data"),
    "CHL005": Code(_E, "a part that asks for a number where the answer is text, or the other way round"),
    "CHL006": Code(_E, "a tolerance or rule that does not fit the answer"),
    "CHL007": Code(_E, "a metric that does not fit the data"),
    "CHL008": Code(_E, "a number of places that is missing or not wanted"),
    "CHL009": Code(_E, "a baseline that nobody can beat by a step"),
    "CHL010": Code(_E, "another id column than that of the data"),
    "CHL011": Code(_E, "options that do not fit the kind of question"),
    "CHL012": Code(_E, "a right answer that is not among the options"),
    "CHL013": Code(_E, "hints that cost as much as the challenge gives"),
    "CHL014": Code(_E, "two parts that ask for the same answer"),
    "CHL015": Code(_W, "a year that begins too hard"),
    "CHL016": Code(_W, "two projects in a row in a year"),
    # age
    "AGE001": Code(_E, "a month in the future"),
    "AGE002": Code(_W, "older than eighteen months"),
    # coverage
    "COV001": Code(_W, "a topic without a tip"),
    "COV002": Code(_W, "a topic without a question"),
    "COV003": Code(_W, "a topic without a resource"),
    "COV004": Code(_W, "a step without a resource"),
    "COV005": Code(_W, "not three to sixteen other wordings"),
    # likeness
    "SIM001": Code(_W, "two titles or questions nearly the same"),
    "SIM002": Code(_W, "two texts nearly the same"),
    "SIM003": Code(_W, "another wording that is a near copy"),
    "SIM004": Code(_W, "the same wording in two questions"),
    "SIM005": Code(_W, "two entries that teach nearly the same"),
}


def problem(code: str, place: Place, message: str, hint: str) -> Problem:
    """Build a problem with the severity of its code."""
    return Problem(place, code, CODES[code].severity, message, hint)
