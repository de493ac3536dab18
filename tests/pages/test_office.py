"""A page as a Word document, opened by LibreOffice itself: what the export is for. `make proof` installs it."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PIL import Image

from parvis.pages.exports.docx import docx
from parvis.pages.exports.paper import Paper, Shown
from tests.make.pages import block

from .test_exports import PROTOCOL

pytestmark = [pytest.mark.proof, pytest.mark.timeout(300)]

PICTURE = UUID("018f5e5e-0000-7000-8000-000000000002")
OF = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
OFFICE, TEXT, TABLE, DRAW = (OF.format(name) for name in ("office", "text", "table", "drawing"))


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The protocol, with a picture in it."""
    drawn = BytesIO()
    Image.new("RGB", (80, 60), "#1d4ed8").save(drawn, "PNG")
    content = [*PROTOCOL, block("image", file_id=str(PICTURE), alt="La carte des relevés", width=60)]
    shown = {str(PICTURE): Shown(drawn.getvalue(), 80, 60)}
    page = {"type": "doc", "content": content}
    paper = Paper(uuid4(), "Protocole", page, "fr", "https://parvis.example", pictures=shown)
    made = tmp_path_factory.mktemp("office") / "Protocole.docx"
    made.write_bytes(docx(paper))
    return made


def opened(word: Path, extension: str) -> Path:
    """What LibreOffice read in it, written again."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed: scripts/setup proof"
    profile = f"-env:UserInstallation=file://{word.parent}/profile"
    told = [office, profile, "--headless", "--convert-to", extension, "--outdir", str(word.parent), str(word)]
    subprocess.run(told, check=True, capture_output=True, timeout=200)
    return word.with_suffix(f".{extension}")


def test_libreoffice_finds_headings_lists_the_table_and_the_picture(word: Path) -> None:
    body = ET.parse(opened(word, "fodt")).getroot().find(f"{OFFICE}body/{OFFICE}text")
    assert body is not None

    def words(found: ET.Element) -> str:
        return "".join(found.itertext()).strip()

    headings = {words(one): one.get(f"{TEXT}outline-level") for one in body.iter(f"{TEXT}h")}
    assert headings["Les trois points"] == "1"
    listed = [words(one) for one in body.iter(f"{TEXT}list-item")]
    for said in ("Mires", "Rouge", "Bleue"):
        assert any(said in one for one in listed), said
    [rows] = [[words(cell) for cell in one.iter(f"{TABLE}table-cell")] for one in body.iter(f"{TABLE}table")][-1:]
    assert {"Point", "Cote", "R1 | R2", "1,20"} <= set(rows)
    pictures = list(body.iter(f"{DRAW}image"))
    assert len(pictures) == 1
    assert pictures[0].find(f"{OFFICE}binary-data") is not None
    assert "La carte des relevés" in words(body) + " ".join(words(one) for one in body.iter(f"{DRAW}frame"))


def test_libreoffice_prints_it_with_all_its_words(word: Path) -> None:
    printed = pypdfium2.PdfDocument(opened(word, "pdf"))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in printed)
    for said in (
        *("Protocole", "Les trois points", "meuble", "la carte", "Mires", "Rouge", "GPS", "Vigilance orange"),
        *("On reste sur le chemin.", "cote = 3 < 4", "R1 | R2", "1,20", "@Malo Guérin", "Carte.pdf"),
    ):
        assert said in text, said
    images = [one for page in printed for one in page.get_objects(filter=(3,))]
    assert len(images) == 1
