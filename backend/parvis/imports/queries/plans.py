"""What the next lines would do: read alike by the dry run, which tells it, and by the run that does it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.names import sort_name
from parvis.imports.difference import Difference, Known, Terms, difference
from parvis.imports.models import Import, ImportedLine
from parvis.imports.parsing import Refusal, Said
from parvis.imports.reasons import Code

from .people import Acquaintance, Holder, acquaintances, holders_of_addresses, unidentified_named
from .places import Places, places_of

MOST_LINES_A_PERSON = 50
LEAST = MOST_LINES_A_PERSON + 2
"""A batch of fewer lines could hold nobody whole: each person has one mark more when a line of his was refused."""


@dataclass(frozen=True)
class Plan:
    """What changes for one person. `known`: None for who is not in the ledger."""

    identifier: str
    lines: Sequence[Said]
    known: Known | None
    difference: Difference
    pairs: Sequence[tuple[str, Holder]] = ()
    """Why each account without identifier may be the same person, and which."""


@dataclass
class Batch:
    """The next people of a file, whole. `cursor`: the last of them; None when there is nobody left."""

    plans: list[Plan] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    """All whom it is about, in order, were every line refused."""
    cursor: str | None = None

    def up_to(self, identifier: str) -> "Batch":
        """Its beginning, with that person the last."""
        kept = self.identifiers[: self.identifiers.index(identifier) + 1]
        return Batch(
            [plan for plan in self.plans if plan.identifier in kept],
            [refusal for refusal in self.refusals if refusal.identifier in kept],
            kept,
            identifier,
        )


def terms_of(of: Import) -> Terms:
    return Terms(of.today, frozenset(of.kinds) if of.complete else frozenset(), frozenset(of.columns))


async def next_batch(session: AsyncSession, of: Import, most_lines: int, *, with_pairs: bool = False) -> Batch:
    """The people after the import's cursor, at most that many lines (but `LEAST` at least)."""
    rows = await _lines(session, of, max(most_lines, LEAST))
    if not rows:
        return Batch()
    batch = Batch(cursor=rows[-1].identifier)
    said = {
        identifier: [said_of(row) for row in mine if not row.is_refused]
        for identifier, mine in groupby(rows, lambda row: row.identifier)
    }
    batch.identifiers = list(said)
    spoilt = {row.identifier for row in rows if row.is_refused}
    met = await acquaintances(session, said)
    places = await places_of(session, of.id, [line for lines in said.values() for line in lines])
    holders = await holders_of_addresses(
        session, {line.email for lines in said.values() for line in lines if line.email}
    )
    for identifier, lines in said.items():
        acquainted = met.get(identifier)
        fit = [line for line in lines if not _refused(batch, line, _fault(of, line, acquainted, places, holders))]
        if fit:
            plan = _plan(of, identifier, fit, acquainted, places)
            if identifier in spoilt or len(fit) < len(lines):
                plan.difference.closed = []  # What a refused line said of him is not known.
            batch.plans.append(plan)
    return await _paired(session, batch, holders) if with_pairs else batch


async def _lines(session: AsyncSession, of: Import, most: int) -> list[ImportedLine]:
    query = (
        select(ImportedLine)
        .where(ImportedLine.import_id == of.id, ImportedLine.identifier > (of.cursor or ""))
        .order_by(ImportedLine.identifier, ImportedLine.line)
        .limit(most)
    )
    rows = list(await session.scalars(query))
    if len(rows) < most:
        return rows
    return [row for row in rows if row.identifier != rows[-1].identifier]


def _fault(
    of: Import, line: Said, met: Acquaintance | None, places: Places, holders: Mapping[str, Holder]
) -> Code | None:
    if met is not None and met.is_erased:
        return "erased"
    if met is not None and met.is_above and not of.is_administrators:
        return "above_you"
    holder = holders.get(line.email) if line.email else None
    if holder is not None and holder.identifier not in {None, line.identifier}:
        return "address_of_another"
    return places.fault_of(line)


def _refused(batch: Batch, line: Said, code: Code | None) -> bool:
    if code is None:
        return False
    value = {"unknown_unit": line.unit, "unknown_programme": line.programme, "address_of_another": line.email}.get(code)
    batch.refusals.append(Refusal(line.line, code, value=value or "", identifier=line.identifier, name=line.name))
    return True


def _plan(of: Import, identifier: str, lines: Sequence[Said], met: Acquaintance | None, places: Places) -> Plan:
    known = met.known if met else None
    wanted = [places.wanted(line) for line in lines]
    return Plan(identifier, lines, known, difference(known, wanted, terms_of(of)))


async def _paired(session: AsyncSession, batch: Batch, holders: Mapping[str, Holder]) -> Batch:
    """Adds to each plan of somebody who has not come yet the accounts without identifier that may be his."""
    waiting = [plan for plan in batch.plans if plan.known is None or not plan.known.is_activated]
    personal = {line.personal_email for plan in waiting for line in plan.lines if line.personal_email}
    by_address = {**holders, **await holders_of_addresses(session, personal)}
    by_name = await unidentified_named(session, {sort_name(plan.difference.record.name) for plan in waiting})
    pairs = defaultdict[str, dict[Holder, str]](dict)
    for plan in waiting:
        for holder in by_name.get(sort_name(plan.difference.record.name), ()):
            pairs[plan.identifier][holder] = "same_name"
        for holder in _holders(plan, by_address):
            pairs[plan.identifier] = {
                each: why for each, why in pairs[plan.identifier].items() if each.member_id != holder.member_id
            }
            pairs[plan.identifier][holder] = "same_address"
    batch.plans = [
        Plan(
            plan.identifier,
            plan.lines,
            plan.known,
            plan.difference,
            [(why, holder) for holder, why in pairs.get(plan.identifier, {}).items()],
        )
        for plan in batch.plans
    ]
    return batch


def _holders(plan: Plan, by_address: dict[str, Holder]) -> Iterable[Holder]:
    record = plan.difference.record
    found = (by_address.get(email) for email in (record.email, record.personal_email) if email)
    return [holder for holder in found if holder is not None and holder.identifier is None]


def said_of(row: ImportedLine) -> Said:
    """A staged line that was not refused."""
    assert row.name is not None, "a line that is not refused has a name"
    assert row.kind is not None, "and an affiliation"
    return Said(
        row.line,
        row.identifier,
        row.name,
        row.email,
        row.personal_email,
        row.language,
        row.kind,
        row.unit,
        row.programme,
        row.cohort,
        row.title,
        row.starts_on,
        row.ends_on,
    )


async def people_in(session: AsyncSession, import_id: UUID) -> int:
    """How many people the file names."""
    named = select(func.count(ImportedLine.identifier.distinct())).where(ImportedLine.import_id == import_id)
    return await session.scalar(named) or 0
