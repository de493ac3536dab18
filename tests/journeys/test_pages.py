"""Pages are written by several people at once, over a lost network, until one of them may not any more."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.test_documents import a_folder
from tests.journeys.test_ties import Enter, enter, served, somebody
from tests.make.axe import grave_faults_in_themes
from tests.make.house import House

pytestmark = pytest.mark.browser
__all__ = ["enter", "served"]
NAME = "Protocole de relevés"
SOON = 3_000
"""Milliseconds until a page must have closed: a second, on a machine that does much else."""


def paper(page: Page) -> Locator:
    return page.get_by_role("textbox", name=NAME)


def write(page: Page, words: str) -> None:
    """At the end of the page."""
    paper(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def make_page(page: Page, folder: str, template: str) -> None:
    page.goto(f"/documents/folders/{folder}")
    page.get_by_role("button", name="Créer").click()
    page.get_by_role("menuitem", name="Nouvelle page").click()
    dialog = page.get_by_role("dialog", name="Nouvelle page")
    dialog.get_by_role("textbox", name="Nom").fill(NAME)
    dialog.get_by_text(template, exact=True).click()
    dialog.get_by_role("button", name="Créer").click()
    expect(paper(page)).to_have_attribute("aria-readonly", "false")


def look_back(first: Page, second: Page) -> None:
    """A version is kept, something is added after it, and the page says again what it said."""
    first.get_by_role("button", name="Historique").click()
    history = first.get_by_role("dialog", name="Historique")
    history.get_by_role("textbox", name="Nom de cette version").fill("Avant la sortie")
    history.get_by_role("button", name="Garder une version").click()
    expect(history.get_by_role("button", name=re.compile("Avant la sortie.*Inès Benali"))).to_be_visible()
    write(second, " Phrase de trop.")
    expect(second.get_by_text("Enregistré", exact=True)).to_be_visible()
    history.get_by_role("button", name="Avant la sortie").click()
    expect(history.get_by_role("insertion")).to_contain_text("Phrase de trop.")
    assert grave_faults_in_themes(first, "fr") == []
    history.get_by_role("button", name="Restaurer cette version").click()
    for page in (first, second):
        expect(paper(page)).not_to_contain_text("Phrase de trop.")
        expect(paper(page)).to_contain_text("Écrit au bord de l’eau.")


def test_two_write_one_page_one_of_them_offline_until_her_right_is_withdrawn(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    folder = served.run(a_folder(served, claire, ines, role="member"))
    first, second = enter(claire), enter(ines)
    make_page(first, folder, "Page vide")
    second.goto(first.url)
    expect(paper(second)).to_have_attribute("aria-readonly", "false")

    write(first, "## ")  # As in Markdown.
    first.keyboard.type("Les trois points")
    first.keyboard.press("Enter")
    first.keyboard.type("R1 se trouve en rive meuble.")
    expect(paper(second).get_by_role("heading", name="Les trois points")).to_be_visible()
    expect(first.get_by_text("Enregistré", exact=True)).to_be_visible()
    now = first.get_by_role("region", name="En ce moment")
    expect(now.get_by_text("Inès Benali")).to_be_visible()
    write(second, " R2 est sur l’ancienne digue.")
    expect(paper(first)).to_contain_text("R1 se trouve en rive meuble. R2 est sur l’ancienne digue.")
    expect(now.get_by_role("listitem").filter(has_text="Inès Benali")).to_contain_text("Les trois points")

    expect(second.get_by_text("Enregistré", exact=True)).to_be_visible()
    second.context.set_offline(True)
    expect(second.get_by_text("Hors connexion", exact=True)).to_be_visible()
    write(second, " Écrit au bord de l’eau.")
    expect(second.get_by_text(re.compile("Hors connexion.*modifications attendent"))).to_be_visible()
    first.keyboard.press("Home")
    first.keyboard.type("Ici : ")
    second.context.set_offline(False)
    for page in (first, second):
        expect(paper(page)).to_contain_text("Ici : R1 se trouve")
        expect(paper(page)).to_contain_text("digue. Écrit au bord de l’eau.")
        expect(page.get_by_text("Enregistré", exact=True)).to_be_visible()
    second.reload()
    expect(paper(second)).to_contain_text("Écrit au bord de l’eau.")

    look_back(first, second)

    first.get_by_role("button", name="Partager").click()
    dialog = first.get_by_role("dialog")
    dialog.get_by_text("Garder les droits du dossier parent").click()
    write(second, " Encore un mot")
    dialog.get_by_role("button", name="Enregistrer").click()
    closed = second.get_by_role("dialog", name="Cette page n’est plus ouverte pour vous")
    expect(closed).to_be_visible(timeout=SOON)
    expect(closed.get_by_role("textbox", name="Texte de la page")).to_have_value(re.compile("Encore un mot"))
    closed.get_by_role("button", name="Fermer").last.click()
    expect(second.get_by_role("heading", name="Documents", level=1)).to_be_visible()


def test_a_page_is_written_by_keyboard_on_every_screen(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    folder = served.run(a_folder(served, claire, ines))
    page = enter(claire)
    make_page(page, folder, "Protocole")
    tools = page.get_by_role("toolbar", name="Mise en forme")
    write(page, "")
    page.keyboard.press("Enter")
    tools.get_by_role("button", name="Style").focus()
    page.keyboard.press("ArrowRight")
    expect(tools.get_by_role("button", name="Gras")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("Gras")
    expect(tools.get_by_role("button", name="Gras")).to_have_attribute("aria-pressed", "true")
    expect(paper(page).locator("strong", has_text="Gras")).to_be_visible()
    page.keyboard.press("Enter")
    tools.get_by_role("button", name="Liste à cocher").click()
    page.keyboard.type("GPS de la faculté")
    page.get_by_role("button", name="Attribuer « GPS de la faculté »").click()
    giving = page.get_by_role("dialog", name="Tâche")
    giving.get_by_label("Pour le").fill("2027-03-18")
    giving.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("button", name=re.compile("GPS de la faculté.*18.mars 2027"))).to_be_visible()
    page.get_by_role("checkbox", name="À faire : GPS de la faculté").check()
    expect(page.get_by_role("checkbox", name="Fait : GPS de la faculté")).to_be_checked()
    expect(page.get_by_text("Enregistré", exact=True)).to_be_visible()
    for width in (1440, 390):
        looked = enter(ines, width=width, height=900)
        looked.goto(page.url)
        expect(paper(looked)).to_have_attribute("aria-readonly", "false")
        assert grave_faults_in_themes(looked, "fr") == []
