"""Two members get to know each other, one accompanies the other, and a third is blocked."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from parvis.kernel.ids import new_id
from tests.conftest import of_today
from tests.journeys.conftest import Arrive
from tests.make.axe import grave_faults_in_themes
from tests.make.directory import list_everybody, say
from tests.make.house import House, house
from tests.make.people import make_member

pytestmark = pytest.mark.browser

OFFER = {
    "text": "Relire un mémoire, parler du métier, préparer un départ au Québec.",
    "capacity": 2,
    "minutes": 30,
    "formats": ["video"],
    "languages": ["fr", "en"],
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house")) as at:
        yield at


Enter = Callable[..., Page]


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


def somebody(served: House, name: str, affiliation: str, language: str = "fr") -> Member:
    email = f"{new_id().hex}@univ.example"
    member: Member = served.run(make_member(served.parvis, name, email, affiliation=affiliation, language=language))
    return member


def test_two_members_get_in_contact(served: House, enter: Enter) -> None:
    lea, omar = somebody(served, "Léa Marchetti", "student"), somebody(served, "Omar Cissé", "alum")
    asking = enter(lea)
    asking.goto(f"/people/{omar.id}")
    asking.get_by_role("button", name="Ajouter").click()
    asking.get_by_role("textbox", name="Un mot pour vous présenter").fill("Nous étions au colloque.")
    asking.get_by_role("button", name="Envoyer la demande").click()
    expect(asking.get_by_role("button", name="Annuler la demande")).to_be_visible()

    asked = enter(omar, width=390, height=844)
    asked.goto("/")
    asked.get_by_role("link", name="1 demande de contact").click()
    expect(asked.get_by_text("Nous étions au colloque.")).to_be_visible()
    asked.get_by_role("button", name="Accepter la demande de Léa Marchetti").click()
    expect(asked.get_by_text("Aucune demande en attente")).to_be_visible()
    asking.reload()
    expect(asking.get_by_text("En relation")).to_be_visible()
    asking.goto("/contacts")
    expect(asking.get_by_role("link", name="Omar Cissé")).to_be_visible()


def test_an_exchange_is_asked_for_accepted_and_ended(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    served.run(say(served.parvis, claire, "mentoring", OFFER))
    mentee = enter(ines)
    mentee.goto(f"/people/{claire.id}")
    expect(mentee.get_by_role("heading", name="Claire propose du mentorat")).to_be_visible()
    expect(mentee.get_by_text("2 places libres")).to_be_visible()
    mentee.get_by_role("button", name="Demander un échange").click()
    mentee.get_by_role("textbox", name="De quoi aimeriez-vous parler").fill("De mon mémoire sur les crues.")
    mentee.get_by_role("button", name="Envoyer").click()
    expect(mentee.get_by_text("Vous serez averti de la réponse")).to_be_visible()

    mentor = enter(claire)
    mentor.goto("/")
    mentor.get_by_role("link", name="1 demande de mentorat").click()
    expect(mentor.get_by_text("De mon mémoire sur les crues.")).to_be_visible()
    mentor.get_by_role("button", name="Accepter la demande de Inès Benali").click()
    mentor.get_by_role("textbox", name="Un mot avec la réponse").fill("Avec plaisir.")
    mentor.get_by_role("dialog").get_by_role("button", name="Accepter").click()
    expect(mentor.get_by_text("En cours")).to_be_visible()

    mentee.get_by_role("link", name="Voir mes échanges").click()
    expect(mentee.get_by_text("Avec plaisir.")).to_be_visible()
    mentee.get_by_role("button", name="Terminer l’échange avec Claire Vasseur").click()
    expect(mentee.get_by_text("Terminé", exact=True)).to_be_visible()


def test_a_blocked_person_sees_nothing_of_the_blocker(served: House, enter: Enter) -> None:
    blocker, blocked = somebody(served, "Brice Aubry", "staff"), somebody(served, "Zoé Colin", "student")
    served.run(list_everybody(served.parvis))
    theirs = enter(blocked)
    theirs.goto(f"/people/{blocker.id}")
    expect(theirs.get_by_role("heading", level=1, name="Brice Aubry")).to_be_visible()

    page = enter(blocker)
    page.goto(f"/people/{blocked.id}")
    page.get_by_role("button", name="Autres actions").click()
    page.get_by_role("menuitem", name="Bloquer").click()
    page.get_by_role("dialog").get_by_role("button", name="Bloquer").click()
    expect(page).to_have_url(f"{served.url}/")

    theirs.reload()
    expect(theirs.get_by_text("Page introuvable")).to_be_visible()
    assert "Brice" not in theirs.content()
    found = theirs.request.get(f"{served.url}/api/v1/directory?q=Brice")
    assert (found.status, found.json()["items"]) == (200, [])

    page.goto("/contacts?list=blocked")
    page.get_by_role("button", name="Débloquer Zoé Colin").click()
    expect(page.get_by_text("Vous ne bloquez personne")).to_be_visible()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", of_today([1440, 390]))
def test_ties_keep_nobody_out(language: str, width: int, served: House, enter: Enter) -> None:
    reader = served.member(f"Ana {width} {language}", language=language)
    mentor = somebody(served, "Jean Morel", "alum")
    served.run(say(served.parvis, mentor, "mentoring", OFFER))
    page = enter(reader, language=language, width=width, height=900 if width > 700 else 844)
    for address in (f"/people/{mentor.id}", "/contacts", "/contacts?list=received", "/mentoring"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("main [aria-busy=true]")).to_have_count(0)
        assert grave_faults_in_themes(page, language) == [], address
