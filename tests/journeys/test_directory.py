"""The directory: who may see a thing finds people by it, and nobody else does."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from tests.conftest import of_today
from tests.journeys.conftest import Arrive
from tests.make.axe import grave_faults_in_themes
from tests.make.directory import befriend, list_everybody, say
from tests.make.house import House, house
from tests.make.people import make_member

pytestmark = pytest.mark.browser

WIDTHS = {1440: 900, 390: 844}
NOBODY = "Personne ne répond à cette recherche"

Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house")) as at:
        yield at


@pytest.fixture(scope="module")
def people(served: House) -> dict[str, Member]:
    """Inès dives, which she tells her contacts alone; Malo is one, Nadia is not."""
    ines = served.run(make_member(served.parvis, "Inès Benali", affiliation="student", language="fr"))
    malo = served.run(make_member(served.parvis, "Malo Ricard", affiliation="affiliate", language="fr"))
    nadia = served.run(make_member(served.parvis, "Nadia Cherkaoui", affiliation="faculty", language="fr"))
    served.run(befriend(served.parvis, ines, malo))
    served.run(say(served.parvis, ines, "skills", ["Apnée"], "contacts"))
    served.run(say(served.parvis, nadia, "skills", ["Géomorphologie"]))
    served.run(list_everybody(served.parvis))
    return {"ines": ines, "malo": malo, "nadia": nadia}


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


def names_by_api(page: Page, query: str) -> list[str]:
    """Whom the API gives this browser's member."""
    asked = f"fetch('/api/v1/directory?{query}').then((answer) => answer.json())"
    return [item["name"] for item in page.evaluate(asked)["items"]]


def test_somebody_is_found_by_who_may_see_it_and_not_by_who_may_not(people: dict[str, Member], enter: Enter) -> None:
    contact = enter(people["malo"])
    contact.goto("/")
    contact.get_by_role("navigation", name="Navigation principale").get_by_role("link", name="Annuaire").click()
    contact.get_by_role("searchbox", name="Nom, métier ou compétence").fill("apnee")
    contact.keyboard.press("Enter")
    card = contact.get_by_role("listitem").filter(has_text="Inès Benali")
    expect(card).to_contain_text("Apnée")
    expect(contact.get_by_role("main").get_by_role("status").first).to_have_text("1 personne")
    assert names_by_api(contact, "q=apnee") == names_by_api(contact, "skill=apnee") == ["Inès Benali"]
    contact.get_by_role("link", name="Inès Benali").click()
    expect(contact.get_by_role("heading", name="Inès Benali", level=1)).to_be_visible()
    contact.go_back()
    expect(contact.get_by_role("searchbox", name="Nom, métier ou compétence")).to_have_value("apnee")

    stranger = enter(people["nadia"])
    stranger.goto("/directory?q=apnee")
    expect(stranger.get_by_text(NOBODY)).to_be_visible()
    stranger.goto("/directory?skill=apnee")
    expect(stranger.get_by_text(NOBODY)).to_be_visible()
    stranger.goto("/directory")
    expect(stranger.get_by_role("link", name="Inès Benali")).to_be_visible()
    expect(stranger.get_by_role("checkbox", name="Géomorphologie")).to_be_attached()
    expect(stranger.get_by_text("Apnée")).to_have_count(0)
    assert names_by_api(stranger, "q=apnee") == names_by_api(stranger, "skill=apnee") == []


def test_filters_narrow_and_going_back_widens_again(people: dict[str, Member], enter: Enter) -> None:
    page = enter(people["nadia"])
    page.goto("/directory")
    page.get_by_role("checkbox", name="Étudiants").check(force=True)
    expect(page.get_by_role("link", name="Malo Ricard")).to_have_count(0)
    expect(page.get_by_role("link", name="Inès Benali")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Malo Ricard")).to_be_visible()


@pytest.mark.parametrize("width", of_today(WIDTHS))
def test_nobody_is_kept_out(people: dict[str, Member], enter: Enter, width: int) -> None:
    page = enter(people["nadia"], width=width, height=WIDTHS[width])
    page.goto("/directory?public=student")
    expect(page.get_by_role("link", name="Inès Benali")).to_be_visible()
    assert grave_faults_in_themes(page, "fr") == []
    if width < 1200:
        page.get_by_role("button", name="Filtres, 1 actif").click()
        expect(page.get_by_role("dialog", name="Filtres")).to_be_visible()
        assert grave_faults_in_themes(page, "fr") == []
