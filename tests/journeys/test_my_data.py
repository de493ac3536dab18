"""A member takes his data with him, leaves, changes his mind, and leaves for good."""

import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.erasure import NAME
from parvis.accounts.service.sessions import Device, open_session
from tests.conftest import of_today
from tests.journeys.conftest import Arrive
from tests.make.axe import grave_faults, grave_faults_in_themes
from tests.make.house import House, house
from tests.make.people import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house")) as at:
        yield at


Enter = Callable[..., Page]


@pytest.fixture
def enter(served: House, arrive: Arrive) -> Enter:
    """`enter(member, **look)`: a page of a browser in which this member is signed in."""

    def one(member: Member, **look: object) -> Page:
        device = Device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "203.0.113.7")
        _, cookie = served.run(served.parvis.database.write(open_session, member, methods=["pwd"], device=device))
        page = arrive(**look).page
        page.context.add_cookies([{"name": DEV_COOKIE, "value": cookie, "url": served.url}])
        return page

    return one


def test_a_copy_is_asked_for_and_downloaded(served: House, enter: Enter) -> None:
    page = enter(served.member("Inès Benali"))
    page.goto("/settings/data")
    page.get_by_role("button", name="Demander une copie").click()
    expect(page.get_by_text("Prête")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger la copie").click()
    copy = ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert json.loads(copy.read("data.json"))["account"][0]["name"] == "Inès Benali"


def test_an_old_session_proves_who_is_there_before_it_downloads(served: House, enter: Enter) -> None:
    page = enter(served.member("Driss Alaoui"))
    page.goto("/settings/data")
    page.get_by_role("button", name="Demander une copie").click()
    expect(page.get_by_text("Prête")).to_be_visible()
    served.move_time(timedelta(minutes=11))
    page.get_by_role("button", name="Télécharger la copie").click()
    page.get_by_role("dialog").locator("input[type=password]").fill(PASSWORD)
    with page.expect_download() as download:
        page.get_by_role("dialog").locator("input[type=password]").press("Enter")
    assert download.value.suggested_filename.startswith("mes-donnees-parvis-")


def test_somebody_leaves_comes_back_and_leaves_for_good(served: House, enter: Enter, arrive: Arrive) -> None:
    member = served.member("Chloé Petit")
    leave(enter(member), "Chloé Petit")

    door = arrive().page
    by_password(door, "chloe.petit@univ.example")
    expect(door.locator("h1")).to_have_text("Votre compte est fermé")
    expect(door.get_by_role("main")).to_be_focused()
    assert grave_faults(door) == []
    door.get_by_role("button", name="Garder mon compte").click()
    expect(door).not_to_have_url(f"{served.url}/sign-in")
    door.goto("/settings/data")
    leave(door, "Chloé Petit")

    served.move_time(timedelta(days=14, hours=1))
    closed = arrive().page
    by_password(closed, "chloe.petit@univ.example")
    expect(closed.get_by_text(re.compile("Ce compte est fermé|n’est pas le bon"))).to_be_visible()
    wait_until_erased(served, member, closed)


def leave(page: Page, name: str) -> None:
    page.goto("/settings/data")
    page.get_by_role("button", name="Supprimer mon compte").click()
    field = page.get_by_label("Votre nom, pour confirmer")
    expect(field).to_be_focused()
    field.fill("Quelqu’un")
    field.press("Enter")
    expect(page.get_by_text("Ce n’est pas votre nom.")).to_be_visible()
    field.fill(name)
    field.press("Enter")
    expect(page.get_by_text("Compte fermé.")).to_be_visible()
    expect(page.get_by_label("Votre adresse électronique").first).to_be_visible()


def by_password(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.locator("summary").click()
    ways = page.get_by_role("group").filter(has=page.locator("input[type=password]"))
    ways.locator("input[type=email]").fill(email)
    ways.locator("input[type=password]").fill(PASSWORD)
    ways.locator("button[type=submit]").click()


def wait_until_erased(served: House, member: Member, page: Page) -> None:
    async def name() -> str:
        async with served.parvis.database.reading() as session:
            return str(await session.scalar(select(Member.name).where(Member.id == member.id)))

    for _ in range(100):
        if served.run(name()) == NAME:
            return
        page.reload()
    raise AssertionError("the account was not erased")


@pytest.mark.parametrize("width", of_today([1440, 390]))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_is_open_to_everybody(served: House, enter: Enter, language: str, width: int) -> None:
    member = served.member(f"Nadia {language} {width}", language=language)
    page = enter(member, language=language, width=width)
    page.goto("/settings/data")
    page.get_by_role("button", name="Demander une copie" if language == "fr" else "Ask for a copy").click()
    expect(page.get_by_text("Prête" if language == "fr" else "Ready", exact=True)).to_be_visible()
    assert grave_faults_in_themes(page, language) == []
    page.get_by_role("button", name="Supprimer mon compte" if language == "fr" else "Delete my account").click()
    assert grave_faults_in_themes(page, language) == []
