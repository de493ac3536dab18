"""Everything is found from one box, by keyboard or by finger, and led to its very place; and nothing is of what one may
not see, or may see no longer."""

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Locator, Page, expect

import parvis.demo
from parvis.accounts.models import Member
from tests.journeys.test_ties import Enter, enter, served, somebody
from tests.make.axe import grave_faults_in_themes
from tests.make.communities import Someone, make_closed, make_community
from tests.make.directory import list_everybody
from tests.make.house import House
from tests.make.posts import comment, say
from tests.make.served import Served
from tests.make.spaces import put_document, space_of
from tests.realtime.wire import signed_in

pytestmark = pytest.mark.browser
__all__ = ["enter", "served"]
GUIDE = (Path(parvis.demo.__file__).parent / "papers" / "releves.pdf").read_bytes()
"""« La crue de novembre a déposé du limon sur la rive gauche. »"""
FINDABLE = 30.0
"""Seconds until what is inside a file counts as lost, on a machine that does much else."""


@dataclass(frozen=True)
class Life:
    """What was said and put in a community, by the ids of it."""

    community: str
    post: str
    comment: str
    document: str


async def lived(served: House, owner: Member, other: Member) -> Life:
    async with signed_in(cast(Served, served), owner) as at, signed_in(cast(Served, served), other) as beside:
        claire, ines = Someone(owner, at.browser), Someone(other, beside.browser)
        place = await make_community(claire, "Géographie et aménagement")
        assert (await place.join(ines)).is_success
        post = await say(claire, place, "Rendez-vous au vieux pont.", title="Sortie de terrain")
        for number in range(12):
            await say(claire, place, "Encore du limon dans les fossés.", title=f"Relevé {number}")
        answered = await comment(claire, post, "Prévoyez des bottes imperméables.")
        guide = await put_document(claire, await space_of(claire, place), "Guide.pdf", GUIDE)
        return Life(place.id, post["id"], answered["id"], guide["id"])


async def told_in_secret(served: House, owner: Member, member: Member) -> str:
    async with signed_in(cast(Served, served), owner) as at, signed_in(cast(Served, served), member) as beside:
        keeper, inside = Someone(owner, at.browser), Someone(member, beside.browser)
        place = await make_closed(keeper, inside, name="Herbier clandestin")
        await say(keeper, place, "La saxifrage pousse sous le rempart.", title="Floraison")
        return place.id


async def removed(served: House, owner: Member, community: str, member: Member) -> None:
    async with signed_in(cast(Served, served), owner) as at:
        gone = await at.browser.delete(f"/api/v1/communities/{community}/members/{member.id}")
        assert gone.is_success, gone.text


def found_by_api(page: Page, words: str) -> dict[str, Any]:
    answer: dict[str, Any] = page.evaluate(f"fetch('/api/v1/search?q={words}').then((answer) => answer.json())")
    return answer


def wait_until_found(page: Page, words: str, kind: str) -> None:
    """Entries come a moment after what they are of, those inside files once the file was read."""
    deadline = time.monotonic() + FINDABLE
    while kind not in [item["kind"] for item in found_by_api(page, words)["items"]]:
        assert time.monotonic() < deadline, f"no {kind} is found by {words}"
        time.sleep(0.1)


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Chercher dans Parvis")


def open_by_keyboard(page: Page, keys: str = "Control+k") -> None:
    expect(page.get_by_role("button", name="Rechercher")).to_be_visible()
    page.locator("body").press(keys)


def look_for(page: Page, words: str) -> None:
    expect(box(page)).to_be_focused()
    page.keyboard.insert_text(words)


def test_a_word_inside_a_file_and_a_comment_are_found_and_opened_by_the_keyboard_alone(
    served: House, enter: Enter
) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    life = served.run(lived(served, claire, ines))
    page = enter(ines)
    page.goto("/")
    wait_until_found(page, "novembre", "document")

    open_by_keyboard(page)
    look_for(page, "novembre")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Guide.pdf")
    expect(chosen.locator("mark")).to_have_text("novembre")
    expect(page.get_by_role("status").filter(has_text="1 résultat")).to_have_count(1)
    expect(page.get_by_role("region", name="Aperçu").get_by_text("Déposé par")).to_be_visible()
    assert grave_faults_in_themes(page, "fr") == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served.url}/documents/{life.document}")
    expect(page.get_by_role("heading", level=1, name="Guide.pdf")).to_be_visible()

    open_by_keyboard(page, "/")
    look_for(page, "bottes impermeables")
    expect(page.get_by_role("option", name=re.compile("^Sortie de terrain"))).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Tout 1")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Commentaires 1")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_contain_text("bottes")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served.url}/posts/{life.post}/comments/{life.comment}")
    expect(page.get_by_role("main").get_by_text("Prévoyez des bottes imperméables.")).to_be_visible()

    opener = page.get_by_role("button", name="Rechercher")
    opener.focus()
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    expect(page.get_by_role("group", name="Recherches récentes").get_by_role("option")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_question_is_begun_where_it_is_asked_and_a_place_is_kept_to(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    life = served.run(lived(served, claire, ines))
    page = enter(ines)
    page.goto(f"/communities/{life.community}")
    page.get_by_role("button", name="Chercher dans Géographie et aménagement").click()
    expect(page.get_by_role("button", name="Dans Géographie et aménagement", exact=True, pressed=True)).to_be_visible()
    look_for(page, "vieux pont")
    expect(page.get_by_role("option", name=re.compile("Sortie de terrain"))).to_be_visible()
    page.get_by_role("option", name=re.compile("Demander .* à la communauté Géographie")).click()
    expect(page.get_by_label("Votre question en une phrase")).to_have_value("vieux pont")

    open_by_keyboard(page)
    page.get_by_role("button", name="Dans Géographie et aménagement", exact=True, pressed=False).click()
    box(page).focus()
    look_for(page, "vieux pont")
    page.get_by_role("option", name=re.compile("Tous les résultats")).click()
    expect(page).to_have_url(re.compile(f"/search\\?q=vieux.pont&place={life.community}"))
    expect(page.get_by_role("button", name="Retirer le filtre Dans Géographie et aménagement")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Sortie de terrain")).to_be_visible()


def test_on_a_phone_results_are_touched_and_going_back_finds_one_where_one_was(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    served.run(lived(served, claire, ines))
    served.run(list_everybody(served.parvis))
    page = enter(ines, width=390, height=844, touch=True)
    page.goto("/")
    wait_until_found(page, "fosses", "post")
    page.get_by_role("button", name="Rechercher").tap()
    look_for(page, "vasseur")
    person = page.get_by_role("option", name=re.compile("^Claire Vasseur")).first
    expect(person).to_be_visible()
    assert grave_faults_in_themes(page, "fr") == []
    person.tap()
    expect(page.get_by_role("heading", level=1, name="Claire Vasseur")).to_be_visible()

    page.get_by_role("button", name="Rechercher").tap()
    look_for(page, "fosses")
    page.get_by_role("option", name=re.compile("Tous les résultats")).tap()
    results = page.get_by_role("region", name="Résultats")
    expect(results.get_by_role("listitem").first).to_be_visible()
    assert grave_faults_in_themes(page, "fr") == []
    last = results.get_by_role("link", name=re.compile("^Relevé")).nth(9)
    last.scroll_into_view_if_needed()
    at = page.evaluate("scrollY")
    assert at > 0
    title = last.inner_text()
    last.tap()
    expect(page.get_by_role("heading", name=title).first).to_be_visible()
    page.go_back()
    expect(results.get_by_role("link", name=title, exact=True)).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - at) < 120


def test_who_was_never_in_and_who_is_no_longer_find_nothing(served: House, enter: Enter) -> None:
    claire, malo = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Malo Ricard", "student")
    nadia = somebody(served, "Nadia Cherkaoui", "staff")
    community = served.run(told_in_secret(served, claire, malo))
    member, outsider = enter(malo), enter(nadia)
    member.goto("/")
    wait_until_found(member, "saxifrage", "post")
    open_by_keyboard(member)
    look_for(member, "saxifrage")
    expect(member.get_by_role("option", name=re.compile("Floraison"))).to_be_visible()

    outsider.goto("/")
    served.run(removed(served, claire, community, malo))
    for page in (outsider, member):
        page.goto("/")
        for words in ("saxifrage", "Floraison", "Herbier"):
            answer = found_by_api(page, words)
            assert (answer["items"], answer["counts"], answer["corrected"]) == ([], [], None), words
            asked = page.request.get(f"{served.url}/api/v1/search/suggestions?q={words}").json()
            assert asked["items"] == [], words
        open_by_keyboard(page)
        look_for(page, "saxifrage")
        expect(page.get_by_text("Rien pour")).to_be_visible()
        expect(page.get_by_role("listbox").get_by_role("group")).to_have_count(1)  # Of actions.
        page.goto("/search?q=saxifrage")
        expect(page.get_by_text("Aucun résultat")).to_be_visible()
        assert "Floraison" not in page.content()
        assert "Herbier" not in page.content()
