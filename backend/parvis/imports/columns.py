"""The columns that files may have: names of eduPerson, SupAnn and LDAP, in any case and order; others are ignored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .lines import RawLine, UnreadableLine, cells_of, delimiter_of

PEOPLE: Mapping[str, Sequence[str]] = {
    "identifier": ("eduPersonPrincipalName", "supannRefId"),
    "name": ("displayName",),
    "given_name": ("givenName",),
    "family_name": ("sn",),
    "email": ("mail",),
    "personal_email": ("supannMailPerso", "supannMailPrive"),
    "language": ("preferredLanguage",),
    "kind": ("eduPersonAffiliation",),
    "unit": ("supannEntiteAffectation",),
    "programme": ("supannEtuEtape", "supannEtuDiplome"),
    "cohort": ("cohortYear",),
    "title": ("title",),
    "starts_on": ("startsOn",),
    "ends_on": ("endsOn",),
}
"""Field -> the columns that say it; of several that a file has, the first one with a value counts."""
UNITS: Mapping[str, Sequence[str]] = {
    "code": ("code", "supannCodeEntite"),
    "name": ("name", "description"),
    "kind": ("kind",),
    "parent": ("parent", "supannCodeEntiteParent"),
}


class UnreadableFile(Exception):
    """A file of which nothing can be read. `code` is one of `reasons.FAILURES`; `columns` those at fault."""

    def __init__(self, code: str, columns: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.columns = list(columns)


@dataclass(frozen=True)
class Header:
    """Where each field stands, and how many cells a line must have."""

    delimiter: str
    width: int
    places: Mapping[str, Sequence[tuple[str, int]]]
    """Field -> its columns, as the file writes them, and their positions."""

    @property
    def fields(self) -> list[str]:
        return sorted(self.places)

    def value(self, field: str, cells: Sequence[str]) -> str:
        """What a line says of the field; empty when it says nothing."""
        return next((cells[at] for _, at in self.places.get(field, ()) if at < len(cells) and cells[at]), "")

    def column(self, field: str) -> str:
        """How the file calls the field."""
        return next((column for column, _ in self.places.get(field, ())), field)


def people_header(line: RawLine) -> Header:
    """Raises `UnreadableFile`."""
    header = _header(line, PEOPLE)
    named = "name" in header.places or {"given_name", "family_name"} <= set(header.places)
    needed = [PEOPLE[field][0] for field in ("identifier", "kind") if field not in header.places]
    if needed or not named:
        raise UnreadableFile("columns_missing", needed if named else [*needed, "displayName"])
    return header


def units_header(line: RawLine) -> Header:
    """Raises `UnreadableFile`."""
    header = _header(line, UNITS)
    if missing := [field for field in ("code", "name", "kind") if field not in header.places]:
        raise UnreadableFile("columns_missing", missing)
    return header


def _header(line: RawLine, known: Mapping[str, Sequence[str]]) -> Header:
    delimiter = delimiter_of(line.raw.decode(errors="replace"))
    try:
        cells = cells_of(line, delimiter)
    except UnreadableLine as error:
        raise UnreadableFile("encoding" if error.code in {"encoding", "nul"} else "columns_missing") from None
    lowered = [cell.lower() for cell in cells]
    places = {
        field: [
            (cells[lowered.index(name.lower())], lowered.index(name.lower()))
            for name in names
            if name.lower() in lowered
        ]
        for field, names in known.items()
    }
    ours = {name.lower() for names in known.values() for name in names}
    if twice := sorted(
        {cell for cell, low in zip(cells, lowered, strict=True) if low in ours and lowered.count(low) > 1}
    ):
        raise UnreadableFile("columns_twice", twice)
    return Header(delimiter, len(cells), {field: found for field, found in places.items() if found})
