"""Codes of countries (ISO 3166), time zones (IANA) and languages (BCP 47), as CLDR lists them."""

from babel import Locale
from babel.core import get_global

from parvis.kernel.i18n import LANGUAGES as LANGUAGES_OFFERED

NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
"""Territories of CLDR that ISO 3166 does not assign to a country."""
NO_LANGUAGES = frozenset({"mul", "und", "zxx"})
"""Several, unknown, none."""
_LOCALES = [Locale(language) for language in LANGUAGES_OFFERED]
_NAMES = Locale("en")

COUNTRIES = frozenset(code for code in map(str, _NAMES.territories) if len(code) == 2 and code.isalpha()) - NO_COUNTRIES
LANGUAGES = frozenset(code for code in map(str, _NAMES.languages) if len(code) <= 3) - NO_LANGUAGES
TIME_ZONES = frozenset({*get_global("zone_territories"), *get_global("zone_aliases")})


def is_language(tag: str) -> bool:
    """Whether it begins with a known language: `fr`, `pt-BR`. What follows is a matter of form alone."""
    return tag.partition("-")[0] in LANGUAGES


def language_names(tag: str) -> list[str]:
    """What the language of a tag is called in each language of the interface: `fr` is « français », “French”."""
    return [name for locale in _LOCALES if (name := locale.languages.get(tag.partition("-")[0]))]
