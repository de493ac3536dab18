"""Pictures and files of a post: attached and described by one, seen by another without what the camera wrote, and by
nobody else."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from tests.conftest import of_today
from tests.journeys.conftest import Arrive
from tests.journeys.test_communities import WIDTHS, make
from tests.make.axe import grave_faults
from tests.make.documents import PDF
from tests.make.hostile_files import photo_with_place
from tests.make.house import House, house

pytestmark = pytest.mark.browser

Enter = Callable[..., Page]
THEMES = dict(zip(WIDTHS, ("light", "dark"), strict=True))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house")) as at:
        yield at


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


def payload(name: str, kind: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


@pytest.mark.parametrize("width", of_today(WIDTHS))
def test_a_photo_is_described_seen_bare_by_a_member_and_by_no_outsider(width: int, served: House, enter: Enter) -> None:
    names = ("Inès Benali", "Claire Vasseur", "Omar Diallo")
    ines, claire, omar = [served.member(f"{name} {width}", appearance=THEMES[width]) for name in names]
    look = {"width": width, "height": WIDTHS[width], "theme": THEMES[width]}
    author = enter(ines, **look)
    address = make(author, f"Sorties {width}")
    member, outsider = enter(claire, **look), enter(omar, **look)
    member.goto(address)
    member.get_by_role("button", name="Rejoindre").click()
    expect(member.get_by_role("button", name="Membre, votre place ici")).to_be_visible()

    author.get_by_role("button", name="Écrire à la communauté").click()
    author.get_by_role("textbox", name="Votre texte").fill("Voici le départ du sentier, et le plan.")
    author.get_by_label("Choisir des images").set_input_files(
        [payload("IMG_2041.jpg", "image/jpeg", photo_with_place())]
    )
    author.get_by_label("Choisir des fichiers").set_input_files([payload("plan.pdf", "application/pdf", PDF)])
    expect(author.get_by_text("plan.pdf")).to_be_visible()
    expect(author.locator("li img")).to_be_visible()
    author.get_by_role("button", name="Publier").click()
    expect(author.get_by_text("Décrivez l’image, ou dites qu’elle ne fait que décorer.")).to_be_visible()
    assert grave_faults(author) == []
    author.get_by_role("textbox", name="Décrire l’image IMG_2041.jpg").fill("Un poteau rouge et bleu")
    author.get_by_role("button", name="Publier").click()

    picture = member.get_by_role("button", name="Agrandir l’image : Un poteau rouge et bleu")
    expect(picture).to_be_visible()  # Told, without loading anew.
    assert grave_faults(member) == []
    picture.click()
    large = member.get_by_role("img", name="Un poteau rouge et bleu")
    expect(large).to_be_visible()
    assert grave_faults(member) == []
    url = str(large.get_attribute("src"))
    got = member.request.get(url)
    shown = Image.open(BytesIO(got.body()))
    assert (got.status, shown.format, dict(shown.getexif())) == (200, "WEBP", {})
    assert b"SECRET" not in got.body()
    member.keyboard.press("Escape")
    expect(picture).to_be_focused()
    with member.expect_download() as saved:
        member.get_by_role("link", name="plan.pdf PDF").click()
    assert saved.value.suggested_filename == "plan.pdf"

    author.goto(f"{address}/settings")
    author.get_by_role("radio", name="Secrète").check(force=True)
    author.get_by_role("button", name="Enregistrer").click()
    expect(author.get_by_text("Communauté secrète").first).to_be_visible()
    assert outsider.request.get(url).status == 404
    assert member.request.get(url).status == 200
