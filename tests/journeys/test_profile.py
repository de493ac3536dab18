"""Profiles: one member says who she is, and each reader sees what is meant for him."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from parvis.profiles.models import Contact
from tests.conftest import of_today
from tests.journeys.conftest import Arrive
from tests.make.axe import grave_faults_in_themes
from tests.make.hostile_files import photo_with_place
from tests.make.house import House, house
from tests.make.people import affiliate

pytestmark = pytest.mark.browser

WIDTHS = {1440: 900, 390: 844}
Enter = Callable[..., Page]


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


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def type_into(page: Page, label: str, text: str) -> None:
    """With the keyboard alone, once the field has the focus."""
    page.get_by_role("textbox", name=label).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_a_student_says_who_she_is_with_the_keyboard_and_each_reader_sees_his_part(served: House, enter: Enter) -> None:
    ines, nadia, malo = (served.member(name) for name in ("Inès Benali", "Nadia Cherkaoui", "Malo Ricard"))
    served.run(affiliate(served.parvis, nadia, "faculty"))

    async def know(session: AsyncSession) -> None:
        session.add_all(Contact(member_id=one.id, other_id=two.id) for one, two in ((ines, malo), (malo, ines)))

    served.run(served.parvis.database.write(know))
    page = enter(ines)
    page.goto(f"/people/{ines.id}")
    expect(heading(page)).to_have_text("Inès Benali")
    page.get_by_role("link", name="Modifier").press("Enter")
    expect(heading(page)).to_have_text("Profil")

    type_into(page, "En une phrase", "Les pieds dans la rivière")
    type_into(page, "Pronoms", "elle")
    page.get_by_label("Qui voit : Pronoms").select_option("Mes relations")
    type_into(page, "Ville", "Valorne")
    page.get_by_role("button", name="Ajouter une étape").press("Enter")
    expect(page.get_by_label("Nature")).to_be_focused()
    for text in ("Secouriste", "Croix-Rouge", "2023"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    type_into(page, "Ajouter une compétence", "QGIS")
    page.keyboard.press("Enter")
    page.get_by_label("Qui voit : Compétences").select_option("Moi seul")
    expect(page.get_by_text("Modifications non enregistrées")).to_be_visible()
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_text("Enregistré.")).to_be_visible()

    page.get_by_role("link", name="Voir mon profil comme les autres").press("Enter")
    expect(page.get_by_role("region", name="Compétences")).to_contain_text("QGIS")
    page.get_by_role("button", name="Vos relations").press("Enter")
    expect(page.get_by_text("Voici ce que voit cette personne")).to_be_visible()
    expect(heading(page)).to_have_text("Inès Benali elle")
    expect(page.get_by_role("region", name="Compétences")).to_have_count(0)

    for reader, name in ((nadia, "Inès Benali"), (malo, "Inès Benali elle")):
        seen = enter(reader)
        seen.goto(f"/people/{ines.id}")
        expect(heading(seen)).to_have_text(name)
        expect(seen.get_by_role("region", name="Parcours")).to_contain_text("Secouriste, Croix-Rouge")
        expect(seen.get_by_text("Les pieds dans la rivière")).to_be_visible()
        expect(seen.get_by_text("QGIS")).to_have_count(0)


def test_a_photo_is_shown_at_once_and_can_be_taken_back(served: House, enter: Enter) -> None:
    member = served.member("Photo Graphe")
    page = enter(member)
    page.goto("/settings/profile")
    expect(page.get_by_role("img", name="Vos initiales")).to_be_visible()
    picture = {"name": "moi.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()}
    page.locator("input[type=file]").set_input_files(picture)  # type: ignore[arg-type]
    expect(page.get_by_text("Photo enregistrée.")).to_be_visible()
    shown = page.get_by_role("img", name="Votre photo").locator("img")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 512
    mine = page.get_by_role("button", name="votre menu").first.locator("img")
    assert mine.evaluate("image => image.decode().then(() => image.naturalWidth)") == 128
    page.get_by_role("button", name="Retirer", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("Photo retirée.")).to_be_visible()
    expect(mine).to_have_count(0)


def test_what_is_not_saved_is_not_left_by_accident(served: House, enter: Enter) -> None:
    page = enter(served.member("Garde Fou"))
    page.goto("/settings/profile")
    page.get_by_role("textbox", name="En une phrase").fill("Pas encore")
    page.get_by_role("link", name="Accueil", exact=True).first.click()
    asked = page.get_by_role("dialog", name="Quitter sans enregistrer")
    asked.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("textbox", name="En une phrase")).to_have_value("Pas encore")
    page.get_by_role("link", name="Accueil", exact=True).first.click()
    asked.get_by_role("button", name="Quitter").click()
    expect(heading(page)).to_contain_text("Garde")


def test_who_is_not_to_be_found_has_no_page(served: House, enter: Enter) -> None:
    page = enter(served.member("Lise Lectrice"))
    page.goto("/people/018f0000-0000-7000-8000-000000000000")
    expect(heading(page)).to_have_text("Page introuvable ou réservée")


@pytest.mark.parametrize("width", of_today(WIDTHS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_profile_and_editor_are_open_to_everybody(served: House, enter: Enter, language: str, width: int) -> None:
    member = served.member(f"Accès {language} {width}", language=language)
    page = enter(member, width=width, height=WIDTHS[width])
    said = {
        "headline": "Une phrase plutôt longue, pour voir où elle se coupe sur un petit écran",
        "pronouns": "elle",
        "biography": "# Titre\n\nDes *mots*, et un [lien](https://a.example/).",
        "skills": ["QGIS", "Concertation"],
        "path": [
            {"kind": kind, "title": "Étape", "place": "Ici", "since": "2019", "until": until, "text": "Quelques mots."}
            for kind, until in (("study", "2020"), ("work", None), ("volunteering", "2019-12"))
        ],
        "languages": [{"code": "fr", "level": "native"}],
        "place": {"city": "Tokyo", "country": "JP", "time_zone": "Asia/Tokyo"},
        "links": [{"label": "Mon carnet", "url": "https://a.example/"}],
    }
    token = page.request.get(f"{served.url}/api/v1/session").json()["csrf_token"]
    answer = page.request.patch(f"{served.url}/api/v1/me/profile", data=said, headers={"x-csrf-token": token})
    assert answer.status == httpx.codes.OK, answer.text()
    for address in (f"/people/{member.id}", f"/people/{member.id}?as=contacts", "/settings/profile"):
        page.goto(address)
        expect(heading(page)).to_have_count(1)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{address} scrolls sideways"
        assert grave_faults_in_themes(page, language) == [], address
