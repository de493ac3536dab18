"""The interface's two languages: choosing a text, and writing dates and numbers by locale."""

from datetime import date, datetime
from typing import Final, Literal, TypeGuard
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from .errors import Text

Language = Literal["fr", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
DEFAULT_LANGUAGE: Final[Language] = "fr"
DEFAULT_ZONE = "Europe/Paris"

MOMENT = {"fr": "EEEE d MMMM y 'à' H\u00a0'h'\u00a0mm", "en": "EEEE d MMMM y 'at' HH:mm"}


def is_language(tag: str) -> TypeGuard[Language]:
    return tag in LANGUAGES


def pick(text: Text, language: Language) -> str:
    """The text in this language, else in the default one. Raises KeyError if it has neither."""
    return text[language] if language in text else text[DEFAULT_LANGUAGE]


def write_date(day: date, language: Language) -> str:
    """« 22 novembre 2026 », “22 November 2026”."""
    return format_date(day, "d MMMM y", locale=language)


def write_moment(at: datetime, language: Language, zone: str = DEFAULT_ZONE) -> str:
    """« dimanche 22 novembre 2026 à 8 h 10 », “Sunday 22 November 2026 at 08:10”, on the clocks of `zone`."""
    return format_datetime(at, MOMENT[language], tzinfo=ZoneInfo(zone), locale=language)


def write_number(number: int, language: Language) -> str:
    """« 18 240 » with a no-break space, “18,240”."""
    return format_decimal(number, locale=language).replace("\u202f", "\u00a0")
