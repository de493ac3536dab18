"""Running imports as the command line does, and reading what they left."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from parvis.accounts.models import Address, Affiliation, Cohort, Member, Programme, Unit
from parvis.files.service import Received
from parvis.imports.models import Import, ImportFinding
from parvis.imports.options import Confirmation, Options
from parvis.imports.running import apply, read
from parvis.imports.service import imports
from parvis.kernel.runtime import Parvis

HEADER = (
    "eduPersonPrincipalName,displayName,mail,supannMailPerso,eduPersonAffiliation,supannEntiteAffectation,"
    "supannEtuEtape,cohortYear,title,startsOn,endsOn"
)
CAREFUL, NOTHING_MORE = Options(), Confirmation()
UNITS = """code,name,kind,parent
UFR,Faculté des sciences,component,
DEP,Département de chimie,department,UFR
L3,Licence 3 Chimie,programme,DEP
"""


def file_of(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def line(
    identifier: str,
    name: str = "Anne Roux",
    *,
    mail: str = "",
    personal: str = "",
    kind: str = "staff",
    unit: str = "",
    programme: str = "",
    cohort: str = "",
    title: str = "",
    starts_on: str = "2020-09-01",
    ends_on: str = "",
) -> str:
    """A line of `HEADER`."""
    cells = (identifier, name, mail, personal, kind, unit, programme, cohort, title, starts_on, ends_on)
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)


async def received(parvis: Parvis, content: bytes, name: str = "personnes.csv") -> Received:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(content), 1000):
            yield content[start : start + 1000]

    stored = await parvis.storage.put_stream(pieces())
    return Received(stored.sha256, stored.size, "text/csv", name)


async def begun(parvis: Parvis, content: bytes, *, units: str | None = None, options: Options = CAREFUL) -> UUID:
    file = await received(parvis, content)
    units_file = await received(parvis, units.encode(), "composantes.csv") if units else None
    return await parvis.database.write(imports.begin_by_hand, file, units_file, options)


async def dry_run(parvis: Parvis, content: bytes, *, units: str | None = None, options: Options = CAREFUL) -> Import:
    """Reads, and frees the way for the next one."""
    of = await read(parvis, await begun(parvis, content, units=units, options=options))
    await parvis.database.write(imports.cancel_by_hand, of.id)
    return of


async def imported(
    parvis: Parvis,
    content: bytes,
    *,
    units: str | None = None,
    options: Options = CAREFUL,
    agreed: Confirmation = NOTHING_MORE,
) -> Import:
    """Reads and applies."""
    of = await read(parvis, await begun(parvis, content, units=units, options=options))
    assert of.state == "ready", of.failure
    await parvis.database.write(imports.apply_by_hand, of.id, agreed)
    return await apply(parvis, of.id)


async def findings(parvis: Parvis, of: Import, kind: str) -> Sequence[ImportFinding]:
    async with parvis.database.reading() as session:
        query = select(ImportFinding).where(ImportFinding.import_id == of.id, ImportFinding.kind == kind)
        return (await session.scalars(query.order_by(ImportFinding.line, ImportFinding.id))).all()


async def refusals(parvis: Parvis, of: Import) -> list[tuple[int, str, str | None]]:
    """Line, code and column of each."""
    return [(found.line, found.code, found.field) for found in await findings(parvis, of, "refused")]


@dataclass(frozen=True, order=True)
class Row:
    """An affiliation of the ledger, in words."""

    identifier: str
    kind: str
    unit: str
    programme: str
    cohort: int
    title: str
    starts_on: str
    ends_on: str


async def ledger(parvis: Parvis) -> list[Row]:
    """All that the institution said, in order."""
    query = (
        select(Affiliation, Member.identifier, Unit.code, Programme.code, Cohort.year)
        .join(Member, Member.id == Affiliation.member_id)
        .outerjoin(Unit, Unit.id == Affiliation.unit_id)
        .outerjoin(Programme, Programme.id == Affiliation.programme_id)
        .outerjoin(Cohort, Cohort.id == Affiliation.cohort_id)
        .where(Affiliation.source == "institution")
    )
    async with parvis.database.reading() as session:
        rows = (await session.execute(query)).all()
    return sorted(
        Row(
            identifier or "",
            held.kind,
            unit or "",
            programme or "",
            year or 0,
            held.title or "",
            str(held.starts_on),
            str(held.ends_on or ""),
        )
        for held, identifier, unit, programme, year in rows
    )


async def people(parvis: Parvis) -> dict[str, tuple[str, list[tuple[str, bool]]]]:
    """Identifier -> name, and each address with whether it is verified."""
    query = (
        select(Member.identifier, Member.name, Address.email, Address.verified_at)
        .outerjoin(Address, Address.member_id == Member.id)
        .order_by(Address.email)
    )
    async with parvis.database.reading() as session:
        rows = (await session.execute(query)).all()
    found: dict[str, tuple[str, list[tuple[str, bool]]]] = {}
    for identifier, name, email, verified_at in rows:
        if identifier is not None:
            _, addresses = found.setdefault(identifier, (name, []))
            addresses += [(email, verified_at is not None)] if email else []
    return found
