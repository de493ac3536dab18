"""What the crowd says of itself: in the shapes that the API takes, to various readers."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import get_args

from parvis.demo.people import Person
from parvis.demo.rows import Row
from parvis.profiles.catalogue import INTERESTS
from parvis.profiles.models import FieldName, Level, Profile, ProfileField
from parvis.profiles.schemas.profile import LevelsChange, ProfileChange

LEVEL_ALONE = {"affiliations", "interests"}
"""Of these, profiles keep to whom they are shown; what they say is kept elsewhere."""


def test_every_value_is_what_the_api_would_have_kept(medium: Sequence[Person]) -> None:
    for person in medium:
        said = {field.field: field.value for field in person.said if field.field not in LEVEL_ALONE | {"email"}}
        kept = ProfileChange.model_validate(said).model_dump(mode="json", exclude_unset=True)
        assert kept == said
        assert all(value not in (None, "", []) for value in said.values()), person
        LevelsChange.model_validate({field.field: field.level for field in person.said})
        assert len({field.field for field in person.said}) == len(person.said)
        assert set(person.interests) <= set(INTERESTS)


def test_the_address_shown_is_one_of_the_member_s_own(rows: Sequence[Row]) -> None:
    addresses = {str(row["id"]): row["member_id"] for _, row in rows if "email" in row}
    shown = [row for table, row in rows if table is ProfileField and row["field"] == "email"]
    assert len(shown) > 200
    assert all(addresses[row["value"]] == row["member_id"] for row in shown)


def test_who_says_something_has_a_profile_and_only_they(rows: Sequence[Row]) -> None:
    profiles = [row["member_id"] for table, row in rows if table is Profile]
    assert len(set(profiles)) == len(profiles)
    assert {row["member_id"] for table, row in rows if table is ProfileField} == set(profiles)


def test_some_say_all_and_some_nothing_to_whom_they_choose(medium: Sequence[Person]) -> None:
    fields = Counter(field.field for person in medium for field in person.said if field.field != "links")
    assert set(get_args(FieldName)) - set(fields) == {"avatar", "links"}  # Links have those known by name alone.
    assert all(count > len(medium) / 80 for count in fields.values()), fields
    levels = Counter(field.level for person in medium for field in person.said)
    assert set(levels) == set(get_args(Level))
    assert 0.6 < levels["organisation"] / levels.total() < 0.85
    silent = sum(not person.said for person in medium) / len(medium)
    assert 0.2 < silent < 0.5


def test_alumni_and_staff_offer_mentoring_to_whom_can_see_it(medium: Sequence[Person]) -> None:
    kinds = [({held.kind for held in person.affiliations}, person) for person in medium]
    could = [person for held, person in kinds if held & {"alum", "faculty", "staff"}]
    offers = [field for person in could for field in person.said if field.field == "mentoring"]
    assert 0.04 < len(offers) / len(could) < 0.08
    assert {offer.level for offer in offers} == {"organisation", "publics"}


def test_sentences_are_of_french_typography(medium: Sequence[Person]) -> None:
    written = [
        str(field.value) for person in medium for field in person.said if field.field in {"headline", "biography"}
    ]
    assert len(set(written)) > 1000
    for sentence in written:
        assert not set("{}'·").intersection(sentence)
        assert " :" not in sentence, sentence
        assert not re.search(r"\b(de|à) Les |\bde [AEÉIOU]", sentence), sentence
