"""What every step of a run does with its import's row: hold it, count, move on."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.imports.models import Import, ImportFinding, State
from parvis.imports.parsing import Refusal
from parvis.kernel import clock

Row = dict[str, Any]


class Stopped(Exception):
    """The import is no longer in the state that this step belongs to: it was cancelled, or another run moved it."""


async def held(session: AsyncSession, import_id: UUID, state: State) -> Import:
    """The import, held until the commit. Raises `Stopped`."""
    found = await session.get(Import, import_id, with_for_update=True, populate_existing=True)
    if found is None or found.state != state:
        raise Stopped
    found.beaten_at = clock.now()
    return found


def added(counts: Mapping[str, Any], more: Mapping[str, int]) -> dict[str, Any]:
    """The counts with these added."""
    return {**counts, **{name: counts.get(name, 0) + number for name, number in more.items()}}


async def find(session: AsyncSession, import_id: UUID, findings: Iterable[Row]) -> None:
    """Adds to the report."""
    # Every row names the same columns, so that all go in one statement.
    blank: Row = {"source": "people", "field": None, "identifier": None, "name": None, "member_id": None, "detail": {}}
    rows = [{"import_id": import_id, **blank, **finding} for finding in findings]
    if rows:
        await session.execute(insert(ImportFinding), rows)


def refused(refusal: Refusal) -> Row:
    """A refusal as the report keeps it."""
    detail: Row = {"value": refusal.value} if refusal.value else {}
    if refusal.other_line is not None:
        detail["other_line"] = refusal.other_line
    return {
        "kind": "refused",
        "source": refusal.source,
        "line": refusal.line,
        "code": refusal.code,
        "field": refusal.field,
        "identifier": refusal.identifier,
        "name": refusal.name,
        "detail": detail,
    }
