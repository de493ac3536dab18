"""`parvis import people`: the same run as from the administration, in the terminal."""

import json
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from parvis.files.names import harmless
from parvis.files.service import Received
from parvis.kernel.runtime import Parvis

from . import policy
from .models import Import
from .options import Confirmation, Options
from .reasons import FAILURES
from .report import written_report
from .running import apply, read
from .service import imports

DONE, FAILED, STOPPED = 0, 1, 3
"""Exit codes. `STOPPED`: read, but not applied, since it would close too many affiliations."""
PIECE = 2**20

PHASES: Mapping[str, str] = {
    "reading": "Reading",
    "comparing": "Comparing",
    "places": "Making units and programmes",
    "people": "Writing people",
    "closing": "Closing affiliations",
}


@dataclass(frozen=True)
class Order:
    """What was asked for."""

    file: Path
    units: Path | None
    options: Options
    agreed: Confirmation
    applies: bool
    as_json: bool
    report: Path | None


async def run(parvis: Parvis, order: Order) -> int:
    """Does it, telling on the way, and gives the exit code. Raises `ParvisError`."""
    write = parvis.database.write
    file = await _received(parvis, order.file)
    units = await _received(parvis, order.units) if order.units else None
    import_id = await write(imports.begin_by_hand, file, units, order.options)
    tell = _Teller(order.as_json)
    try:
        of = await read(parvis, import_id, tell)
        if order.report is not None:
            await _write_report(parvis, of, order.report)
        if order.applies and of.state == "ready":
            of = await _applied(parvis, of, order.agreed, tell)
    finally:
        await write(imports.cancel_by_hand, import_id)
    tell.end(of)
    if of.state == "failed":
        return FAILED
    return STOPPED if order.applies and of.state != "done" else DONE


async def _applied(parvis: Parvis, of: Import, agreed: Confirmation, tell: "_Teller") -> Import:
    try:
        await parvis.database.write(imports.apply_by_hand, of.id, agreed)
    except imports.TooManyClosings as error:
        tell.say(f"{error.title['en']} (--close-anyway)")
        return of
    return await apply(parvis, of.id, tell)


class _Teller:
    """A line that moves in a terminal, a line per phase elsewhere; everything but the result goes to the errors."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._phase = ""
        self._moves = sys.stderr.isatty()

    def __call__(self, of: Import) -> None:
        words = PHASES[of.phase]
        if self._moves:
            share = 100 * of.progress // of.total if of.total else 0
            typer.echo(f"\r{words}… {share} %".ljust(60), nl=False, err=True)
        elif words != self._phase:
            self.say(f"{words}…")
        self._phase = words

    def say(self, words: str) -> None:
        typer.echo(f"\n{words}" if self._moves else words, err=True)

    def end(self, of: Import) -> None:
        if self._moves:
            typer.echo("", err=True)
        if self._as_json:
            typer.echo(json.dumps(told(of), ensure_ascii=False))
        elif of.failure is not None:
            columns = f" ({', '.join(of.columns)})" if of.columns else ""
            typer.echo(f"{FAILURES[of.failure]['en']}{columns}", err=True)
        elif of.state == "done":
            typer.echo(f"Applied: {_words(of.applied)}.")
        else:
            typer.echo(f"Nothing written. Applying would do this: {_words(of.counts)}.")
            typer.echo(f"Possible pairs: {of.counts.get('pairs', 0)}.")


def _words(counts: Mapping[str, int]) -> str:
    told = {"created": "created", "changed": "changed", "closed": "affiliations closed", "refused": "lines refused"}
    return ", ".join(f"{counts.get(name, 0)} {words}" for name, words in told.items())


def told(of: Import) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "id": str(of.id),
        "applied": of.state == "done",
        "failure": of.failure,
        "counts": of.counts,
        "done": of.applied,
        "stopped": policy.is_stopped(of),
    }


async def _received(parvis: Parvis, path: Path) -> Received:
    stored = await parvis.storage.put_stream(_pieces(path))
    return Received(stored.sha256, stored.size, "text/csv", harmless(path.name))


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


async def _write_report(parvis: Parvis, of: Import, path: Path) -> None:
    with path.open("wb") as file:
        async for piece in written_report(parvis.database, of.id, "en"):
            file.write(piece)
