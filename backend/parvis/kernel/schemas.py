"""Bases of what comes in and goes out over HTTP."""

import unicodedata
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer
from pydantic_core import PydanticCustomError


class In(BaseModel):
    """What a client sends: unknown keys are refused, text is stripped."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class Out(BaseModel):
    """What a client receives."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True, serialize_by_alias=True)


def _rfc3339(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


Instant = Annotated[datetime, PlainSerializer(_rfc3339, when_used="json")]
"""A point in time, written as RFC 3339 in UTC with milliseconds."""


def _line(text: str) -> str:
    if any(unicodedata.category(character) in UNPRINTABLE or character in TURNING for character in text):
        raise PydanticCustomError("unprintable", "invisible control characters are not allowed")
    return text


def _prose(text: str) -> str:
    _line(text.translate(LAYOUT))
    return text


UNPRINTABLE = {"Cc", "Cs", "Co", "Zl", "Zp"}
"""Controls, surrogates, private use, line and paragraph separators (Unicode general categories)."""
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the direction of what follows, which disguise names (Unicode Standard Annex 9)."""
LAYOUT = str.maketrans("", "", "\t\n\r")

Line = Annotated[str, AfterValidator(_line)]
"""Text on one line: a name, a title, a search term."""
Prose = Annotated[str, AfterValidator(_prose)]
"""Text on several lines."""
