"""Profiles: one's own, others' as far as they show it, and what nobody may write."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Member
from parvis.kernel.events import Position
from parvis.kernel.runtime import Parvis
from parvis.profiles.models import Block, Contact
from tests.conftest import CountedQueries, SignIn
from tests.kernel.xss import PAYLOADS
from tests.make.directory import bring_together
from tests.make.people import affiliate, make_member, make_organisation, make_programme, make_unit
from tests.make.security import code_in

MINE = "/api/v1/me/profile"
LEVELS = ("organisation", "publics", "communities", "contacts", "me")
STEP = {"kind": "work", "title": "Urbaniste", "place": "Montréal", "since": "2019", "until": None, "text": "Berges."}
WRITTEN: dict[str, Any] = {
    "pronouns": "elle",
    "headline": "Urbaniste à la Ville de Montréal",
    "biography": "J’aime les *rivières*.",
    "path": [STEP],
    "skills": ["QGIS", "Concertation"],
    "languages": [{"code": "fr", "level": "native"}, {"code": "pt-BR", "level": "B1"}],
    "place": {"city": "Montréal", "country": "CA", "time_zone": "America/Toronto"},
    "links": [{"label": "", "url": "https://clairevasseur.example/"}],
}
EMPTY: dict[str, Any] = {field: [] if isinstance(value, list) else None for field, value in WRITTEN.items()}


def of(member: Member) -> str:
    return f"/api/v1/profiles/{member.id}"


async def add(parvis: Parvis, *rows: object) -> None:
    async def verb(session: AsyncSession) -> None:
        session.add_all(rows)

    await parvis.database.write(verb)


async def know(parvis: Parvis, one: Member, other: Member) -> None:
    await add(
        parvis,
        Contact(member_id=one.id, other_id=other.id),
        Contact(member_id=other.id, other_id=one.id),
    )


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def claire(parvis: Parvis) -> Member:
    return await make_member(parvis, "Claire Vasseur", affiliation="alum")


@pytest.fixture
async def browser(sign_in: SignIn, claire: Member) -> httpx.AsyncClient:
    return await sign_in(claire)


@pytest.fixture
async def stranger(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Hugo Ferreira"))


async def change(browser: httpx.AsyncClient, **draft: object) -> dict[str, Any]:
    answer = await browser.patch(MINE, json=draft)
    assert answer.status_code == 200, answer.text
    changed: dict[str, Any] = answer.json()
    return changed


async def address_of(browser: httpx.AsyncClient) -> str:
    items = (await browser.get("/api/v1/me/addresses")).json()["items"]
    return str(items[0]["id"])


async def test_a_profile_is_written_and_read_back(browser: httpx.AsyncClient, claire: Member) -> None:
    before = (await browser.get(MINE)).json()
    assert {field: before[field] for field in EMPTY} == EMPTY
    assert set(before["levels"].values()) == {"organisation"}

    written = await change(browser, **WRITTEN)

    assert {field: written[field] for field in WRITTEN} == WRITTEN
    assert (await browser.get(MINE)).json() == written
    shown = (await browser.get(of(claire))).json()
    assert shown["biography"] == "<p>J’aime les <em>rivières</em>.</p>\n"
    assert {field: shown[field] for field in WRITTEN if field != "biography"} == {
        field: value for field, value in WRITTEN.items() if field != "biography"
    }
    assert shown["abilities"] == ["change"]


async def test_what_is_absent_stays_and_null_empties(browser: httpx.AsyncClient) -> None:
    await change(browser, **WRITTEN, levels={"headline": "contacts", "skills": "me"})

    changed = await change(browser, pronouns=None, headline=None, skills=[], levels={"links": "publics"})

    assert (changed["pronouns"], changed["headline"], changed["skills"]) == (None, None, [])
    assert changed["biography"] == WRITTEN["biography"]
    levels = {field: level for field, level in changed["levels"].items() if level != "organisation"}
    assert levels == {"headline": "contacts", "skills": "me", "links": "publics"}


@pytest.fixture
async def readers(parvis: Parvis, sign_in: SignIn, claire: Member) -> dict[str, httpx.AsyncClient]:
    """One of each standing to Claire, who is of the alumni."""
    contact = await make_member(parvis, "Malo Ricard", affiliation="affiliate")
    await know(parvis, contact, claire)
    blocker, blocked = await make_member(parvis, "Brice Un"), await make_member(parvis, "Bea Deux")
    await know(parvis, blocked, claire)
    await add(
        parvis, Block(blocker_id=blocker.id, blocked_id=claire.id), Block(blocker_id=claire.id, blocked_id=blocked.id)
    )
    met = await make_member(parvis, "Karim Haddad", affiliation="faculty")
    await bring_together(parvis, claire, met)
    people = {
        "self": claire,
        "met": met,
        "student": await make_member(parvis, "Inès Benali"),
        "alum": await make_member(parvis, "Thomas Nguyen", affiliation="alum"),
        "contact": contact,
        "administrator": await make_member(
            parvis, "Hélène Aubert", affiliation="staff", roles=["administrator", "people_administrator"]
        ),
        "guest": await make_member(parvis, "Gaël Invité", affiliation=None),
        "blocker": blocker,
        "blocked": blocked,
    }
    return {name: await sign_in(member) for name, member in people.items()}


SEEN_AT = {
    "self": set(LEVELS),
    "student": {"organisation"},
    "alum": {"organisation", "publics"},
    "met": {"organisation", "publics", "communities"},
    "contact": {"organisation", "publics", "communities", "contacts"},
    "administrator": {"organisation"},
}
NOT_THERE = ("guest", "blocker", "blocked")
SHOWN_AS = {**{field: field for field in WRITTEN}, "email": "email", "interests": "interests"}


async def test_each_field_reaches_whom_its_level_says(
    parvis: Parvis, browser: httpx.AsyncClient, claire: Member, readers: dict[str, httpx.AsyncClient]
) -> None:
    await browser.put("/api/v1/me/interests", json={"interests": ["music"]})
    await change(browser, **WRITTEN, email_address_id=await address_of(browser))
    fields = (*SHOWN_AS, "affiliations")
    for level in LEVELS:
        await change(browser, levels=dict.fromkeys(fields, level))
        for reader, levels in SEEN_AT.items():
            shown = (await readers[reader].get(of(claire))).json()
            seen = {field for field in fields if shown[field]}
            assert seen == (set(fields) if level in levels else set()), f"at {level}, for {reader}"
            assert (shown["public"] == "alum") == (level in levels), f"the public at {level}, for {reader}"
        for reader in NOT_THERE:
            assert code_in(await readers[reader].get(of(claire))) == (404, "not_found"), reader


async def test_levels_are_of_their_field_alone(
    browser: httpx.AsyncClient, claire: Member, stranger: httpx.AsyncClient
) -> None:
    await change(browser, **WRITTEN, levels={"biography": "me"})
    shown = (await stranger.get(of(claire))).json()
    assert shown["biography"] is None
    assert shown["headline"] == WRITTEN["headline"]


async def test_who_is_not_to_be_found_is_as_if_he_did_not_exist(
    parvis: Parvis, stranger: httpx.AsyncClient, readers: dict[str, httpx.AsyncClient], claire: Member
) -> None:
    never = (await stranger.get(f"/api/v1/profiles/{uuid4()}")).json()
    gone = await make_member(parvis, "Paul Parti", affiliation=None)
    pending = await make_member(parvis, "Pas Encore", activated=False)
    tried = [
        await stranger.get(of(gone)),
        await stranger.get(of(pending)),
        *[await readers[reader].get(of(claire)) for reader in NOT_THERE],
    ]
    assert [answer.status_code for answer in tried] == [404] * len(tried)
    for answer in tried:
        assert {**answer.json(), "request_id": "", "instance": ""} == {**never, "request_id": "", "instance": ""}
    for answer in (await stranger.get("/api/v1/profiles/inconnue"), await stranger.get("/api/v1/profiles/1")):
        assert answer.status_code == 404


async def test_a_preview_is_what_such_a_reader_sees(
    browser: httpx.AsyncClient, claire: Member, readers: dict[str, httpx.AsyncClient]
) -> None:
    levels = dict(zip(("headline", "biography", "links", "skills", "path"), LEVELS, strict=True))
    await change(browser, **WRITTEN, levels=levels)
    seen_as = {"organisation": "student", "publics": "alum", "communities": "met", "contacts": "contact"}
    for audience, reader in seen_as.items():
        preview = await browser.get(f"{MINE}/preview", params={"as": audience})
        assert preview.json() == (await readers[reader].get(of(claire))).json(), audience
    assert (await browser.get(f"{MINE}/preview", params={"as": "me"})).status_code == 422


async def test_a_change_made_from_an_older_one_is_refused(browser: httpx.AsyncClient) -> None:
    etag = (await browser.get(MINE)).headers["etag"]
    first = await browser.patch(MINE, json={"headline": "Une"}, headers={"if-match": etag})
    late = await browser.patch(MINE, json={"headline": "Deux"}, headers={"if-match": etag})
    assert first.headers["etag"] != etag
    assert code_in(late) == (412, "precondition_failed")
    assert (await browser.get(MINE)).json()["headline"] == "Une"


async def test_a_change_is_told_once_without_what_it_says(
    parvis: Parvis, browser: httpx.AsyncClient, claire: Member
) -> None:
    for _ in range(2):
        await change(browser, headline="Urbaniste", levels={"headline": "me"})
    facts = [fact for fact in await parvis.log.after(Position()) if fact.type == "profile.changed"]
    assert [(fact.topic, fact.data) for fact in facts] == [
        (f"member:{claire.id}", {"kind": "profile", "id": str(claire.id), "version": 1})
    ]


async def test_skills_are_kept_once_whatever_their_case_and_accents(browser: httpx.AsyncClient) -> None:
    changed = await change(browser, skills=["Aménagement", "amenagement", "QGIS", "qgis ", "Droit  public"])
    assert changed["skills"] == ["Aménagement", "QGIS", "Droit public"]


async def test_a_path_shows_beside_what_the_institution_says(
    parvis: Parvis, browser: httpx.AsyncClient, claire: Member
) -> None:
    unit = await make_unit(parvis, "Faculté de géographie")
    programme = await make_programme(parvis, "M2 Urbanisme", unit)
    await affiliate(parvis, claire, "student", unit_id=unit.id, programme_id=programme.id)
    shown = (await browser.get(of(claire))).json()
    student = next(item for item in shown["affiliations"] if item["kind"] == "student")
    assert (student["public"], student["current"]) == ("student", True)
    assert (student["unit"]["name"], student["programme"]["name"]) == ("Faculté de géographie", "M2 Urbanisme")


HOSTILE = "Inès\u202egnp.exe"
REFUSED: list[tuple[str, object]] = [
    ("pronouns", "x" * 41),
    ("pronouns", ""),
    ("headline", "x" * 161),
    ("headline", "two\nlines"),
    ("headline", "nul\0"),
    ("headline", HOSTILE),
    ("biography", "x" * 5001),
    ("biography", "nul\0"),
    ("biography", HOSTILE),
    ("skills", ["x"] * 31),
    ("skills", ["x" * 61]),
    ("skills", [HOSTILE]),
    ("skills", None),
    ("path", [{**STEP, "since": "2019-13"}]),
    ("path", [{**STEP, "since": "demain"}]),
    ("path", [{**STEP, "since": "2019", "until": "2018"}]),
    ("path", [{**STEP, "since": "2019-05", "until": "2019-04"}]),
    ("path", [{**STEP, "kind": "prison"}]),
    ("path", [{**STEP, "title": ""}]),
    ("path", [{**STEP, "text": "x" * 601}]),
    ("path", [STEP] * 41),
    ("languages", [{"code": "klingon", "level": "A1"}]),
    ("languages", [{"code": "qqq", "level": "A1"}]),
    ("languages", [{"code": "fr", "level": "Z9"}]),
    ("place", {"city": "", "country": None, "time_zone": "Europe/Paris"}),
    ("place", {"city": "Paris", "country": "ZZ", "time_zone": None}),
    ("place", {"city": "Paris", "country": "FR", "time_zone": "Europe/Valorne"}),
    ("links", [{"label": "x", "url": "https://a.example/"}] * 11),
    ("levels", {"headline": "world"}),
    ("levels", {"headline": None}),
    ("levels", {"name": "me"}),
    ("email_address_id", "018f0000-0000-7000-8000-000000000000"),
]


@pytest.mark.parametrize("field, value", REFUSED)
async def test_what_a_field_cannot_hold_is_refused_and_changes_nothing(
    field: str, value: object, browser: httpx.AsyncClient
) -> None:
    before = (await browser.get(MINE)).json()
    answer = await browser.patch(MINE, json={"headline": "Urbaniste", field: value})
    assert code_in(answer) == (422, "invalid")
    assert all(found["path"].startswith(field) for found in answer.json()["fields"])
    assert (await browser.get(MINE)).json() == before


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://a.example/",
        "//evil.example/",
        "/relative",
        "https://",
        "https://localhost/",
        "https://user:secret@a.example/",
        "https://bank.example@evil.example/",
        "https://evil.example\\@bank.example/",
        'https://a.example/"onmouseover=alert(1)',
        "https://a.example/<script>",
        "https://a.example/\u202e",
        "https://a.example/ x",
        "https://a.example:port/",
        "https://[::1",
        "https://a.example/\0",
        "https://a.example/" + "x" * 500,
    ],
)
async def test_a_link_leads_to_the_web_or_is_refused(url: str, browser: httpx.AsyncClient) -> None:
    answer = await browser.patch(MINE, json={"links": [{"label": "x", "url": url}]})
    assert code_in(answer) == (422, "invalid")
    assert [field["path"] for field in answer.json()["fields"]] == ["links/0/url"]


async def test_a_biography_never_acts(browser: httpx.AsyncClient, claire: Member, stranger: httpx.AsyncClient) -> None:
    texts = [text for text in PAYLOADS if "\0" not in text and "\x01" not in text]
    for start in range(0, len(texts), 10):
        await change(browser, biography="\n\n".join(texts[start : start + 10])[:5000])
        shown = (await stranger.get(of(claire))).json()["biography"].lower()
        for sign in ("<script", "<img", "<svg", "<iframe", "<style", "<form", 'href="javascript', 'href="data'):
            assert sign not in shown


async def test_an_address_is_shown_while_it_is_ones_own_and_confirmed(
    parvis: Parvis, browser: httpx.AsyncClient, claire: Member, stranger: httpx.AsyncClient
) -> None:
    await change(browser, email_address_id=await address_of(browser))
    assert (await stranger.get(of(claire))).json()["email"] == "claire.vasseur@univ.example"
    hers = await address_of(stranger)
    assert code_in(await browser.patch(MINE, json={"email_address_id": hers})) == (422, "invalid")

    async def lose(session: AsyncSession) -> None:
        await session.execute(delete(Address).where(Address.member_id == claire.id))

    await parvis.database.write(lose)
    assert (await stranger.get(of(claire))).json()["email"] is None
    mine = (await browser.get(MINE)).json()
    assert (mine["email"], mine["email_address_id"]) == (None, None)


async def test_nobody_reads_or_writes_without_signing_in(client: httpx.AsyncClient, claire: Member) -> None:
    for answer in (
        await client.get(of(claire)),
        await client.get(MINE),
        await client.get(f"{MINE}/preview", params={"as": "contacts"}),
        await client.patch(MINE, json={}),
    ):
        assert code_in(answer) == (401, "unauthenticated")


async def test_reading_costs_four_queries_at_most(
    parvis: Parvis,
    browser: httpx.AsyncClient,
    claire: Member,
    stranger: httpx.AsyncClient,
    counted_queries: CountedQueries,
) -> None:
    await stranger.get(of(claire))
    with counted_queries() as queries:
        await stranger.get(of(claire))
    assert len(queries) == 3
    await change(browser, **WRITTEN, email_address_id=await address_of(browser))
    with counted_queries() as queries:
        await stranger.get(of(claire))
    assert len(queries) == 4
    await change(browser, levels={"affiliations": "me", "interests": "me", "email": "me"})
    with counted_queries() as queries:
        await stranger.get(of(claire))
    assert len(queries) == 1
    with counted_queries() as queries:
        await browser.get(MINE)
    assert len(queries) == 2
