"""Every page before the shell, as those see it who see, hear or reach things otherwise."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import of_today
from tests.journeys.conftest import Arrive, Served
from tests.make.axe import grave_faults_in_themes

pytestmark = pytest.mark.browser

TOKEN = "#" + "t" * 43
PAGES = (
    "/sign-in",
    "/join",
    "/reset",
    f"/door/verify{TOKEN}",
    f"/door/sign-in{TOKEN}",
    f"/door/reset{TOKEN}",
    f"/door/invitation{TOKEN}",
    f"/door/activate{TOKEN}",
    f"/door/address-reversal{TOKEN}",
    "/door/verify",
)
INSIDE = ("/welcome", f"/oauth/authorize?{urlencode({'client_id': 'nobody'})}", "/settings/interests")
WIDTHS = {1440: 900, 390: 844}


@pytest.mark.parametrize("width", of_today(WIDTHS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_before_the_shell_is_open_to_everybody(
    served: Served, arrive: Arrive, language: str, width: int
) -> None:
    page = arrive(language=language, width=width, height=WIDTHS[width]).page
    for address in PAGES:
        look_at(page, address, language)
    for address, step in STEPS:
        look_at(page, address, language, step)


@pytest.mark.parametrize("width", of_today(WIDTHS))
def test_so_are_those_for_who_has_just_come_in(served: Served, arrive: Arrive, width: int) -> None:
    email = f"ada.{width}@etu.valorne.example"
    page = arrive(width=width, height=WIDTHS[width]).page
    page.goto("/join")
    page.locator("input[name=name]").fill("Ada Moreau")
    page.locator("input[name=email]").fill(email)
    page.locator("button[type=submit]").click()
    page.goto(served.link_in_mail(email, "/door/verify"))
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("checkbox")).to_have_count(12)
    for address in INSIDE:
        look_at(page, address, "fr")
    page.goto("/welcome")
    for _ in range(4):
        page.get_by_role("button", name="Passer").click()
        assert grave_faults_in_themes(page, "fr") == []


def look_at(page: Page, address: str, language: str, step: Callable[[Page], None] = lambda page: None) -> None:
    # A page of its own: from one secret to another, an address changes without being loaded.
    page.goto("/logo.svg")
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    step(page)
    assert page.title().endswith(" – Parvis"), address
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{address} scrolls sideways"
    assert grave_faults_in_themes(page, language) == [], address


def open_other_ways(page: Page) -> None:
    page.locator("summary").click()


def spend(page: Page) -> None:
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("main").get_by_role("link")).to_be_visible()


def send_nothing(page: Page) -> None:
    page.locator("button[type=submit]").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_focused()


STEPS: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("/sign-in", open_other_ways),
    (f"/door/verify{TOKEN}", spend),
    ("/join", send_nothing),
)
