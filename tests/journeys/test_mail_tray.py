"""The mails of a demonstration, which are opened and followed where they would have been sent."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Arrive, Served
from tests.make.axe import grave_faults

pytestmark = pytest.mark.browser


def test_a_link_asked_for_at_the_door_is_found_in_the_tray_and_followed(served: Served, arrive: Arrive) -> None:
    page = arrive().page
    ask_for_link(page, served.accounts["enseignante"].email)
    page.get_by_role("link", name="Courriels de la démonstration").click()
    page.get_by_role("link", name=served.accounts["enseignante"].email).first.click()
    mail = page.frame_locator("iframe")
    expect(mail.get_by_role("heading", level=1)).to_be_visible()
    assert grave_faults(page) == []

    with page.expect_popup() as opened:
        mail.get_by_role("link").first.click()
    followed = opened.value
    followed.get_by_role("button", name="Se connecter").click()
    expect(followed.get_by_role("heading", level=1)).to_have_text("Bonjour Nadia")

    followed.get_by_role("link", name="Courriels").first.click()
    expect(followed.get_by_role("heading", level=1)).to_have_text("Courriels de la démonstration")


def test_a_mail_reads_as_text_too_on_a_small_screen(served: Served, arrive: Arrive) -> None:
    page = arrive(language="en", theme="dark", width=390, height=844).page
    ask_for_link(page, served.accounts["entreprise"].email, button="Get the link", field="Your e-mail address")
    page.goto("/mail-tray")
    page.get_by_role("link", name=served.accounts["entreprise"].email).first.click()
    page.get_by_role("button", name="Plain text").click()
    link = page.get_by_role("main").get_by_role("link", name=f"{served.url}/door/sign-in")
    expect(link).to_have_attribute("target", "_blank")
    assert grave_faults(page) == []
    page.get_by_role("link", name="All mails").click()
    expect(page.get_by_role("list", name="Mails received")).to_be_visible()
    assert grave_faults(page) == []


def ask_for_link(
    page: Page, email: str, *, field: str = "Votre adresse électronique", button: str = "Recevoir le lien"
) -> None:
    page.goto("/sign-in")
    page.get_by_role("textbox", name=field).fill(email)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("textbox", name=field)).to_have_count(0)
