"""The directory over HTTP: who is found, by what, and in which order."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from parvis.accounts.models import Member
from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.directory import befriend, block, bring_together, list_everybody, say
from tests.make.people import affiliate, make_cohort, make_member, make_organisation, make_programme, make_unit

LIST = "/api/v1/directory"
FACETS = "/api/v1/directory/facets"


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def reader(parvis: Parvis) -> Member:
    return await make_member(parvis, "Zoé Zimmer", affiliation="staff")


@pytest.fixture
async def browser(parvis: Parvis, sign_in: SignIn, reader: Member) -> httpx.AsyncClient:
    await list_everybody(parvis)
    return await sign_in(reader)


async def found(browser: httpx.AsyncClient, **asked: object) -> list[str]:
    """Names on the page, in order."""
    reply = await browser.get(LIST, params=asked)  # type: ignore[arg-type]
    assert reply.status_code == 200, reply.text
    return [item["name"] for item in reply.json()["items"]]


async def counted(browser: httpx.AsyncClient, facet: str, **asked: object) -> dict[str, int]:
    """People by the label of each value of the facet."""
    reply = await browser.get(FACETS, params=asked)  # type: ignore[arg-type]
    assert reply.status_code == 200, reply.text
    values = {item["name"]: item["values"] for item in reply.json()["facets"]}[facet]
    return {value["label"]: value["people"] for value in values}


async def total(browser: httpx.AsyncClient, **asked: object) -> int:
    people: int = (await browser.get(FACETS, params=asked)).json()["people"]  # type: ignore[arg-type]
    return people


async def test_people_are_listed_by_name_page_after_page(parvis: Parvis, browser: httpx.AsyncClient) -> None:
    for name in ("Élodie Marchand", "Aïssata Diarra", "Bernard Roussel"):
        await make_member(parvis, name)
    await list_everybody(parvis)
    first = (await browser.get(LIST, params={"limit": 3})).json()
    assert [item["name"] for item in first["items"]] == ["Aïssata Diarra", "Bernard Roussel", "Élodie Marchand"]
    assert await found(browser, limit=3, cursor=first["next"]) == ["Zoé Zimmer"]
    assert await total(browser) == 4


async def test_a_card_shows_what_its_person_shows(parvis: Parvis, browser: httpx.AsyncClient) -> None:
    letters = await make_unit(parvis, "Faculté des lettres")
    geography = await make_programme(parvis, "M2 Géographie", letters)
    claire = await make_member(parvis, "Claire Vasseur", affiliation=None)
    await affiliate(parvis, claire, "alum", unit_id=letters.id, programme_id=geography.id)
    await say(parvis, claire, "headline", "Urbaniste, Ville de Montréal")
    await say(parvis, claire, "place", {"city": "Montréal", "country": "CA", "time_zone": None})
    await say(parvis, claire, "skills", ["Aménagement", "Cartographie", "Anglais", "Danse"])
    await say(parvis, claire, "pronouns", "elle", "contacts")
    await say(parvis, claire, "mentoring", {"capacity": 2})
    card = (await browser.get(LIST, params={"q": "vasseur"})).json()["items"][0]
    since = card["affiliations"][0].pop("since")
    assert since == str(clock.now().date() - timedelta(days=30))
    assert card == {
        "id": str(claire.id),
        "name": "Claire Vasseur",
        "pronouns": None,
        "avatar": None,
        "public": "alum",
        "affiliations": [
            {"public": "alum", "unit": "Faculté des lettres", "programme": "M2 Géographie", "title": None}
        ],
        "headline": "Urbaniste, Ville de Montréal",
        "city": "Montréal",
        "skills": ["Aménagement", "Cartographie", "Anglais"],
        "mentoring": True,
        "abilities": ["see_profile"],
    }


async def test_words_are_found_without_accents_those_of_the_name_first(
    parvis: Parvis, browser: httpx.AsyncClient
) -> None:
    benoit = await make_member(parvis, "Benoît Rivière")
    await make_member(parvis, "Thomas Nguyen")
    river = await make_member(parvis, "Aline Mercier")
    await say(parvis, river, "biography", "J’étudie les rivières avec Benoît.")
    await say(parvis, benoit, "headline", "Étudiant")
    await list_everybody(parvis)
    assert await found(browser, q="riviere") == ["Benoît Rivière", "Aline Mercier"]
    assert await found(browser, q="riviere", sort="name") == ["Aline Mercier", "Benoît Rivière"]
    assert await found(browser, q="benoit etudiante") == ["Aline Mercier", "Benoît Rivière"]
    assert await found(browser, q="nguy") == ["Thomas Nguyen"]
    assert await found(browser, q="nguyen riviere") == []
    page = (await browser.get(LIST, params={"q": "riviere", "limit": 1})).json()
    assert await found(browser, q="riviere", limit=1, cursor=page["next"]) == ["Aline Mercier"]
    assert await total(browser, q="riviere") == 2


async def test_those_who_came_last_can_come_first(
    parvis: Parvis, browser: httpx.AsyncClient, moved_clock: clock.MovableClock
) -> None:
    for name in ("Anne", "Zoltan", "Marc"):
        moved_clock.advance(timedelta(minutes=1))
        await make_member(parvis, name)
    await list_everybody(parvis)
    assert await found(browser, sort="recent", limit=3) == ["Marc", "Zoltan", "Anne"]


async def test_values_of_a_facet_add_up_and_facets_narrow(parvis: Parvis, browser: httpx.AsyncClient) -> None:
    university = await make_unit(parvis, "Lettres et sciences humaines")
    geography = await make_unit(parvis, "Géographie", kind="department", parent=university)
    law = await make_unit(parvis, "Droit")
    master = await make_programme(parvis, "M2 Géographie", geography)
    cohort = await make_cohort(parvis, master, 2027)
    ines = await make_member(parvis, "Inès", affiliation=None)
    await affiliate(parvis, ines, "student", unit_id=geography.id, programme_id=master.id, cohort_id=cohort.id)
    hugo = await make_member(parvis, "Hugo", affiliation=None)
    await affiliate(parvis, hugo, "alum", unit_id=law.id)
    lea = await make_member(parvis, "Léa", affiliation=None)
    await affiliate(parvis, lea, "student", unit_id=university.id)
    await say(parvis, lea, "skills", ["Python", "SIG"])
    await say(parvis, hugo, "skills", ["python"])
    await say(parvis, hugo, "place", {"city": "Lyon", "country": "FR", "time_zone": None})
    await say(parvis, hugo, "mentoring", {"capacity": 1})
    await list_everybody(parvis)

    assert await found(browser, public=["student", "alum"]) == ["Hugo", "Inès", "Léa"]
    assert await found(browser, unit=str(university.id)) == ["Inès", "Léa"]
    assert await found(browser, unit=[str(geography.id), str(law.id)]) == ["Hugo", "Inès"]
    assert await found(browser, unit=str(university.id), skill="PYTHON") == ["Léa"]
    assert await found(browser, programme=str(master.id), cohort=2027) == ["Inès"]
    assert await found(browser, city="lyon", mentoring=True) == ["Hugo"]
    assert await found(browser, city="lyon", public="student") == []
    assert await found(browser, skill="inconnu") == []

    assert await counted(browser, "public") == {"Students": 2, "Alumni": 1, "Staff": 1}
    assert await counted(browser, "public", public="student") == {"Students": 2, "Alumni": 1, "Staff": 1}
    assert await counted(browser, "unit", public="student") == {"Lettres et sciences humaines": 2, "Géographie": 1}
    assert await counted(browser, "public", skill="python") == {"Students": 1, "Alumni": 1}
    assert await counted(browser, "skill", skill="sig") == {"Python": 2, "SIG": 1}
    assert await counted(browser, "skill", skill="sig", public="alum") == {"Python": 1, "sig": 0}
    assert await total(browser, public="student", skill="python") == 1
    assert await total(browser, public=["student", "staff"]) == 3


async def test_other_values_of_a_facet_are_found_by_their_words(parvis: Parvis, browser: httpx.AsyncClient) -> None:
    law = await make_unit(parvis, "Faculté de droit")
    hugo = await make_member(parvis, "Hugo", affiliation=None)
    await affiliate(parvis, hugo, "alum", unit_id=law.id)
    await say(parvis, hugo, "skills", ["Géomorphologie", "Droit de l’eau"])
    await list_everybody(parvis)

    async def values(name: str, **asked: object) -> list[tuple[str, int]]:
        reply = await browser.get(f"{FACETS}/{name}", params=asked)  # type: ignore[arg-type]
        return [(item["label"], item["people"]) for item in reply.json()["items"]]

    assert await values("skill", words="geo") == [("Géomorphologie", 1)]
    assert await values("unit", words="droit") == [("Faculté de droit", 1)]
    assert await values("skill", words="geo", public="student") == []
    assert len(await values("skill")) == 2


@pytest.mark.parametrize("level", ["publics", "communities", "contacts", "me"])
async def test_what_is_hidden_is_found_by_nobody_who_may_not_see_it(
    parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn, reader: Member, level: str
) -> None:
    owner = await make_member(parvis, "Inès Benali", affiliation="student")
    fellow = await make_member(parvis, "Hugo Ferreira", affiliation="student")
    contact = await make_member(parvis, "Malo Ricard", affiliation="affiliate")
    met = await make_member(parvis, "Karim Haddad", affiliation="faculty")
    once_met = await make_member(parvis, "Nour Amrani", affiliation="faculty")
    await befriend(parvis, owner, contact)
    await bring_together(parvis, owner, met)
    await bring_together(parvis, owner, once_met, until=datetime(2020, 1, 1, tzinfo=UTC))
    await say(parvis, owner, "skills", ["Apnée"], level)
    await say(parvis, owner, "place", {"city": "Brest", "country": "FR", "time_zone": None}, level)
    await list_everybody(parvis)
    sees = {
        "publics": {fellow.id, met.id, contact.id},
        "communities": {met.id, contact.id},
        "contacts": {contact.id},
        "me": set(),
    }[level]
    for member in (reader, fellow, met, once_met, contact):
        client = await sign_in(member)
        names = ["Inès Benali"] if member.id in sees else []
        for asked in ({"skill": "apnee"}, {"q": "apnée"}, {"q": "apn"}, {"city": "brest"}, {"q": "brest"}):
            assert await found(client, **asked) == names, (member.name, asked)
            assert await found(client, **asked, public="student") == names, (member.name, asked)
            assert await total(client, **asked) == len(names), (member.name, asked)
        for asked in ({}, {"public": "student"}, {"q": "ines"}):
            assert await counted(client, "skill", **asked) == ({"Apnée": 1} if names else {}), (member.name, asked)
        reply = await client.get(f"{FACETS}/skill", params={"words": "apn"})
        assert len(reply.json()["items"]) == len(names)
        card = next(item for item in (await client.get(LIST)).json()["items"] if item["name"] == "Inès Benali")
        assert (card["skills"], card["city"]) == ((["Apnée"], "Brest") if names else ([], None))


async def test_one_finds_oneself_by_what_is_shown_to_contacts(parvis: Parvis, sign_in: SignIn) -> None:
    owner = await make_member(parvis, "Inès Benali")
    await say(parvis, owner, "skills", ["Apnée"], "contacts")
    client = await sign_in(owner)
    assert await found(client, skill="apnee") == ["Inès Benali"]
    assert await found(client, q="apnee") == ["Inès Benali"]
    assert await counted(client, "skill") == {"Apnée": 1}


async def test_narrowing_bites_at_once(parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn) -> None:
    owner = await sign_in(await make_member(parvis, "Inès Benali"))
    await owner.patch("/api/v1/me/profile", json={"skills": ["Apnée"]})
    assert await found(browser, skill="apnee") == ["Inès Benali"]
    assert await found(browser, q="apnee") == ["Inès Benali"]
    await owner.patch("/api/v1/me/profile", json={"levels": {"skills": "me"}})
    assert await found(browser, skill="apnee") == []
    assert await found(browser, q="apnee") == []
    assert await counted(browser, "skill") == {}
    assert await total(browser, skill="apnee") == 0


async def test_interests_are_words_to_be_found_by(parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn) -> None:
    owner = await sign_in(await make_member(parvis, "Inès Benali"))
    await owner.put("/api/v1/me/interests", json={"interests": ["music"]})
    assert await found(browser, q="chorale") == ["Inès Benali"]
    await owner.put("/api/v1/me/interests", json={"interests": []})
    assert await found(browser, q="chorale") == []


async def test_hidden_affiliations_hide_the_public_too(parvis: Parvis, browser: httpx.AsyncClient) -> None:
    law = await make_unit(parvis, "Droit")
    hugo = await make_member(parvis, "Hugo", affiliation=None)
    await affiliate(parvis, hugo, "student", unit_id=law.id)
    await say(parvis, hugo, "affiliations", None, "contacts")
    assert await found(browser, public="student") == []
    assert await found(browser, unit=str(law.id)) == []
    assert await found(browser, q="droit") == []
    assert await counted(browser, "unit") == {}
    assert await counted(browser, "public") == {"Staff": 1}
    assert await total(browser, public="student") == 0
    card = (await browser.get(LIST, params={"q": "hugo"})).json()["items"][0]
    assert (card["public"], card["affiliations"]) == (None, [])


async def test_who_blocks_or_is_blocked_is_not_there(
    parvis: Parvis, browser: httpx.AsyncClient, reader: Member
) -> None:
    blocker, blocked = await make_member(parvis, "Brice"), await make_member(parvis, "Bea")
    for member in (blocker, blocked):
        await say(parvis, member, "skills", ["Apnée"])
    assert await total(browser) == 3
    await block(parvis, blocker, reader)
    await block(parvis, reader, blocked)
    assert await found(browser) == ["Zoé Zimmer"]
    assert await found(browser, q="apnee") == []
    assert await found(browser, skill="apnee") == []
    assert await counted(browser, "skill") == {}
    assert await counted(browser, "public") == {"Staff": 1}
    assert await total(browser) == 1
    assert await total(browser, q="apnee") == 0


async def test_who_left_or_was_never_there_is_not_listed(parvis: Parvis, browser: httpx.AsyncClient) -> None:
    await make_member(parvis, "Pas Encore", activated=False)
    await make_member(parvis, "Gaël Invité", affiliation=None)
    await list_everybody(parvis)
    assert await found(browser) == ["Zoé Zimmer"]
    assert await total(browser) == 1


async def test_guests_are_told_that_the_directory_is_for_members(parvis: Parvis, sign_in: SignIn) -> None:
    guest = await sign_in(await make_member(parvis, "Gaël Invité", affiliation=None))
    for path in (LIST, FACETS, f"{FACETS}/skill"):
        assert (await guest.get(path)).status_code == 403


async def test_strangers_are_asked_to_sign_in(client: httpx.AsyncClient) -> None:
    assert (await client.get(LIST)).status_code == 401


async def test_a_cursor_tells_nothing_and_is_refused_when_foreign(browser: httpx.AsyncClient) -> None:
    assert (await browser.get(LIST, params={"cursor": "abc"})).status_code == 422
    assert (await browser.get(LIST, params={"limit": 201})).status_code == 422


@pytest.mark.parametrize("hostile", ['"', "a* OR b", "' OR 1=1 --", "title:x", "(((", "%", "_"])
async def test_no_words_break_the_search(browser: httpx.AsyncClient, hostile: str) -> None:
    for path in (LIST, FACETS, f"{FACETS}/skill"):
        reply = await browser.get(path, params={"q": hostile, "words": hostile, "skill": hostile})
        assert reply.status_code == 200


async def test_lists_take_as_many_queries_for_many_as_for_few(
    parvis: Parvis, browser: httpx.AsyncClient, counted_queries: CountedQueries
) -> None:
    asked = {"q": "membre", "public": ["student"], "skill": ["python", "sig"]}
    await found(browser, **asked)
    for path, most in ((LIST, 5), (FACETS, 5)):
        numbers: list[int] = []
        for size in (1, 12):
            for number in range(size):
                member = await make_member(parvis, f"Membre {path[-4:]} {size} {number}")
                await say(parvis, member, "skills", ["Python", f"Talent {number}"])
            with counted_queries() as queries:
                await browser.get(path, params=asked)
            numbers.append(len(queries))
        assert numbers[0] == numbers[1] <= most
