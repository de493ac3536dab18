"""A Word document becomes a page, gets a picture, leaves in three formats, and is published as an article."""

import re
from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.test_documents import a_folder
from tests.journeys.test_pages import NAME, paper
from tests.journeys.test_ties import Enter, enter, served, somebody
from tests.make.axe import grave_faults_in_themes
from tests.make.hostile_files import picture
from tests.make.house import House

pytestmark = pytest.mark.browser
__all__ = ["enter", "served"]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def a_word_document() -> bytes:
    word = Document()
    word.add_heading(NAME, 0)
    word.add_heading("Les trois points", 1)
    word.add_paragraph("R1 se trouve en rive meuble.")
    word.add_picture(BytesIO(picture()))
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def choose(page: Page, act: str) -> None:
    page.get_by_role("button", name=f"Actions sur {NAME}").click()
    page.get_by_role("menuitem", name=act).click()


def import_document(page: Page, folder: str) -> None:
    page.goto(f"/documents/folders/{folder}")
    page.get_by_role("button", name="Créer").click()
    page.get_by_role("menuitem", name="Importer un document").click()
    dialog = page.get_by_role("dialog", name="Importer un document")
    file = FilePayload(name="Protocole.docx", mimeType=WORD, buffer=a_word_document())
    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog.get_by_text("Les images ne sont pas reprises.")).to_be_visible()
    assert grave_faults_in_themes(page, "fr") == []
    dialog.get_by_role("button", name="Ouvrir la page").click()
    expect(paper(page).get_by_role("heading", name="Les trois points")).to_be_visible()
    expect(paper(page)).to_have_attribute("aria-readonly", "false")


def put_picture(page: Page) -> None:
    tools = page.get_by_role("toolbar", name="Mise en forme")
    paper(page).click()
    page.keyboard.press("Control+End")
    chosen = FilePayload(name="carte.png", mimeType="image/png", buffer=picture())
    tools.locator("input[type=file]").set_input_files(chosen)
    dialog = page.get_by_role("dialog", name="Ajouter une image")
    dialog.get_by_role("button", name="Insérer l’image").click()
    expect(dialog.get_by_text("Décrivez l’image.")).to_be_visible()
    dialog.get_by_role("textbox", name="Description").fill("La carte des trois points")
    assert grave_faults_in_themes(page, "fr") == []
    dialog.get_by_role("button", name="Insérer l’image").click()
    shown = paper(page).get_by_role("img", name="La carte des trois points")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 64
    expect(page.get_by_text("Enregistré", exact=True)).to_be_visible()


def export(page: Page) -> None:
    choose(page, "Exporter")
    dialog = page.get_by_role("dialog", name="Exporter")
    expect(dialog.get_by_text("Les commentaires, l’historique et les auteurs restent dans Parvis.")).to_be_visible()
    assert grave_faults_in_themes(page, "fr") == []
    dialog.get_by_role("button", name="Fermer").click()
    for format_, beginning in (("Word (DOCX)", b"PK"), ("Page web (HTML)", b"<!doctype html>"), ("Markdown", b"# ")):
        choose(page, "Exporter")
        dialog.get_by_role("radio", name=format_).check()
        with page.expect_download() as download:
            dialog.get_by_role("link", name=f"Télécharger en {format_}").click()
        content = download.value.path().read_bytes()
        assert content.startswith(beginning)
        if format_.startswith("Page web"):
            assert "La carte des trois points" in content.decode()
            assert "data:image/webp;base64," in content.decode()


def test_a_word_document_becomes_a_page_that_is_exported_and_published(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    folder = served.run(a_folder(served, claire, ines, role="member"))
    page = enter(claire)
    import_document(page, folder)
    put_picture(page)
    export(page)
    choose(page, "Qui a écrit")
    who = page.get_by_role("dialog", name="Qui a écrit")
    expect(who.get_by_role("list", name="Personnes qui ont écrit")).to_contain_text(re.compile("Claire Vasseur.*100"))
    assert grave_faults_in_themes(page, "fr") == []
    who.get_by_role("button", name="Fermer").click()
    choose(page, "Publier comme article")
    dialog = page.get_by_role("dialog", name="Publier comme article")
    expect(dialog.get_by_role("textbox", name="Titre de l’article")).to_have_value(NAME)
    assert grave_faults_in_themes(page, "fr") == []
    dialog.get_by_role("button", name="Publier l’article").click()
    expect(dialog).to_be_hidden()
    choose(page, "Publier comme article")
    expect(dialog.get_by_role("region", name="Articles déjà publiés")).to_contain_text("(à jour)")
    reader = enter(ines)
    reader.goto("/")
    expect(reader.get_by_role("heading", name=NAME)).to_be_visible()
    expect(reader.get_by_text("R1 se trouve en rive meuble.")).to_be_visible()
