"""The commands of `stepwise content`: check, schema, new, stats and release."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from content.challenge_templates import CHALLENGE_TEMPLATES
from content.checks.run import find_errors, find_problems
from content.edits import Change
from content.fix import fix_packs
from content.loader import LoadedPack, load_packs
from content.online import OnlineReport, Verify, check_online
from content.problem import Problem, errors_among, in_order
from content.releasing import release
from content.scaffold import KINDS, CannotScaffold, scaffold
from content.schema import SCHEMA_FOLDER, write_schemas
from content.stats import Stats, count
from content.verify import verify

_Folders = Annotated[list[Path] | None, typer.Argument(metavar="[DIR]...", help="Packs; by default those in use.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


@dataclass(frozen=True, slots=True)
class Setting:
    """Hold what the commands are given by the program around them."""

    default_packs: Callable[[], Sequence[Path]]
    today: Callable[[], date]
    ask: Verify

    def chosen(self, folders: Sequence[Path] | None) -> list[Path]:
        """Return the packs that were named, or those in use."""
        return list(folders or self.default_packs())


def content_app(
    default_packs: Callable[[], Sequence[Path]], today: Callable[[], date], ask: Verify = verify
) -> typer.Typer:
    """Build the commands; the packs in use and the day are asked for only when a command runs."""
    app = typer.Typer(help="Check, count and extend the content packs.", no_args_is_help=True)
    setting = Setting(default_packs, today, ask)
    for add in (_add_check, _add_schema, _add_new, _add_stats, _add_release):
        add(app, setting)
    return app


def _add_check(app: typer.Typer, setting: Setting) -> None:
    @app.command("check")
    def check(
        folders: _Folders = None,
        as_json: _Json = False,
        fix: Annotated[bool, typer.Option("--fix", help="Mend what needs no thought.")] = False,
        online: Annotated[bool, typer.Option("--online", help="Verify every link, politely.")] = False,
        strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    ) -> None:
        """Find everything that is wrong with the packs; exit 1 on errors."""
        chosen, today = setting.chosen(folders), setting.today()
        changes = fix_packs(load_packs(chosen)) if fix else []
        report = check_online(load_packs(chosen), today, setting.ask) if online else None
        packs = load_packs(chosen)
        found = in_order((*find_problems(packs, today), *(report.problems if report else ())))
        _say(packs, found, (*changes, *(report.changes if report else ())), report, as_json)
        if errors_among(found) or (strict and found):
            raise typer.Exit(1)


def _add_schema(app: typer.Typer, _: Setting) -> None:
    @app.command("schema")
    def schema(folder: Annotated[Path, typer.Option("--to", help="Where to write.")] = SCHEMA_FOLDER) -> None:
        """Write the JSON Schema files that editors use."""
        changed = write_schemas(folder)
        for path in changed:
            typer.echo(f"wrote {path}")
        typer.echo(f"{len(changed)} schema files changed." if changed else "The schema files are up to date.")


def _add_new(app: typer.Typer, setting: Setting) -> None:
    @app.command("new")
    def new(
        kind: Annotated[str, typer.Argument(metavar="|".join(KINDS), help="What to begin.")],
        entry_id: Annotated[str | None, typer.Option("--id", help="Its id, such as one-small-step.")] = None,
        pack: Annotated[Path | None, typer.Option("--pack", help="The folder of the pack.")] = None,
        form: Annotated[
            str, typer.Option("--kind", metavar="|".join(CHALLENGE_TEMPLATES), help="The kind of a challenge.")
        ] = "number",
    ) -> None:
        """Begin a new entry: a file with every field, to be filled in."""
        chosen = pack or next(iter(setting.default_packs()), Path())
        _begin(kind, entry_id or f"new-{kind}", chosen, setting.today(), form)


def _add_stats(app: typer.Typer, setting: Setting) -> None:
    @app.command("stats")
    def stats(folders: _Folders = None, as_json: _Json = False) -> None:
        """Count the entries by kind, topic, level and age."""
        counted = count(load_packs(setting.chosen(folders)), setting.today())
        if as_json:
            typer.echo(json.dumps(asdict(counted), indent=2))
        else:
            _show(counted)


def _add_release(app: typer.Typer, setting: Setting) -> None:
    @app.command("release")
    def release_pack(pack: Annotated[Path, typer.Argument(metavar="PACK", help="The folder of the pack.")]) -> None:
        """Write down the ids that members' progress hangs on; from then on no edit may lose them."""
        folders = setting.chosen(None)
        together = folders if pack.resolve() in {folder.resolve() for folder in folders} else [pack]
        packs = load_packs(together)
        if errors := find_errors(packs, setting.today()):
            _refuse_release(errors)
        loaded = next(each for each in packs if each.folder.resolve() == pack.resolve())
        if loaded.pack:
            changed = release(loaded, loaded.pack)
            said = "Released" if changed else "Already released and unchanged:"
            typer.echo(f"{said} {loaded.pack.id} {loaded.pack.version}.")


def _refuse_release(errors: Sequence[Problem]) -> None:
    for line in errors:
        typer.echo(str(line))
    typer.echo(f"Nothing was released: first mend {_counted(len(errors), 'error')}.", err=True)
    raise typer.Exit(1)


def _say(
    packs: Sequence[LoadedPack],
    found: Sequence[Problem],
    changes: Sequence[Change],
    report: OnlineReport | None,
    as_json: bool,
) -> None:
    errors = len(errors_among(found))
    totals = {"errors": errors, "warnings": len(found) - errors, "entries": sum(len(pack.entries) for pack in packs)}
    if as_json:
        changed = [
            {"file": str(change.place.file), "line": change.place.line, "says": change.says} for change in changes
        ]
        typer.echo(json.dumps({**totals, "problems": [each.as_json() for each in found], "changes": changed}, indent=2))
        return
    for line in (*changes, *found):
        typer.echo(str(line))
    if report:
        typer.echo(f"Online: {report.alive} links live, {report.guarded} let no program in and were left alone.")
    said = [_counted(number, name[:-1]) for name, number in totals.items() if name != "entries"]
    typer.echo(f"{', '.join(said)} in {totals['entries']} entries.")


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _begin(kind: str, entry_id: str, pack: Path, today: date, form: str) -> None:
    if kind not in KINDS:
        raise typer.BadParameter(f"choose one of {', '.join(KINDS)}.", param_hint="kind")
    try:
        path = scaffold(kind, entry_id, pack, today, form)
    except (CannotScaffold, OSError) as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(2) from None
    typer.echo(f"Began {path}. Now write what belongs at each of these lines:")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if "TODO:" in line:
            typer.echo(f"  {number}: {line.strip()}")
    typer.echo(f"Then run: stepwise content check {pack}")


def _show(stats: Stats) -> None:
    console = Console()
    kinds = Table(title="Entries by kind", title_justify="left")
    kinds.add_column("kind")
    kinds.add_column("count", justify="right")
    for name, number in stats.kinds.items():
        kinds.add_row(name, str(number))
    console.print(kinds)
    for title, rows in (("topic", stats.topics), ("level", stats.levels), ("age", stats.ages)):
        console.print(_table(title, rows))


def _table(title: str, rows: dict[str, dict[str, int]]) -> Table:
    table = Table(title=f"Entries by {title}", title_justify="left")
    table.add_column(title)
    for kind in ("tips", "faqs", "resources"):
        table.add_column(kind, justify="right")
    for name, counts in rows.items():
        table.add_row(name, *(str(number) if number else "-" for number in counts.values()))
    return table
