"""Two people talk: at once, over a cut, by the keyboard alone, and until one is taken out."""

from typing import Any, cast

import pytest
from playwright.sync_api import Page, expect

from parvis.accounts.models import Member
from tests.journeys.test_ties import Enter, enter, served, somebody
from tests.make.axe import grave_faults
from tests.make.chat import Room, make_group
from tests.make.communities import Someone
from tests.make.house import House
from tests.make.served import Served
from tests.realtime.wire import signed_in

pytestmark = pytest.mark.browser
__all__ = ["enter", "served"]


AT_ONCE = 1_000
"""Milliseconds."""


async def a_group(served: House, owner: Member, *others: Member, name: str = "Groupe R3") -> Room:
    house = cast(Served, served)
    async with signed_in(house, owner) as at:
        someone = Someone(owner, at.browser)
        return await make_group(someone, *[Someone(other, at.browser) for other in others], name=name)


async def has_said(served: House, member: Member, room: Room, *texts: str) -> list[dict[str, Any]]:
    async with signed_in(cast(Served, served), member) as at:
        return [await room.say(Someone(member, at.browser), text) for text in texts]


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Message à").fill(text)
    page.keyboard.press("Enter")


def said(page: Page) -> list[str]:
    """The words of the log, in order."""
    return page.locator("[role=log] article p:not(:has(time))").all_inner_texts()


def test_two_talk_and_what_one_wrote_offline_arrives_once_and_in_order(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    room = served.run(a_group(served, claire, ines))
    served.run(has_said(served, claire, room, "Le repère gravé existe toujours."))
    writing, reading = enter(claire), enter(ines)
    writing.goto(f"/messages/{room.id}")
    reading.goto("/")
    expect(reading.get_by_role("link", name="Messages 2 messages non lus")).to_be_visible()
    reading.get_by_role("link", name="Messages 2 messages non lus").click()
    reading.get_by_role("link", name="Groupe R3").click()
    log = reading.get_by_role("log", name="Messages de Groupe R3")
    expect(log.get_by_text("Le repère gravé existe toujours.")).to_be_visible()
    expect(log.get_by_text("Nouveau")).to_be_visible()
    expect(reading.get_by_role("link", name="Messages", exact=True)).to_be_visible()

    writing.get_by_role("textbox", name="Message à").press_sequentially("Tr", delay=20)
    expect(reading.get_by_text("Claire écrit")).to_be_visible()
    write(writing, "Trois traits sous la **deuxième** marche.")
    expect(log.get_by_text("Trois traits sous la deuxième marche.")).to_be_visible(timeout=AT_ONCE)

    message = log.get_by_role("article").filter(has_text="Trois traits")
    message.hover()
    message.get_by_role("button", name="Réagir").click()
    reading.get_by_role("menuitem", name="Merci").click()
    expect(writing.get_by_role("button", name="Merci, 1")).to_be_visible()
    writing.get_by_role("textbox", name="Message à").press("ArrowUp")
    editing = writing.get_by_role("textbox", name="Modifier votre message")
    editing.fill("Quatre traits sous la deuxième marche.")
    editing.press("Enter")
    expect(log.get_by_text("Quatre traits sous la deuxième marche.")).to_be_visible()
    expect(log.get_by_text("modifié")).to_be_visible()
    expect(log.get_by_role("button", name="Merci, 1")).to_have_attribute("aria-pressed", "true")

    reading.context.set_offline(True)
    expect(reading.get_by_text("Hors connexion.")).to_be_visible()
    for text in ("Un", "Deux", "Trois"):
        write(reading, text)
    expect(log.get_by_text("En route")).to_have_count(3)
    write(writing, "Pendant ce temps.")
    expect(writing.get_by_text("En route")).to_have_count(0)
    expect(writing.get_by_text("Trois", exact=True)).to_have_count(0)
    reading.context.set_offline(False)
    expect(log.get_by_text("En route")).to_have_count(0)
    expect(writing.get_by_text("Trois", exact=True)).to_be_visible()
    assert said(writing)[-4:] == said(reading)[-4:] == ["Pendant ce temps.", "Un", "Deux", "Trois"]

    writing.get_by_role("button", name="Détails de la conversation").click()
    writing.get_by_role("button", name="Retirer Inès Benali").click()
    writing.get_by_role("button", name="Retirer de la conversation").click()
    expect(reading.get_by_text("Groupe R3")).to_have_count(0)
    expect(reading.get_by_text("Trois", exact=True)).to_have_count(0)


def test_a_conversation_is_held_by_the_keyboard_alone(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    room = served.run(a_group(served, claire, ines, name="Atelier"))
    served.run(a_group(served, claire, ines, name="Autre groupe"))
    served.run(has_said(served, claire, room, "Qui vient samedi ?", "Et dimanche ?"))
    page = enter(ines)
    page.goto("/messages")
    expect(page.get_by_role("link", name="Atelier")).to_be_visible()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("heading", level=1, name="Atelier")).to_be_visible()
    box = page.get_by_role("textbox", name="Message à Atelier")
    expect(box).to_be_focused()
    page.keyboard.type("Moi, samedi.")
    page.keyboard.press("Enter")
    log = page.get_by_role("log", name="Messages de Atelier")
    expect(log.get_by_role("article", name="Votre message")).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowUp")
    question = log.get_by_role("article").filter(has_text="Et dimanche ?")
    expect(question).to_be_focused()
    page.keyboard.press("r")
    expect(page.get_by_role("textbox", name="Répondre dans le fil")).to_be_focused()
    page.keyboard.type("Non, je travaille.")
    page.keyboard.press("Enter")
    expect(question.get_by_role("button", name="1 réponse")).to_be_visible()
    for width in (1440, 390):
        looked = enter(ines, width=width, height=900)
        for theme in ("light", "dark"):
            looked.emulate_media(color_scheme=cast(Any, theme))
            looked.goto(f"/messages/{room.id}")
            expect(looked.get_by_role("button", name="1 réponse")).to_be_visible()
            assert grave_faults(looked) == []
            looked.goto("/messages")
            expect(looked.get_by_role("link", name="Atelier")).to_be_visible()
            assert grave_faults(looked) == []


def test_a_message_is_reported_and_hidden_by_who_reads_a_little_around_it(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    helene = served.member("Hélène Aubert", roles=["administrator"])
    room = served.run(a_group(served, claire, ines, name="Entre nous"))
    served.run(has_said(served, claire, room, "Tu viens ?"))
    served.run(has_said(served, ines, room, "Une injure."))
    page, hers, moderating = enter(claire), enter(ines), enter(helene)
    for one in (page, hers):
        one.goto(f"/messages/{room.id}")
    message = page.get_by_role("article").filter(has_text="Une injure.")
    message.hover()
    message.get_by_role("button", name="Plus d’actions").click()
    page.get_by_role("menuitem", name="Signaler").click()
    asked = page.get_by_role("dialog", name="Signaler ce message")
    expect(asked.get_by_text("quelques-uns de ceux qui l’entourent")).to_be_visible()
    assert grave_faults(page) == []
    asked.get_by_role("radio", name="Harcèlement").check()
    asked.get_by_role("button", name="Envoyer le signalement").click()
    expect(page.get_by_text("Merci, votre signalement est envoyé").first).to_be_visible()
    page.keyboard.press("Escape")

    moderating.goto("/admin/reports")
    case = moderating.get_by_role("article", name="Signalement d’un message de Inès Benali").first
    expect(case.get_by_text("Tu viens ?")).to_have_count(0)
    case.get_by_role("button", name="Lire quelques messages autour").click()
    moderating.get_by_role("dialog").get_by_role("button", name="Lire quelques messages autour").click()
    expect(case.get_by_text("Tu viens ?")).to_be_visible()
    assert grave_faults(moderating) == []
    case.get_by_role("button", name="Décider").click()
    moderating.get_by_role("radio", name="Le masquer").check()
    moderating.get_by_label("Votre raison").fill("Contraire à la charte.")
    moderating.get_by_role("button", name="Enregistrer la décision").click()
    expect(page.get_by_text("Message masqué par la modération")).to_be_visible()
    expect(hers.get_by_text("Masqué par la modération. Seuls son auteur")).to_be_visible()
    expect(hers.get_by_role("log").get_by_text("Une injure.")).to_be_visible()

    page.get_by_role("button", name="Détails de la conversation").click()
    page.get_by_role("button", name="Retirer de la liste").click()
    expect(page.get_by_role("link", name="Entre nous")).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.get_by_role("button", name="Archivées et retirées").click()
    page.get_by_role("button", name="Retrouver Entre nous").click()
    expect(page.get_by_text("Aucune conversation retirée")).to_be_visible()
    page.get_by_role("button", name="Retour aux conversations").click()
    expect(page.get_by_role("link", name="Entre nous")).to_be_visible()
