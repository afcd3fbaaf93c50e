"""`stepwise challenge`: prove challenges before members meet them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.clock import SystemClock
from bot.services.challenges.proving import MEMBERS, Proof, prove
from content.challenge_model import Challenge
from content.checks.run import find_problems
from content.checks.shape import validate
from content.kinds import FOLDERS, PACK_FILE
from content.loader import LoadedPack, load_packs
from content.problem import Place, Problem, errors_among

SOLUTIONS = "solutions"
AT_ONCE = 2

_Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[FILE]...", exists=True, help="Challenge files; by default all of the packs in use."),
]
_Members = Annotated[int, typer.Option("--members", min=1, help="On the data of how many members.")]


@dataclass(frozen=True, slots=True)
class Job:
    """One challenge to prove, where it is written, and where its solution lies."""

    challenge: Challenge
    place: Place
    solutions: Path


@dataclass(frozen=True, slots=True)
class Chosen:
    """What can be proved, what is wrong with the files, and how many challenges have to be mended first."""

    jobs: Sequence[Job]
    problems: Sequence[Problem]
    broken: int


def challenge_app(default_packs: Callable[[], Sequence[Path]], today: Callable[[], date]) -> typer.Typer:
    """Make the commands; the packs in use and the day are asked for only when a command runs."""
    app = typer.Typer(help="Prove challenges.", no_args_is_help=True, rich_markup_mode=None)

    @app.callback()
    def about() -> None:
        """Prove challenges."""

    @app.command()
    def check(files: _Files = None, members: _Members = MEMBERS) -> None:
        """Run the generator and the reference solution of each challenge for many members.

        Ends with 0 when every challenge is proved, 1 when one is not, 2 when a file holds no challenges of a pack.
        """
        chosen = _choose(files or (), default_packs(), today())
        for problem in chosen.problems:
            typer.echo(str(problem))
        held = [_tell(job, proof) for job, proof in _proofs(chosen.jobs, members)]
        _sum_up(sum(held), len(held) + chosen.broken)

    return app


def _choose(files: Sequence[Path], default_packs: Sequence[Path], today: date) -> Chosen:
    packs = load_packs(_folders(files, default_packs))
    wanted = {path for pack in packs for path in _challenge_files(pack) if _is_named(path, files)}
    for file in files:
        if not any(_is_named(path, [file]) for path in wanted):
            _refuse(f"{file} holds no challenges. Name files that lie in challenges/ of a pack.")
    problems = [one for one in find_problems(packs, today) if one.place.file in wanted]
    broken = {one.place.file for one in errors_among(problems)}
    jobs = [job for pack in packs for job in _jobs(pack, wanted - broken)]
    return Chosen(jobs, problems, sum(_count(packs, path) for path in broken))


def _folders(files: Sequence[Path], default_packs: Sequence[Path]) -> list[Path]:
    """Return the packs to read: those in use as long as a file is of one of them, so that they may name each other."""
    own = {folder.resolve(): folder for folder in map(_pack_of, files)}
    used = {folder.resolve(): folder for folder in default_packs}
    together = used if not own or own.keys() & used.keys() else {}
    return list({**own, **together}.values())


def _pack_of(file: Path) -> Path:
    above = (file, *file.parents, *file.resolve().parents)
    found = next((folder for folder in above if (folder / PACK_FILE).is_file()), None)
    return found or _refuse(f"{file} is in no pack: no folder above it holds {PACK_FILE}.")


def _challenge_files(pack: LoadedPack) -> Iterator[Path]:
    for path in pack.files:
        if FOLDERS.get(path.relative_to(pack.folder).parts[0]) == "challenge":
            yield path


def _is_named(path: Path, files: Sequence[Path]) -> bool:
    around = {path.resolve(), *path.resolve().parents}
    return not files or any(file.resolve() in around for file in files)


def _jobs(pack: LoadedPack, files: set[Path]) -> Iterator[Job]:
    for entry in pack.entries:
        challenge, _ = validate(entry) if entry.file in files else (None, [])
        if isinstance(challenge, Challenge):
            yield Job(challenge, entry.place(), pack.folder / SOLUTIONS)


def _count(packs: Sequence[LoadedPack], path: Path) -> int:
    return max(1, sum(entry.file == path for pack in packs for entry in pack.entries))


def _proofs(jobs: Sequence[Job], members: int) -> Iterator[tuple[Job, Proof]]:
    """Prove two at a time, each in a process of its own, and yield them in their order."""
    work = partial(_proof, members=members)
    if len(jobs) < 2:
        yield from ((job, work(job)) for job in jobs)
        return
    # Not by fork: what a thread holds at that moment would be held for ever.
    with ProcessPoolExecutor(AT_ONCE, multiprocessing.get_context("spawn")) as pool:
        yield from zip(jobs, pool.map(work, jobs), strict=True)


def _proof(job: Job, members: int) -> Proof:
    return prove(job.challenge, job.solutions, SystemClock(), members)


def _tell(job: Job, proof: Proof) -> bool:
    about = job.challenge
    for fault in proof.found.faults:
        typer.echo(f"{job.place} {about.id}: {fault.says.rstrip('.')} - {fault.hint}")
    if proof.holds:
        made = f" Data made {proof.sets} times in {proof.making:.1f} s." if proof.sets else ""
        level = f"{about.kind}, {about.level}, {about.points} points"
        typer.echo(f"{about.id} ({level}): {proof.found.proved}.{made} Took {proof.seconds:.1f} s.")
    return proof.holds


def _sum_up(proved: int, challenges: int) -> None:
    if not challenges:
        typer.echo("There are no challenges here yet.")
    elif proved == challenges:
        typer.echo(f"Proved {challenges} challenge{'s'[: challenges != 1]}.")
    else:
        typer.echo(f"Proved {proved} of {challenges} challenge{'s'[: challenges != 1]}.")
        raise typer.Exit(1)


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
