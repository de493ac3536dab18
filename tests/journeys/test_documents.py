"""Documents are put where two people meet: a whole folder that others see come, and visitors by a link; a large file
over a cut; and all by the keyboard, on every screen."""

import io
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from parvis.accounts.models import Member
from parvis.demo.shelves import PAPERS
from tests.journeys.test_ties import Enter, enter, served, somebody
from tests.make.axe import grave_faults
from tests.make.communities import Someone, make_community
from tests.make.house import House
from tests.make.people import make_organisation
from tests.make.served import Served
from tests.make.spaces import make_folder, space_of
from tests.realtime.wire import signed_in

pytestmark = pytest.mark.browser
__all__ = ["enter", "served"]
LARGE = 24_000_000
"""Bytes: as much as can be stopped on its way."""
SENT = 60_000
"""Milliseconds until files must be there, on a machine that does much else."""


async def a_folder(served: House, owner: Member, other: Member, role: str = "moderator") -> str:
    """Of a community in which both are."""
    async with signed_in(cast(Served, served), owner) as at, signed_in(cast(Served, served), other) as beside:
        someone = Someone(owner, at.browser)
        place = await make_community(someone)
        assert (await place.join(Someone(other, beside.browser))).is_success
        if role != "member":
            assert (await place.give_role(someone, Someone(other, beside.browser), role)).is_success
        folder = await make_folder(someone, await space_of(someone, place), "Terrain Valorne 2027")
        return str(folder["id"])


def files_in(folder: Path) -> Path:
    """What somebody brings from a field trip; a photo says where it was taken."""
    below = folder / "Relevés" / "Photos"
    below.mkdir(parents=True)
    into, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 11.0, 0.0), 3: "E", 4: (5.0, 43.0, 0.0)})
    Image.new("RGB", (640, 480), (120, 160, 190)).save(into, "JPEG", exif=exif)
    (below / "berge.jpg").write_bytes(into.getvalue())
    shutil.copy(PAPERS / "releves.pdf", folder / "Relevés" / "Guide.pdf")
    (folder / "Relevés" / "cotes.csv").write_text("point;cote\nR1;12,5\n", encoding="utf-8")
    return folder / "Relevés"


def choose(page: Page, *files: tuple[str, bytes]) -> None:
    chosen: list[Any] = [{"name": name, "mimeType": "text/plain", "buffer": content} for name, content in files]
    page.get_by_label("Choisir des fichiers").set_input_files(chosen)


def row(page: Page, name: str) -> Any:
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))


def find_inside(page: Page, word: str, name: str, *, not_in: str) -> None:
    """A PDF that is drawn, and found by a word in it."""
    row(page, name).get_by_text("PDF,").click()
    expect(page.get_by_role("img", name=f"Première page de {name}")).to_be_visible(timeout=SENT)
    page.get_by_role("searchbox", name="Chercher dans ce dossier").fill(word)
    page.keyboard.press("Enter")
    expect(row(page, not_in)).to_have_count(0)
    expect(row(page, name)).to_be_visible()
    page.get_by_role("button", name="Effacer la recherche").click()
    expect(row(page, not_in)).to_be_visible()


def test_a_whole_folder_is_seen_to_come_moved_in_and_shown_by_a_link_until_that_is_deleted(
    served: House, enter: Enter, page_of: Callable[..., Page], tmp_path: Path
) -> None:
    served.run(make_organisation(served.parvis, share_links=True))
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    folder = served.run(a_folder(served, claire, ines))
    giving, seeing = enter(claire), enter(ines)
    for page in (giving, seeing):
        page.goto(f"/documents/folders/{folder}")
        expect(page.get_by_text("Ce dossier est vide")).to_be_visible()
    giving.get_by_label("Choisir un dossier").set_input_files(files_in(tmp_path))
    expect(giving.get_by_role("dialog", name="Cette photo dit où elle a été prise")).to_be_visible()
    giving.get_by_role("button", name="Retirer la position").click()
    expect(giving.get_by_role("heading", name="3 fichiers déposés")).to_be_visible(timeout=SENT)
    seeing.get_by_title("Relevés").click()
    expect(row(seeing, "cotes.csv")).to_be_visible()
    find_inside(seeing, "limon", "Guide.pdf", not_in="cotes.csv")

    giving.get_by_role("button", name="Fermer", exact=True).click()
    giving.get_by_title("Relevés").click()
    giving.get_by_role("button", name="Actions sur cotes.csv").click()
    giving.get_by_role("menuitem", name="Déplacer").click()
    giving.get_by_role("dialog").get_by_role("button", name="Photos").click()
    giving.get_by_role("button", name="Déplacer ici").click()
    expect(row(seeing, "cotes.csv")).to_have_count(0)

    giving.get_by_role("complementary").get_by_role("button", name="Partager par un lien").click()
    dialog = giving.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Mot de passe").fill("trois points deux saisons")
    dialog.get_by_text("Permettre de télécharger").click()
    dialog.get_by_role("button", name="Créer le lien").click()
    link = dialog.get_by_label("Lien", exact=True).input_value()
    assert grave_faults(giving) == []
    visitor = page_of(width=390, height=844)
    visitor.goto(link)
    visitor.get_by_role("textbox", name="Mot de passe").fill("trois points deux saisons")
    assert grave_faults(visitor) == []
    visitor.keyboard.press("Enter")
    visitor.get_by_role("button", name="Photos").click()
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Télécharger cotes.csv").click()
    assert "R1;12,5" in download.value.path().read_text()
    visitor.get_by_role("button", name="berge.jpg").click()
    expect(visitor.get_by_role("img", name="berge.jpg")).to_be_visible()
    assert grave_faults(visitor) == []
    dialog.get_by_role("button", name=re.compile("^Supprimer le lien de Claire")).click()
    giving.get_by_role("button", name="Supprimer", exact=True).click()
    expect(dialog.get_by_text("Aucun lien pour l’instant.")).to_be_visible()
    visitor.reload()
    expect(visitor.get_by_role("heading", name="Ce lien ne mène nulle part")).to_be_visible()

    dialog.get_by_role("button", name="Créer un autre lien").click()
    dialog.get_by_role("button", name="Créer le lien").click()
    other = page_of(width=390, height=844)
    other.goto(dialog.get_by_label("Lien", exact=True).input_value())
    other.get_by_role("button", name="Photos").click()
    expect(other.get_by_role("button", name="berge.jpg")).to_be_visible()


def test_a_large_file_is_paused_cut_by_a_closed_page_and_gone_on_with(
    served: House, enter: Enter, tmp_path: Path
) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    folder = served.run(a_folder(served, claire, ines))
    (tmp_path / "survol.bin").write_bytes(os.urandom(LARGE))
    page = enter(claire)
    page.goto(f"/documents/folders/{folder}")
    expect(page.get_by_text("Ce dossier est vide")).to_be_visible()
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": LARGE / 8},
    )
    page.get_by_label("Choisir des fichiers").set_input_files(tmp_path / "survol.bin")
    expect(page.get_by_text(re.compile(r"[1-9]\d?\s% de"))).to_be_visible()
    page.get_by_role("button", name="Mettre en pause survol.bin").click()
    expect(page.get_by_text("En pause,")).to_be_visible()
    page.get_by_role("button", name="Reprendre survol.bin").click()
    expect(page.get_by_role("button", name="Mettre en pause survol.bin")).to_be_visible()
    expect(page.get_by_text(re.compile(r"[1-9]\d?\s% de"))).to_be_visible()
    page.reload()
    expect(page.get_by_text("Un envoi n’était pas terminé.")).to_be_visible()
    page.get_by_label("Choisir de nouveau").set_input_files(tmp_path / "survol.bin")
    expect(row(page, "survol.bin")).to_be_visible(timeout=SENT)
    expect(page.get_by_role("heading", name="1 fichier déposé")).to_be_visible(timeout=SENT)


def test_a_folder_is_gone_through_by_keyboard_on_every_screen(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    folder = served.run(a_folder(served, claire, ines))
    page = enter(claire)
    page.goto(f"/documents/folders/{folder}")
    expect(page.get_by_text("Ce dossier est vide")).to_be_visible()
    choose(page, ("a.txt", b"A"), ("b.txt", b"B"), ("c.txt", b"C"))
    expect(page.get_by_role("heading", name="3 fichiers déposés")).to_be_visible(timeout=SENT)
    page.goto(f"/documents/folders/{folder}?sort=name")
    row(page, "a.txt").focus()
    page.keyboard.press("ArrowDown")
    expect(row(page, "b.txt")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.get_by_text("2 documents sélectionnés")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="c.txt")).to_be_visible()
    for width in (1440, 390):
        looked = enter(ines, width=width, height=900)
        for theme in ("light", "dark"):
            looked.emulate_media(color_scheme=cast(Any, theme))
            looked.goto("/documents")
            expect(looked.get_by_role("link", name="Mes documents")).to_be_visible()
            assert grave_faults(looked) == []
            looked.goto(f"/documents/folders/{folder}")
            expect(row(looked, "a.txt")).to_be_visible()
            assert grave_faults(looked) == []
            row(looked, "a.txt").get_by_role("link", name="a.txt").click()
            expect(looked.get_by_role("heading", level=1, name="a.txt")).to_be_visible()
            assert grave_faults(looked) == []


def test_versions_come_back_the_trash_too_and_what_is_restricted_is_gone_at_once(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    folder = served.run(a_folder(served, claire, ines, role="member"))
    giving, seeing = enter(claire), enter(ines)
    giving.goto(f"/documents/folders/{folder}")
    expect(giving.get_by_text("Ce dossier est vide")).to_be_visible()
    choose(giving, ("cotes.csv", b"point;cote\nR1;12,5\n"))
    expect(row(giving, "cotes.csv")).to_be_visible(timeout=SENT)
    choose(giving, ("cotes.csv", b"point;cote\nR1;14,2\n"))
    giving.get_by_role("dialog").get_by_role("button", name="Nouvelle version").click()
    seeing.goto(f"/documents/folders/{folder}")
    expect(row(seeing, "cotes.csv").get_by_role("gridcell", name="2", exact=True)).to_be_visible(timeout=SENT)

    row(giving, "cotes.csv").get_by_text("Tableur,").click()
    beside = giving.get_by_role("complementary", name="Aperçu")
    expect(beside.get_by_text("Version 2, actuelle")).to_be_visible()
    beside.get_by_role("button", name="Voir la version 1").click()
    expect(giving.get_by_role("dialog").get_by_role("cell", name="12,5")).to_be_visible()
    giving.get_by_role("button", name="Restaurer cette version").click()
    expect(beside.get_by_text("reprise de la version 1")).to_be_visible()
    expect(row(seeing, "cotes.csv").get_by_role("gridcell", name="3", exact=True)).to_be_visible()

    giving.get_by_role("button", name="Actions sur cotes.csv").click()
    giving.get_by_role("menuitem", name="Mettre à la corbeille").click()
    expect(row(seeing, "cotes.csv")).to_have_count(0)
    giving.goto("/documents/trash")
    giving.get_by_role("combobox", name="Espace").select_option(label="Géographie et aménagement")
    giving.get_by_role("button", name="Reprendre cotes.csv").click()
    expect(row(seeing, "cotes.csv")).to_be_visible()

    giving.goto(f"/documents/folders/{folder}")
    giving.get_by_role("complementary").get_by_role("button", name="Partager", exact=True).click()
    dialog = giving.get_by_role("dialog")
    dialog.get_by_text("Garder les droits du dossier parent").click()
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(seeing.get_by_text("Page introuvable ou réservée").first).to_be_visible()  # Folder and document.
    for page in (giving, enter(claire, width=390, height=844)):
        for place in (f"/documents/folders/{folder}", "/documents/trash", "/documents/shared", "/documents"):
            page.goto(place)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert grave_faults(page) == []
