from datetime import UTC, date, datetime

import pytest

from parvis.kernel.i18n import is_language, pick, write_date, write_moment, write_number

MORNING = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)


def test_a_text_is_picked_in_the_asked_language_else_in_french() -> None:
    assert pick({"fr": "Bonjour", "en": "Hello"}, "en") == "Hello"
    assert pick({"fr": "Bonjour"}, "en") == "Bonjour"
    with pytest.raises(KeyError):
        pick({}, "fr")


def test_moments_follow_each_language_and_the_clocks_of_the_place() -> None:
    assert write_moment(MORNING, "fr") == "dimanche 22 novembre 2026 à 8\u00a0h\u00a010"
    assert write_moment(MORNING, "en") == "Sunday 22 November 2026 at 08:10"
    assert write_moment(MORNING, "fr", "Indian/Reunion").endswith("à 11\u00a0h\u00a010")


def test_dates_and_numbers_follow_each_language() -> None:
    assert write_date(date(2026, 1, 2), "fr") == "2 janvier 2026"
    assert write_date(date(2026, 1, 2), "en") == "2 January 2026"
    assert write_number(18240, "fr") == "18\u00a0240"
    assert write_number(18240, "en") == "18,240"


def test_only_our_languages_are_languages() -> None:
    assert is_language("fr")
    assert not is_language("de")
