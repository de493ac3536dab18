"""Bases of what comes in and goes out over HTTP."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError


class In(BaseModel):
    """What a client sends: unknown keys are refused, text is stripped."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


def refuse_null(draft: BaseModel, fields: Iterable[str]) -> None:
    """For a change whose absent fields stay: those that are present, and may not be emptied, must have a value."""
    if any(getattr(draft, name) is None for name in fields):
        raise PydanticCustomError("null", "a field may be absent, not null")


class Out(BaseModel):
    """What a client receives."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        from_attributes=True,
        serialize_by_alias=True,
        json_schema_serialization_defaults_required=True,
    )


def _rfc3339(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(day: object) -> object:
    if isinstance(day, date) or (isinstance(day, str) and FULL_DATE.fullmatch(day)):
        return day
    raise PydanticCustomError("date_type", "a date is text")  # Pydantic would take a number for seconds since 1970.


FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


Day = Annotated[date, BeforeValidator(_text)]
"""A day that comes in, as `2026-11-22` (RFC 3339 full-date)."""

Flag = Annotated[bool, Field(strict=True)]
"""Yes or no that comes in: true or false, and no number or text that could stand for them."""

Instant = Annotated[
    datetime,
    PlainSerializer(_rfc3339, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}, mode="serialization"),
]
"""A point in time, written as RFC 3339 in UTC with milliseconds."""


_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ue000-\uf8ff"
"""Controls, separators of lines and paragraphs, private use, and what turns the direction of the text that follows, by
which names are disguised (Unicode Standard Annex 9)."""
LINE = rf"^[^{_CONTROLS}\t\n\r]*$"
PROSE = rf"^[^{_CONTROLS}]*$"

Line = Annotated[str, Field(pattern=LINE)]
"""Text on one line: a name, a title, a search term."""
Prose = Annotated[str, Field(pattern=PROSE)]
"""Text on several lines."""
