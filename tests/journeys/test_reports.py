"""A report travels to its end: from who reads it to who runs the community, and back to both sides."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from tests.journeys.conftest import Arrive
from tests.journeys.test_communities import WIDTHS, make
from tests.make.axe import grave_faults
from tests.make.house import House, house
from tests.make.people import make_member

pytestmark = pytest.mark.browser

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


def say(page: Page, words: str) -> None:
    page.get_by_role("button", name="Écrire à la communauté").click()
    page.get_by_role("textbox", name="Votre texte").fill(words)
    page.get_by_role("button", name="Publier").click()


def report(page: Page, post: Locator) -> None:
    post.get_by_role("button", name="Plus d’actions").click()
    page.get_by_role("menuitem", name="Signaler").click()
    page.get_by_text("Publicité ou message indésirable").click()
    page.get_by_role("textbox", name="Ce que la modération doit savoir").fill("Encore une annonce.")
    assert grave_faults(page) == []
    page.get_by_role("button", name="Envoyer le signalement").click()
    expect(page.get_by_text("Merci, votre signalement est envoyé")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Fermer").last.click()


def test_a_member_reports_a_moderator_hides_and_both_sides_are_told(served: House, enter: Enter) -> None:
    """The moderator at a desk, the one who reports on the move."""
    names = {"nadia": ("Nadia Cherkaoui", "faculty"), "ines": ("Inès Benali", "student"), "leo": ("Léo Martin", "alum")}
    people = {
        key: served.run(make_member(served.parvis, name, affiliation=kind, language="fr"))
        for key, (name, kind) in names.items()
    }
    nadia = enter(people["nadia"])
    address = make(nadia, "Géographie")
    ines, leo = enter(people["ines"]), enter(people["leo"], width=390, height=WIDTHS[390])
    for page in (ines, leo):
        page.goto(address)
        page.get_by_role("button", name="Rejoindre").click()
        expect(page.get_by_role("button", name="Membre, votre place ici")).to_be_visible()
    say(ines, "Achetez mes fiches !")
    post = leo.get_by_role("article", name="Publication de Inès Benali")
    expect(post.get_by_text("Achetez mes fiches !")).to_be_visible()
    report(leo, post)

    tab = nadia.get_by_role("link", name="Modération")
    expect(tab).to_have_accessible_name("Modération 1")  # Told, without loading anew.
    tab.click()
    case = nadia.get_by_role("article", name="Signalement d’un message de Inès Benali")
    expect(case.get_by_text("Achetez mes fiches !")).to_be_visible()
    expect(case.get_by_text("Encore une annonce.")).to_be_visible()
    expect(case.get_by_role("link", name="Léo Martin")).to_be_visible()
    assert grave_faults(nadia) == []
    case.get_by_role("button", name="Décider").click()
    nadia.get_by_text("Le masquer").click()
    nadia.get_by_role("textbox", name="Votre raison").fill("Pas de publicité ici.")
    assert grave_faults(nadia) == []
    nadia.get_by_role("button", name="Enregistrer la décision").click()
    expect(nadia.get_by_text("Décision enregistrée.")).to_be_visible()
    expect(tab).to_have_accessible_name("Modération")

    expect(post).to_have_count(0)  # Gone for the others, shown to its author as what it is.
    expect(ines.get_by_text("Masqué par la modération.")).to_be_visible()
    leo.goto("/settings/reports")
    expect(leo.get_by_text("Votre signalement a été examiné : le message a été masqué.")).to_be_visible()
    assert grave_faults(leo) == []
    ines.goto("/settings/reports")
    expect(ines.get_by_text("Raison : Pas de publicité ici.")).to_be_visible()
    expect(ines.get_by_text("Léo Martin")).to_have_count(0)
    assert grave_faults(ines) == []

    nadia.get_by_role("button", name="Traités").click()
    nadia.get_by_role("button", name="Afficher de nouveau").click()
    nadia.get_by_role("dialog").get_by_role("button", name="Afficher de nouveau").click()
    expect(nadia.get_by_text("Affiché de nouveau")).to_be_visible()
    leo.goto(address)
    expect(leo.get_by_text("Achetez mes fiches !")).to_be_visible()
