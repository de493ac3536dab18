"""What the lines of the two files say, or why they are refused. It knows the file alone: no database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import get_args

from parvis.accounts.emails import MalformedEmail, normalised
from parvis.accounts.models.people import AffiliationKind
from parvis.accounts.models.structure import UnitKind
from parvis.accounts.names import LONGEST as LONGEST_NAME
from parvis.kernel.schemas import LINE

from .columns import Header
from .lines import RawLine, UnreadableLine, cells_of
from .models import Source
from .reasons import Code

AFFILIATIONS = frozenset(get_args(AffiliationKind))
KINDS = frozenset(get_args(UnitKind)) | {"programme"}
LONGEST = {"identifier": 256, "name": LONGEST_NAME, "unit": 100, "programme": 100, "code": 100, "title": 160}
YEARS = range(1900, 2200)
LABEL = re.compile(r"^\{[^}]*\}")
"""Before a private address SupAnn writes what it is for, in braces."""
FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
CLEAN = re.compile(LINE)


@dataclass(frozen=True, slots=True)
class Said:
    """What one line says of one person."""

    line: int
    identifier: str
    name: str
    email: str | None
    personal_email: str | None
    language: str | None
    kind: str
    unit: str | None
    programme: str | None
    cohort: int | None
    title: str | None
    starts_on: date | None
    ends_on: date | None

    @property
    def place(self) -> tuple[object, ...]:
        """What tells this affiliation from the others of the same person in the file."""
        return (self.kind, self.unit, self.programme, self.cohort, self.title, self.starts_on)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit or a programme, as a line says it."""

    line: int
    code: str
    name: str
    kind: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line does not go in. `identifier`: whom it was about, where that could still be read."""

    line: int
    code: Code
    field: str | None = None
    value: str = ""
    identifier: str | None = None
    name: str | None = None
    other_line: int | None = None
    source: Source = "people"


class _Refused(Exception):
    def __init__(self, code: Code, field: str, value: str = "") -> None:
        super().__init__(code)
        self.code, self.field, self.value = code, field, value


def said_by(line: RawLine, header: Header) -> Said | Refusal:
    """What a line of the people's file says, or why not."""
    try:
        cells = _cells(line, header)
    except UnreadableLine as error:
        return Refusal(line.number, error.code, identifier=_rescued(header, error))
    try:
        return _said(line.number, header, cells)
    except _Refused as error:
        about, name = header.value("identifier", cells).lower(), _written_name(header, cells)
        return Refusal(
            line.number,
            error.code,
            header.column(error.field),
            error.value[:200],
            about if _is_clean(about, LONGEST["identifier"]) else None,
            name if _is_clean(name, LONGEST_NAME) else None,
        )


def place_by(line: RawLine, header: Header) -> Place | Refusal:
    """What a line of the units' file says, or why not."""
    try:
        cells = _cells(line, header)
        code, name = _needed(header, cells, "code"), _needed(header, cells, "name")
        kind = _needed(header, cells, "kind").lower()
        if kind not in KINDS:
            raise _Refused("unknown_kind", "kind", kind)
        return Place(line.number, code, name, kind, _text(header, cells, "parent", 100))
    except UnreadableLine as error:
        return Refusal(line.number, error.code, source="units")
    except _Refused as error:
        return Refusal(line.number, error.code, header.column(error.field), error.value[:200], source="units")


def _cells(line: RawLine, header: Header) -> list[str]:
    cells = cells_of(line, header.delimiter)
    if len(cells) != header.width:
        raise UnreadableLine("columns", cells)
    return cells


def _said(number: int, header: Header, cells: Sequence[str]) -> Said:
    starts_on, ends_on = _date(header, cells, "starts_on"), _date(header, cells, "ends_on")
    if ends_on is not None and starts_on is None:
        raise _Refused("start_needed", "ends_on", ends_on.isoformat())
    if ends_on is not None and starts_on is not None and ends_on <= starts_on:
        raise _Refused("ends_before_start", "ends_on", ends_on.isoformat())
    programme, cohort = _text(header, cells, "programme", LONGEST["programme"]), _year(header, cells)
    if cohort is not None and programme is None:
        raise _Refused("programme_needed", "cohort", str(cohort))
    return Said(
        line=number,
        identifier=_needed(header, cells, "identifier").lower(),
        name=_name(header, cells),
        email=_email(header, cells, "email"),
        personal_email=_email(header, cells, "personal_email"),
        language=_language(header, cells),
        kind=_kind(header, cells),
        unit=_text(header, cells, "unit", LONGEST["unit"]),
        programme=programme,
        cohort=cohort,
        title=_text(header, cells, "title", LONGEST["title"]),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _text(header: Header, cells: Sequence[str], field: str, longest: int) -> str | None:
    value = header.value(field, cells)
    if len(value) > longest:
        raise _Refused("too_long", field, value)
    if not CLEAN.match(value):
        raise _Refused("control", field)
    return value or None


def _needed(header: Header, cells: Sequence[str], field: str) -> str:
    value = _text(header, cells, field, LONGEST.get(field, 100))
    if value is None:
        raise _Refused("missing", field)
    return value


def _name(header: Header, cells: Sequence[str]) -> str:
    name = _written_name(header, cells)
    field = "name" if "name" in header.places else "family_name"
    if not name:
        raise _Refused("missing", field)
    if len(name) > LONGEST_NAME:
        raise _Refused("too_long", field, name)
    if not CLEAN.match(name):
        raise _Refused("control", field)
    return name


def _written_name(header: Header, cells: Sequence[str]) -> str:
    """`displayName`, else the given name and the family name."""
    parts = (header.value("given_name", cells), header.value("family_name", cells))
    return header.value("name", cells) or " ".join(part for part in parts if part)


def _kind(header: Header, cells: Sequence[str]) -> str:
    kind = _needed(header, cells, "kind").lower()
    if kind not in AFFILIATIONS:
        raise _Refused("unknown_affiliation", "kind", kind)
    return kind


def _email(header: Header, cells: Sequence[str], field: str) -> str | None:
    written = LABEL.sub("", header.value(field, cells)).strip()
    if not written:
        return None
    try:
        return normalised(written)
    except MalformedEmail:
        raise _Refused("bad_address", field, written) from None


def _language(header: Header, cells: Sequence[str]) -> str | None:
    """`fr-FR` is French; of other languages than ours nothing is kept."""
    tag = header.value("language", cells)[:2].lower()
    return tag if tag in {"fr", "en"} else None


def _date(header: Header, cells: Sequence[str], field: str) -> date | None:
    written = header.value(field, cells)
    if not written:
        return None
    try:
        return _day(written)
    except ValueError:
        raise _Refused("bad_date", field, written) from None


@lru_cache(maxsize=4096)
def _day(written: str) -> date:
    """`2026-09-01` or `01/09/2026`. Raises ValueError."""
    found = FRENCH_DATE.fullmatch(written)
    day = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(written)
    if len(written) < 8 or day.year not in YEARS:
        raise ValueError(written)
    return day


def _year(header: Header, cells: Sequence[str]) -> int | None:
    written = header.value("cohort", cells)
    if not written:
        return None
    if not re.fullmatch(r"[0-9]{4}", written) or int(written) not in YEARS:
        raise _Refused("bad_year", "cohort", written)
    return int(written)


def _rescued(header: Header, error: UnreadableLine) -> str | None:
    """Whom a spoilt line was about. Where cells are too many or too few, only the first one is surely in its place."""
    if error.code == "columns" and header.places["identifier"][0][1] != 0:
        return None
    about = header.value("identifier", error.rescued).lower()
    return about if _is_clean(about, LONGEST["identifier"]) else None


def _is_clean(text: str, longest: int) -> bool:
    return 0 < len(text) <= longest and CLEAN.match(text) is not None and "\ufffd" not in text
