"""A community: made, joined, run, handed over and left; and one that is not there for who is not in it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from tests.conftest import of_today
from tests.journeys.conftest import Arrive
from tests.make.axe import grave_faults, grave_faults_in_themes
from tests.make.directory import list_everybody
from tests.make.house import House, house
from tests.make.people import make_member

pytestmark = pytest.mark.browser

WIDTHS = {1440: 900, 390: 844}
NOT_THERE = "Page introuvable ou réservée"

Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house")) as at:
        yield at


@pytest.fixture(scope="module")
def people(served: House) -> dict[str, Member]:
    found = {
        "nadia": served.run(make_member(served.parvis, "Nadia Cherkaoui", affiliation="faculty", language="fr")),
        "ines": served.run(make_member(served.parvis, "Inès Benali", affiliation="student", language="fr")),
        "guest": served.run(make_member(served.parvis, "Gaël Invité", affiliation=None, language="fr")),
    }
    served.run(list_everybody(served.parvis))
    return found


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


def make(page: Page, name: str, *, access: str = "Ouverte", charter: str = "") -> str:
    """Makes a community by its form; its address."""
    page.goto("/communities")
    page.get_by_role("link", name="Créer une communauté").first.click()
    page.get_by_role("textbox", name="Nom", exact=True).fill(name)
    page.get_by_role("textbox", name="Thèmes").fill("Terrain,")
    page.get_by_role("radio", name=access).check(force=True)
    page.get_by_role("textbox", name="Charte").fill(charter)
    page.get_by_role("button", name="Créer une communauté").click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    return page.url


def test_a_community_is_made_joined_handed_over_and_left(people: dict[str, Member], enter: Enter) -> None:
    nadia = enter(people["nadia"])
    address = make(nadia, "Géographie et aménagement", charter="Bottes **obligatoires**.")
    expect(nadia.get_by_role("navigation", name="Vos communautés").get_by_role("link")).to_have_text(
        "Géographie et aménagement"
    )

    ines = enter(people["ines"])
    ines.goto("/")
    ines.get_by_role("navigation", name="Navigation principale").get_by_role("link", name="Communautés").click()
    ines.get_by_role("searchbox").fill("geographie")
    ines.keyboard.press("Enter")
    ines.get_by_role("main").get_by_role("link", name="Géographie et aménagement").click()
    ines.get_by_role("button", name="Rejoindre").click()
    charter = ines.get_by_role("dialog", name="Charte de")
    expect(charter.get_by_text("obligatoires")).to_be_visible()
    assert grave_faults(ines) == []
    charter.get_by_role("button", name="J’accepte et je rejoins").click()
    expect(ines.get_by_role("button", name="Membre, votre place ici")).to_be_focused()
    expect(ines.get_by_role("navigation", name="Vos communautés")).to_be_visible()

    nadia.goto(address)
    nadia.get_by_role("button", name="Propriétaire, votre place ici").click()
    nadia.get_by_role("menuitem", name="Quitter la communauté").click()
    nadia.get_by_role("dialog").get_by_role("button", name="Quitter").click()
    expect(nadia.get_by_role("dialog").get_by_text("Une communauté garde un propriétaire.")).to_be_visible()
    nadia.get_by_role("dialog").get_by_role("button", name="Annuler").click()
    nadia.get_by_role("link", name="Membres 2").click()
    nadia.get_by_role("searchbox", name="Chercher un nom").fill("benali")
    expect(nadia.get_by_role("main").get_by_role("button", name="Agir sur la place de")).to_have_count(1)
    nadia.get_by_role("button", name="Agir sur la place de Inès Benali").click()
    nadia.get_by_role("menuitem", name="Nommer propriétaire").click()
    nadia.get_by_role("dialog").get_by_role("button", name="Nommer propriétaire").click()
    expect(nadia.get_by_role("complementary", name="En bref").get_by_role("link", name="Inès Benali")).to_be_visible()
    nadia.get_by_role("button", name="Propriétaire, votre place ici").click()
    nadia.get_by_role("menuitem", name="Quitter la communauté").click()
    nadia.get_by_role("dialog").get_by_role("button", name="Quitter").click()
    expect(nadia.get_by_role("button", name="Rejoindre")).to_be_visible()

    ines.goto(f"{address}/settings")
    ines.get_by_role("textbox", name="Nom", exact=True).fill("Géographie")
    ines.get_by_role("button", name="Enregistrer").click()
    expect(ines.get_by_text("Réglages enregistrés.")).to_be_visible()
    expect(ines.get_by_role("heading", name="Géographie", level=1)).to_be_visible()


def test_a_secret_community_is_not_there_for_an_outsider(people: dict[str, Member], enter: Enter) -> None:
    nadia = enter(people["nadia"])
    address = make(nadia, "Jury d’agrégation", access="Secrète")
    nadia.goto("/communities?access=secret")
    expect(nadia.get_by_role("main").get_by_role("link", name="Jury d’agrégation")).to_be_visible()

    outsider = enter(people["ines"])
    for part in ("", "/members", "/about", "/settings"):
        outsider.goto(f"{address}{part}")
        expect(outsider.get_by_role("heading", name=NOT_THERE)).to_be_visible()
    unknown = outsider.get_by_role("main").inner_text()
    outsider.goto("/communities/01a2145e-0000-7000-8000-000000000000")
    expect(outsider.get_by_role("heading", name=NOT_THERE)).to_be_visible()
    assert outsider.get_by_role("main").inner_text() == unknown
    outsider.goto("/communities?q=agregation")
    expect(outsider.get_by_text("Aucune communauté ne répond à cette recherche")).to_be_visible()
    expect(outsider.get_by_role("status").filter(has_text="0 communauté")).to_be_visible()

    nadia.goto(address)
    nadia.get_by_role("button", name="Écrire à la communauté").click()
    nadia.get_by_role("textbox", name="Votre texte").press_sequentially("Le rapport d’@Inès")
    expect(nadia.get_by_role("option", name="Inès Benali")).to_have_count(0)
    nadia.get_by_role("button", name="Publier").click()
    expect(nadia.get_by_role("article").get_by_text("Le rapport d’@Inès")).to_be_visible()
    for page in ("/", "/communities", "/notifications", "/bookmarks", f"/people/{people['nadia'].id}"):
        outsider.goto(page)
        expect(outsider.get_by_role("heading", level=1)).to_be_visible()
        outsider.wait_for_load_state("load")
        assert "agrégation" not in outsider.content(), page
    expect(outsider.get_by_role("link", name="Notifications", exact=True)).to_be_visible()

    nadia.goto(address)
    nadia.get_by_role("navigation", name="Parties de la communauté").get_by_role("link", name="Réglages").click()
    nadia.get_by_role("button", name="Archiver la communauté").click()
    nadia.get_by_role("dialog").get_by_role("button", name="Archiver la communauté").click()
    expect(nadia.get_by_text("Communauté archivée")).to_be_visible()
    nadia.get_by_role("button", name="Propriétaire, votre place ici").click()
    nadia.get_by_role("menuitem", name="Quitter la communauté").click()
    nadia.get_by_role("dialog").get_by_role("button", name="Quitter").click()
    expect(nadia.get_by_role("heading", name="Communautés", level=1)).to_be_visible()
    nadia.goto(address)
    expect(nadia.get_by_role("heading", name=NOT_THERE)).to_be_visible()


def test_a_guest_finds_no_list_of_places(people: dict[str, Member], enter: Enter) -> None:
    guest = enter(people["guest"])
    guest.goto("/communities")
    expect(guest.get_by_role("heading", name="Vos communautés", level=1)).to_be_visible()
    expect(guest.get_by_text("Celles où l’on vous invite apparaîtront ici.")).to_be_visible()
    expect(guest.get_by_role("link", name="Créer une communauté")).to_have_count(0)
    guest.goto("/communities/new")
    expect(guest.get_by_role("heading", name=NOT_THERE)).to_be_visible()


@pytest.mark.parametrize("width", of_today(WIDTHS))
def test_nobody_is_kept_out(served: House, people: dict[str, Member], enter: Enter, width: int) -> None:
    owner = served.member(f"Élodie Le Goff {width}")
    page = enter(owner, width=width, height=WIDTHS[width])
    address = make(page, "Promo L3 Géo 2027", access="Sur demande", charter="- Égards")
    assert grave_faults_in_themes(page, "fr") == []
    for part, heading in (("members", "Membres"), ("about", "Présentation"), ("settings", "Archiver")):
        page.goto(f"{address}/{part}")
        expect(page.get_by_role("main").get_by_role("heading", name=heading, level=2)).to_be_visible()
        assert grave_faults_in_themes(page, "fr") == [], part
    page.goto("/communities/new")
    expect(page.get_by_role("heading", name="Créer une communauté", level=1)).to_be_visible()
    assert grave_faults_in_themes(page, "fr") == []
    page.goto("/communities?tag=terrain")
    expect(page.get_by_role("button", name="Retirer le filtre Terrain")).to_be_visible()
    assert grave_faults_in_themes(page, "fr") == []
    if width < 1200:
        page.get_by_role("button", name="Filtres, 1 actif").click()
        expect(page.get_by_role("dialog", name="Filtres")).to_be_visible()
        assert grave_faults_in_themes(page, "fr") == []


@pytest.mark.parametrize("width", of_today(WIDTHS))
def test_somebody_asks_to_be_let_in_and_another_comes_by_a_link(
    width: int, people: dict[str, Member], enter: Enter, served: House
) -> None:
    view = {"width": width, "height": WIDTHS[width]}
    nadia = enter(people["nadia"])
    name = f"Atelier de lecture {width}"
    address = make(nadia, name, access="Sur demande")

    ines = enter(people["ines"], **view)
    ines.goto(address)
    ines.get_by_role("button", name="Demander l’accès").click()
    ines.get_by_role("dialog").get_by_role("textbox").fill("Je prépare un mémoire.")
    assert grave_faults(ines) == []
    ines.get_by_role("dialog").get_by_role("button", name="Demander l’accès").click()
    expect(ines.get_by_role("button", name="Demande envoyée")).to_be_visible()

    nadia.goto(f"{address}/members")
    expect(nadia.get_by_text("Je prépare un mémoire.")).to_be_visible()
    assert grave_faults(nadia) == []
    nadia.get_by_role("button", name="Accueillir Inès Benali").click()
    expect(nadia.get_by_role("button", name="Agir sur la place de Inès Benali")).to_be_visible()
    expect(ines.get_by_role("button", name="Membre, votre place ici")).to_be_visible()  # Told, without loading anew.

    nadia.get_by_role("button", name="Inviter").click()
    nadia.get_by_role("dialog").get_by_role("button", name="Créer un lien").click()
    nadia.context.grant_permissions(["clipboard-read", "clipboard-write"])
    nadia.get_by_role("dialog").get_by_role("button", name="Copier le lien").click()
    link = nadia.evaluate("() => navigator.clipboard.readText()")
    claire = served.run(make_member(served.parvis, f"Claire Vasseur {width}", affiliation="alum", language="fr"))
    other = enter(claire, **view)
    other.goto(link)
    expect(other.get_by_role("heading", name=f"Rejoindre « {name} »")).to_be_visible()
    assert "#" not in other.url
    assert grave_faults(other) == []
    other.get_by_role("button", name="Rejoindre").click()
    expect(other.get_by_role("heading", name=name, level=1)).to_be_visible()
