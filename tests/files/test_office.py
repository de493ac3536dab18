"""Previews of what offices write, drawn by LibreOffice. `make proof` installs it; without it words alone are shown."""

from io import BytesIO

import httpx
import pytest
from PIL import Image

from parvis.files.looking import printing
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.people import make_member
from tests.make.real_files import SAMPLES

from .test_looking import looked_into
from .uploads import upload

pytestmark = [pytest.mark.proof, pytest.mark.timeout(300)]

WRITTEN = (
    ("releves.docx", 1, "limon sur la rive gauche"),
    ("releves.odt", 1, "Turbidité forte"),
    ("debits.xlsx", 1, "Valorne amont"),
    ("debits.ods", 1, "128.5"),
    ("crues.pptx", 2, "Méthode de jaugeage"),
    ("crues.odp", 2, "Crues de la Valorne"),
)


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
@pytest.mark.parametrize("name, pages, words", WRITTEN, ids=[one[0] for one in WRITTEN])
async def test_each_kind_is_drawn_page_by_page(
    name: str, pages: int, words: str, parvis: Parvis, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "SECONDS", 120.0)  # On a machine that does much else.
    assert printing.program(), "LibreOffice is not installed: scripts/setup proof"
    browser: httpx.AsyncClient = await sign_in(await make_member(parvis, "Inès Benali"))
    made = await upload(browser, (SAMPLES / name).read_bytes(), name)
    found = await looked_into(parvis, browser, made["url"])
    assert (found["state"], found["reason"], len(found["pages"])) == ("ready", None, pages)
    assert words in found["text"]
    for page in found["pages"]:
        drawn = Image.open(BytesIO((await browser.get(page["url"])).content)).convert("L")
        shades = drawn.histogram()
        assert drawn.width == 1400
        assert sum(shades[200:]) > sum(shades[:128]) > 0, "words on paper"
