"""Random ledgers and files: what stands after an import is what brute force says; twice, or cut, is as once."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from parvis.imports.models import Import
from parvis.imports.options import Confirmation, Options
from parvis.imports.running import apply, read
from parvis.imports.service import applying, imports
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.db import Base
from parvis.kernel.runtime import Parvis
from tests.conftest import database_of_today

from .runs import Row, begun, file_of, ledger, line

KINDS = ("student", "staff", "alum")
CLOSES = ("student", "staff")
TODAY = "2026-11-25"


@dataclass(frozen=True)
class Said:
    """One line, as the oracle sees it."""

    person: str
    kind: str
    title: str
    starts_on: str
    ends_on: str

    def written(self) -> str:
        return line(
            f"{self.person}@u.example", self.person, kind=self.kind, title=self.title, starts_on=self.starts_on,
            ends_on=self.ends_on,
        )  # fmt: skip


def said() -> st.SearchStrategy[Said]:
    made = st.builds(
        Said,
        person=st.sampled_from("abcdef"),
        kind=st.sampled_from(KINDS),
        title=st.sampled_from(("", "Un", "Deux")),
        starts_on=st.sampled_from(("", "2020-09-01", "2024-09-01", TODAY, "2027-01-01")),
        ends_on=st.sampled_from(("", "2025-07-01", "2028-07-01")),
    )
    return made.filter(lambda each: not each.ends_on or "" < each.starts_on < each.ends_on)


files = st.lists(said(), max_size=12)
histories = st.lists(st.tuples(files, st.booleans()), min_size=1, max_size=3)


def after(before: list[Row], file: list[Said], *, complete: bool) -> list[Row]:
    """What the institution is held to have said after this file. Written from docs/import.md, not from the code."""
    accepted: dict[tuple[str, str, str, str], Said] = {}
    spoilt: set[str] = set()
    for each in file:
        first = accepted.setdefault((each.person, each.kind, each.title, each.starts_on), each)
        if first.ends_on != each.ends_on:
            spoilt.add(each.person)
    rows: list[Row] = []
    people = {row.identifier.partition("@")[0] for row in before} | {each.person for each in file}
    for person in people:
        mine = [row for row in before if row.identifier == f"{person}@u.example"]
        lines = [each for each in accepted.values() if each.person == person]
        rows += _of_one(person, mine, lines, closes=complete and person not in spoilt)
    return sorted(rows)


def _of_one(person: str, mine: list[Row], lines: list[Said], *, closes: bool) -> list[Row]:
    left, rows = sorted(mine, key=lambda row: row.starts_on, reverse=True), list[Row]()
    for suits in (
        lambda each, row: each.starts_on == row.starts_on and each.title == row.title,
        lambda each, row: not each.starts_on and _goes_on(row) and each.title == row.title,
        lambda each, row: each.starts_on == row.starts_on,
        lambda each, row: not each.starts_on and _goes_on(row),
    ):
        lines, left, matched = _pair(lines, left, suits)
        rows += matched
    for each in lines:
        starts_on = each.starts_on or TODAY
        rows.append(Row(f"{person}@u.example", each.kind, "", "", 0, each.title, starts_on, each.ends_on))
    for row in left:
        ends = closes and row.kind in CLOSES and _goes_on(row) and row.starts_on < TODAY
        rows.append(Row(**{**row.__dict__, "ends_on": TODAY}) if ends else row)
    return rows


def _pair(
    lines: list[Said], left: list[Row], suits: Callable[[Said, Row], bool]
) -> tuple[list[Said], list[Row], list[Row]]:
    rest, matched = list[Said](), list[Row]()
    for each in lines:
        row = next((row for row in left if row.kind == each.kind and suits(each, row)), None)
        if row is None:
            rest.append(each)
            continue
        left = [other for other in left if other is not row]
        ends_on = each.ends_on if each.starts_on else row.ends_on
        matched.append(Row(**{**row.__dict__, "title": each.title, "ends_on": ends_on}))
    return rest, left, matched


def _goes_on(row: Row) -> bool:
    return not row.ends_on or row.ends_on > TODAY


@pytest.mark.parametrize("dialect", database_of_today(), scope="session")
@pytest.mark.long
@pytest.mark.parametrize("cut", [False, True], ids=["whole", "cut"])
def test_random_histories_end_as_brute_force_says(
    cut: bool, dialect: str, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "MOST_ROWS", 1)  # One person each time, so that a cut finds some done and some not.
    examples = 24 if dialect == "sqlite" else 10

    @settings(
        max_examples=examples,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(histories, st.integers(1, 6))
    def holds(history: list[tuple[list[Said], bool]], steps: int) -> None:
        with TemporaryDirectory() as folder:
            asyncio.run(_lived(database_url, Path(folder), history, steps if cut else None))

    with clock.clock_set_to(lambda: datetime.fromisoformat(f"{TODAY}T10:00:00+00:00")):
        holds()


async def _lived(url: str, folder: Path, history: list[tuple[list[Said], bool]], cut_after: int | None) -> None:
    _empty(url)
    parvis = Parvis(Settings(data_dir=folder, database_url=url, secret_key="a secret for tests, and for nothing else"))
    await parvis.start()
    try:
        expected: list[Row] = []
        for file, complete in history:
            for _ in range(2):  # The second time changes nothing.
                await _imported(parvis, file, complete=complete, cut_after=cut_after)
                expected = after(expected, file, complete=complete)
                assert await ledger(parvis) == expected
    finally:
        await parvis.stop()


async def _imported(parvis: Parvis, file: list[Said], *, complete: bool, cut_after: int | None) -> None:
    options = Options(complete=complete, kinds=CLOSES)
    of = await read(parvis, await begun(parvis, file_of(*[each.written() for each in file]), options=options))
    await parvis.database.write(imports.apply_by_hand, of.id, Confirmation(close_anyway=True))
    if cut_after is not None:
        steps = 0

        def cut(_of: Import) -> None:
            nonlocal steps
            steps += 1
            if steps > cut_after:
                raise _Cut

        with contextlib.suppress(_Cut):
            await apply(parvis, of.id, cut)
    assert (await apply(parvis, of.id)).state == "done"


class _Cut(Exception):
    """The process died here."""


def _empty(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
        else:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
    engine.dispose()
