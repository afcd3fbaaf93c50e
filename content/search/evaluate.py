"""The command `stepwise content eval`: how good the search is on a pack's own questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from content.search.demands import Demands
from content.search.encoder import Encoder
from content.search.evaluation import Evaluation, NoQuestions, Scores, evaluate, read_questions
from content.search.loading import NothingToSearch, load_index

_COLUMNS = ("hit@1", "hit@3", "hit@5", "MRR", "abstained rightly", "abstained wrongly")

EvalCommand = Callable[..., None]


def _share(name: str, what: str) -> Any:
    return typer.Option(name, min=0, max=1, metavar="SHARE", help=f"Exit 1 when {what}.")


def eval_command(
    default_packs: Callable[[], Sequence[Path]], encoder: Callable[[], Encoder | None] = lambda: None
) -> EvalCommand:
    """Build the command; the pack in use is asked for only when the command runs."""

    def run(
        folder: Annotated[
            Path | None, typer.Argument(metavar="[DIR]", help="A pack; by default the one in use.")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
        misses: Annotated[bool, typer.Option("--misses", help="List what went wrong.")] = False,
        first: Annotated[float | None, _share("--first", "fewer come first")] = None,
        three: Annotated[float | None, _share("--three", "fewer come among the first three")] = None,
        silent: Annotated[float | None, _share("--silent", "fewer without an answer get none")] = None,
        amiss: Annotated[float | None, _share("--amiss", "more with an answer get none")] = None,
    ) -> None:
        """Ask the search the pack's own questions (eval/questions.yaml) and count the right answers.

        The last four options name what the questions as written must reach.
        """
        chosen = folder or next(iter(default_packs()), Path())
        try:
            known = read_questions(chosen)
            found = evaluate(load_index([chosen], encoder()).index, known)
        except (NoQuestions, NothingToSearch) as refused:
            typer.echo(str(refused), err=True)
            raise typer.Exit(2) from None
        typer.echo(_as_json(found, misses) if as_json else "\n".join(_lines(found, misses)))
        _insist(found, Demands(first, three, silent, amiss))

    return run


def _insist(found: Evaluation, demands: Demands) -> None:
    """Exit with 1 when the questions as written do not reach what is asked for."""
    if unmet := list(demands.unmet(found.scores[0])):
        typer.echo(
            "\n".join((*unmet, "See which questions with --misses; another wording under also: often helps.")), err=True
        )
        raise typer.Exit(1)


def _as_json(found: Evaluation, misses: bool) -> str:
    data = {"scores": [_rounded(asdict(scores)) for scores in found.scores]}
    if misses:
        data["misses"] = [asdict(miss) for miss in found.misses]
    return json.dumps(data, indent=2, ensure_ascii=False)


def _rounded(values: dict[str, object]) -> dict[str, object]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in values.items()}


def _lines(found: Evaluation, misses: bool) -> list[str]:
    first = found.scores[0]
    lines = [f"{first.answerable} questions with an answer, {first.unanswerable} without"]
    width = max(len(scores.variant) for scores in found.scores)
    lines.append("  ".join((" " * width, *_COLUMNS)))
    for scores in found.scores:
        cells = (cell.rjust(len(name)) for cell, name in zip(_cells(scores), _COLUMNS, strict=True))
        lines.append("  ".join((scores.variant.ljust(width), *cells)))
    if misses:
        lines += _miss_lines(found)
    return lines


def _cells(scores: Scores) -> tuple[str, ...]:
    rates = (scores.hit_at_1, scores.hit_at_3, scores.hit_at_5, scores.mrr)
    silent = scores.abstained_rightly
    shown = [f"{rate:.3f}" for rate in rates]
    return (*shown, "-" if silent is None else f"{silent:.3f}", f"{scores.abstained_wrongly:.3f}")


def _miss_lines(found: Evaluation) -> list[str]:
    lines = ["", f"{len(found.misses)} not as they should be:"]
    for miss in found.misses:
        wanted = miss.wanted or "no answer"
        sure = "sure" if miss.confident else "not sure"
        lines.append(f"  [{miss.variant}] {miss.question}")
        lines.append(f"      wanted {wanted}; {sure} of {', '.join(miss.got) or 'nothing'}")
    return lines
