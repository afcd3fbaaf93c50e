"""Typed answers proved: right for every member in every part, and wrong for nearly all by the usual mistake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.services.challenges.answering import is_right
from bot.services.challenges.data import make_data, members_seed
from bot.services.challenges.proving.proof import SECRET, Fault, Found, Maker
from bot.services.challenges.proving.solution import Solution, SolutionFailed
from bot.services.grading.faults import AnswerProblem
from content.challenge_model import AnswerChallenge, Part
from content.generators import Answer

# A tenth of all members: so many may be right by the usual mistake, and so many may have equal answers.
FEW = 10
_SHOWN = 100


def prove_answers(challenge: AnswerChallenge, solution: Solution, maker: Maker, members: int) -> Found:
    """Hold what the solution sends against each member's own data."""
    wrong: list[str] = []
    lucky, shared = 0, Counter[tuple[Answer, ...]]()
    for number in range(1, members + 1):
        seed, whose = members_seed(SECRET, 1, challenge.id, number), f"member {number}"
        files = maker.files(challenge, seed)
        shared[truths(challenge, seed)] += 1
        sent = _call(solution, "solve", files, whose, challenge)
        wrong += _wrong(challenge, seed, sent, whose)
        sent = _call(solution, "naive", files, whose, challenge)
        lucky += _is_lucky(challenge, seed, sent[-1], whose)
    return _judged(members, wrong, lucky, shared)


def truths(challenge: AnswerChallenge, seed: bytes) -> tuple[Answer, ...]:
    """Return what is right in each part."""
    answers = make_data(challenge.data, seed).answers
    return tuple(answers[part.answer] for part in challenge.parts)


def _judged(members: int, wrong: Sequence[str], lucky: int, shared: Counter[tuple[Answer, ...]]) -> Found:
    most = shared.most_common(1)[0][1]
    proved = (
        f"solve() is right for all {members} members, naive() is wrong in the last part for {members - lucky} of them, "
        f"and {'no two have' if most == 1 else f'at most {most} have'} the same answers"
    )
    return Found(proved, tuple(_faults(members, wrong, lucky, shared)))


def _faults(members: int, wrong: Sequence[str], lucky: int, shared: Counter[tuple[Answer, ...]]) -> Iterator[Fault]:
    if wrong:
        says = f"solve() is wrong for {len(wrong)} of {members} members. {wrong[0]}."
        yield Fault(says, "Read again what this answer means, or mend the solution.")
    if lucky > members // FEW:
        says = f"naive() is right in the last part for {lucky} of {members} members; at most {members // FEW} may be."
        yield Fault(says, "Ask for what the usual mistake gets wrong, or let naive() make that mistake.")
    same, most = shared.most_common(1)[0]
    if most > max(1, members // FEW):
        says = f"{most} of {members} members have the same answers: {'; '.join(map(_shown, same))}."
        yield Fault(says, "Ask for something that differs more, such as a number as the second part.")


def _call(
    solution: Solution, function: str, files: dict[str, str], whose: str, challenge: AnswerChallenge
) -> list[str]:
    sent = solution.call(function, files, whose)
    if isinstance(sent, list) and len(sent) == len(challenge.parts) and all(isinstance(one, str) for one in sent):
        return sent
    kinds = " and ".join(f"a {challenge.kind_of(part)}" for part in challenge.parts)
    hint = f"Return a list with one text for each part, as a member would type it: {kinds}."
    raise SolutionFailed(f"{function}() returned {_cut(repr(sent))} for {whose}.", hint)


def _wrong(challenge: AnswerChallenge, seed: bytes, sent: Sequence[str], whose: str) -> Iterator[str]:
    """Yield the first part that is wrong, if there is one."""
    for number, (part, typed) in enumerate(zip(challenge.parts, sent, strict=True), 1):
        try:
            right, why = is_right(challenge, part, seed, typed), ""
        except AnswerProblem:
            right, why = False, ", which cannot be read"
        if not right:
            truth = make_data(challenge.data, seed).answers[part.answer]
            asked = f"part {number} asks for a {challenge.kind_of(part)}, {_wanted(part, truth)}"
            yield f"For {whose}, {asked}, and “{_cut(typed)}” was sent{why}"
            return


def _is_lucky(challenge: AnswerChallenge, seed: bytes, typed: str, whose: str) -> bool:
    last = challenge.parts[-1]
    try:
        return is_right(challenge, last, seed, typed)
    except AnswerProblem:
        says = f"naive() sent “{_cut(typed)}” for {whose}, which nobody can read as a {challenge.kind_of(last)}."
        raise SolutionFailed(says, "Send what somebody sends who overlooks the point.") from None


def _wanted(part: Part, truth: Answer) -> str:
    if part.tolerance is None:
        any_order = part.accept is not None and part.accept.order == "any"
        return f"{_shown(truth)} in any order" if any_order else _shown(truth)
    ways = (f"{part.tolerance.relative * 100:g} %", f"{part.tolerance.absolute:g}")
    given = (part.tolerance.relative, part.tolerance.absolute)
    return f"{_shown(truth)} within {' or '.join(way for way, size in zip(ways, given, strict=True) if size) or '0'}"


def _shown(truth: Answer) -> str:
    if isinstance(truth, int | float):
        return f"{truth!r}"
    return f"“{truth if isinstance(truth, str) else ', '.join(truth)}”"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
