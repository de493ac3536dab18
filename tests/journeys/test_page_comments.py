"""Who may only comment says something of some words of a page; who writes reads that at once, answers and resolves."""

import re
from collections.abc import Sequence
from typing import cast

import pytest
from playwright.sync_api import Locator, Page, expect

from parvis.accounts.models import Member
from tests.journeys.test_documents import a_folder
from tests.journeys.test_pages import make_page, paper, write
from tests.journeys.test_ties import Enter, enter, served, somebody
from tests.make.axe import grave_faults_in_themes
from tests.make.communities import Someone
from tests.make.house import House
from tests.make.served import Served
from tests.make.spaces import API, changed
from tests.realtime.wire import signed_in

pytestmark = pytest.mark.browser
__all__ = ["enter", "served"]
WORDS = "l’ancienne digue, côté aval"


async def let_comment(served: House, owner: Member, document: str, reader: Member) -> None:
    """Nobody but them reads it, and one of them may not write."""
    async with signed_in(cast(Served, served), owner) as at:
        grants = [{"member_id": str(reader.id), "level": "comment"}]
        rights = {"inherits": False, "grants": grants}
        await changed(Someone(owner, at.browser), f"{API}/documents/{document}/rights", rights, "PUT")


def choose_by_keyboard(page: Page, before: str, words: str) -> None:
    """Who may not write has a caret all the same, and what he types or pastes changes nothing."""
    said = paper(page).inner_text()
    paper(page).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Je peux ?")
    page.keyboard.press("Enter")
    page.keyboard.press("Delete")
    for _ in before:
        page.keyboard.press("ArrowRight")
    for _ in words:
        page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("getSelection().toString()") == words
    assert paper(page).inner_text() == said


def card_of(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=f"Commentaire de {name}")


def look_on_every_screen(writer: Page, screens: Sequence[Page]) -> None:
    for looked in screens:
        looked.goto(writer.url)
        expect(paper(looked)).to_contain_text(WORDS)
        if (looked.viewport_size or {"width": 0})["width"] < 1120:
            looked.get_by_role("button", name="Commentaires").click()
            expect(looked.get_by_role("dialog", name="Commentaires")).to_be_visible()
        expect(card_of(looked, "Inès Benali")).to_contain_text("On garde R2 ?")
        assert grave_faults_in_themes(looked, "fr") == []


def test_a_reader_comments_and_who_writes_answers_and_resolves(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    folder = served.run(a_folder(served, claire, ines, role="member"))
    writer = enter(claire)
    make_page(writer, folder, "Page vide")
    write(writer, f"R2 est sur {WORDS}, accessible à pied sec.")
    expect(writer.get_by_text("Enregistré", exact=True)).to_be_visible()
    served.run(let_comment(served, claire, writer.url.rpartition("/")[2], ines))

    reader = enter(ines)
    reader.goto(writer.url)
    expect(reader.get_by_text("Vous pouvez lire et commenter")).to_be_visible()
    expect(paper(reader)).to_contain_text(WORDS)
    choose_by_keyboard(reader, before="R2 est sur ", words=WORDS)
    reader.keyboard.press("Control+Alt+m")
    box = reader.get_by_role("textbox", name="Votre commentaire")
    box.fill("Le panneau interdit l’accès. On garde R2 ?")
    reader.get_by_role("button", name="Commenter", exact=True).click()
    expect(card_of(reader, "Inès Benali")).to_contain_text("On garde R2 ?")

    card = card_of(writer, "Inès Benali")
    expect(card).to_contain_text("On garde R2 ?")
    marked = paper(writer).locator("[data-thread]")
    expect(marked).to_have_text(WORDS)
    write(writer, " On mesure à la perche.")
    paper(writer).press("Control+Home")
    writer.keyboard.type("Attention : ")
    for page in (writer, reader):
        expect(paper(page)).to_contain_text("Attention : ")
        expect(paper(page).locator("[data-thread]")).to_have_text(WORDS)
    card.get_by_role("button", name="Répondre").click()
    card.get_by_role("textbox", name="Votre réponse à Inès Benali").fill("Oui, la mairie délivre une autorisation.")
    card.get_by_role("button", name="Envoyer").click()
    expect(card_of(reader, "Inès Benali")).to_contain_text("la mairie délivre une autorisation")

    look_on_every_screen(writer, [enter(ines, width=width, height=900) for width in (1440, 390)])

    card.get_by_role("button", name="Résoudre").click()
    expect(card).to_have_count(0)
    expect(card_of(reader, "Inès Benali")).to_have_count(0)
    expect(paper(reader).locator("[data-thread]")).to_have_count(0)
    reader.get_by_role("button", name="Voir les résolus").click()
    expect(card_of(reader, "Inès Benali")).to_contain_text("Résolu par Claire Vasseur")
    reader.get_by_role("button", name="Rouvrir").click()
    expect(card).to_be_visible()

    write(writer, "")
    writer.keyboard.press("Control+a")
    writer.keyboard.press("Delete")
    expect(card).to_contain_text("Le texte commenté a été supprimé")

    writer.goto("/notifications")
    expect(writer.get_by_role("link", name=re.compile("Inès Benali a commenté votre page"))).to_be_visible()


def test_the_outline_is_reached_where_there_is_little_room(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    folder = served.run(a_folder(served, claire, ines))
    page = enter(claire, width=390, height=900)
    make_page(page, folder, "Protocole")
    page.get_by_role("button", name="Plan", exact=True).click()
    outline = page.get_by_role("dialog", name="Plan").get_by_role("navigation", name="Plan du document")
    outline.get_by_role("button").first.click()
    expect(outline).to_have_count(0)
    assert grave_faults_in_themes(page, "fr") == []
