"""The fields of a profile, as they are written, kept and shown."""

import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from parvis.kernel.schemas import In, Line, Prose
from parvis.kernel.text import fold
from parvis.profiles.places import COUNTRIES, TIME_ZONES, is_language

PathKind = Literal["study", "work", "volunteering", "other"]
MentoringFormat = Literal["video", "in_person", "written"]
Mastery = Literal["A1", "A2", "B1", "B2", "C1", "C2", "native"]
"""Of a language: the levels of the Common European Framework, or one's own."""

UNFIT = re.compile(r'[\s\\<>"`]')
"""What an address must encode; browsers would take some of it for the end of a host."""
MOST_PATH, MOST_SKILLS, MOST_LANGUAGES, MOST_LINKS = 40, 30, 20, 10


def _country(code: str) -> str:
    if code not in COUNTRIES:
        raise PydanticCustomError("country", "not a country of ISO 3166")
    return code


def _time_zone(name: str) -> str:
    if name not in TIME_ZONES:
        raise PydanticCustomError("time_zone", "not a time zone of the IANA")
    return name


def _language(tag: str) -> str:
    if not is_language(tag):
        raise PydanticCustomError("language", "not a language tag")
    return tag


def _web_address(text: str) -> str:
    """An address of the web that hides neither its host nor a password. Raises what `url` means to forms."""
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    is_whole = parts.scheme in {"http", "https"} and host and "." in host
    if not is_whole or "@" in parts.netloc or UNFIT.search(text):
        raise PydanticCustomError("url", "not an address of the web")
    return text


def _once_each(skills: list[str]) -> list[str]:
    """Each once, whatever its case and accents, as it was written first."""
    found: dict[str, str] = {}
    for skill in skills:
        found.setdefault(fold(skill), re.sub(r"\s+", " ", skill))
    return list(found.values())


Pronouns = Annotated[Line, StringConstraints(min_length=1, max_length=40)]
Headline = Annotated[Line, StringConstraints(min_length=1, max_length=160)]
Biography = Annotated[Prose, StringConstraints(min_length=1, max_length=5000)]
Skill = Annotated[Line, StringConstraints(min_length=1, max_length=60)]
Skills = Annotated[list[Skill], Field(max_length=MOST_SKILLS), AfterValidator(_once_each)]
Month = Annotated[str, StringConstraints(pattern=r"^(19|20)\d\d(-(0[1-9]|1[0-2]))?$")]
"""A year, or a month of one: `2014`, `2014-09`."""
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), AfterValidator(_country)]
TimeZone = Annotated[Line, StringConstraints(max_length=60), AfterValidator(_time_zone)]
LanguageTag = Annotated[
    str,
    StringConstraints(max_length=35, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
    AfterValidator(_language),
]
WebAddress = Annotated[
    Line,
    StringConstraints(min_length=1, max_length=500),
    AfterValidator(_web_address),
    Field(json_schema_extra={"format": "uri"}),
]


class Step(In):
    """One step of a path, from a month or year to another; without an end it goes on."""

    kind: PathKind
    title: Annotated[Line, StringConstraints(min_length=1, max_length=160)]
    place: Annotated[Line, StringConstraints(max_length=160)] = Field(description="The institution or company.")
    since: Month
    until: Month | None
    text: Annotated[Prose, StringConstraints(max_length=600)]

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        shared = min(len(self.since), len(self.until or self.since))
        if self.until is not None and self.until[:shared] < self.since[:shared]:
            raise PydanticCustomError("ends_before_start", "it must end after it starts")
        return self


class SpokenLanguage(In):
    """A language, and how well it is spoken."""

    code: LanguageTag = Field(description="BCP 47.", examples=["fr", "pt-BR"])
    level: Mastery


class Place(In):
    """Where somebody lives, as far as it is said."""

    city: Annotated[Line, StringConstraints(max_length=80)]
    country: Country | None = Field(description="ISO 3166-1, two letters.", examples=["CA"])
    time_zone: TimeZone | None = Field(description="IANA.", examples=["America/Toronto"])

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.city and self.country is None:
            raise PydanticCustomError("nowhere", "a place has a city or a country")
        return self


class MentoringOffer(In):
    """What a member offers to those who would like to be accompanied. Without one, none is offered."""

    text: Annotated[Prose, StringConstraints(min_length=1, max_length=300)]
    capacity: int = Field(strict=True, ge=1, le=20, description="How many at the same time.")
    minutes: int = Field(strict=True, ge=15, le=120, description="Of one exchange.")
    formats: list[MentoringFormat] = Field(min_length=1, max_length=3)
    languages: list[LanguageTag] = Field(max_length=10, description="BCP 47.")


class ProfileLink(In):
    """A page elsewhere on the web."""

    label: Annotated[Line, StringConstraints(max_length=60)] = Field(description="Empty: the address itself.")
    url: WebAddress
