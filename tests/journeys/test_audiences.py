"""Somebody of the communication department says whom to write to, sees how many they are, and keeps it; and a community
fills by itself."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from tests.journeys.conftest import Arrive
from tests.journeys.test_communities import make
from tests.make.axe import grave_faults
from tests.make.directory import list_everybody, say
from tests.make.house import House, house
from tests.make.people import make_member

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house")) as at:
        yield at


@pytest.fixture
def enter(served: House, arrive: Arrive) -> Callable[..., Page]:
    """`enter(member, **look)`: a page of a browser in which this member is signed in."""

    def one(member: Member, **look: object) -> Page:
        device = Device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "203.0.113.7")
        _, cookie = served.run(served.parvis.database.write(open_session, member, methods=["pwd"], device=device))
        page = arrive(**look).page
        page.context.add_cookies([{"name": DEV_COOKIE, "value": cookie, "url": served.url}])
        return page

    return one


def test_whom_to_write_to_is_said_counted_and_kept(served: House, enter: Callable[..., Page]) -> None:
    claire, student = people_of(served)
    page = enter(claire)
    page.goto("/")
    page.get_by_role("link", name="Destinataires").first.click()
    expect(page.get_by_text("Rien d’enregistré pour l’instant")).to_be_visible()
    page.get_by_role("button", name="Nouveaux destinataires").click()
    form = page.get_by_role("group", name="Destinataires")
    expect(form.get_by_text("20 personnes")).to_be_visible()
    form.get_by_role("button", name="Préciser").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Étudiants").click()
    assert grave_faults(page) == []
    dialog.get_by_role("button", name="Valider").click()
    expect(form.get_by_text("12 personnes")).to_be_visible()
    form.get_by_role("button", name="Exclure").click()
    dialog.get_by_label("Selon").select_option(label="Ville")
    dialog.get_by_role("combobox", name="Ville").fill("ly")
    dialog.get_by_role("option", name="Lyon").click()
    dialog.get_by_role("button", name="Valider").click()
    expect(form.get_by_text("6 personnes")).to_be_visible()
    page.get_by_role("textbox", name="Nom").fill("Étudiants hors de Lyon")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Destinataires enregistrés.")).to_be_visible()
    expect(page.get_by_text("Les étudiants, sauf celles et ceux à Lyon")).to_be_visible()
    assert grave_faults(page) == []

    # On the move, at night, the same.
    phone = enter(claire, theme="dark", width=390, height=844)
    phone.goto("/admin/audiences")
    kept = phone.get_by_role("region", name="Étudiants hors de Lyon")
    expect(kept.get_by_text("Les étudiants, sauf celles et ceux à Lyon")).to_be_visible()
    expect(kept.get_by_text("6 personnes")).to_be_visible()
    kept.get_by_role("button", name="Modifier").click()
    expect(phone.get_by_role("group", name="Destinataires")).to_be_visible()
    assert grave_faults(phone) == []

    fills_by_itself(page, enter(student))


def fills_by_itself(page: Page, student: Page) -> None:
    """Her community takes them in by itself, and says so to them."""
    address = make(page, "La rentrée")
    page.goto(f"{address}/settings")
    page.get_by_role("button", name="Choisir qui entre d’office").click()
    form = page.get_by_role("group", name="Qui entre d’office")
    form.get_by_role("button", name="Préciser").click()
    page.get_by_role("dialog").get_by_text("Étudiants").click()
    page.get_by_role("dialog").get_by_role("button", name="Valider").click()
    page.get_by_role("region", name="Membres d’office").get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("C’est enregistré.")).to_be_visible()
    assert grave_faults(page) == []
    student.goto(f"{address}/about")
    expect(student.get_by_text("Vous en faites partie d’office.")).to_be_visible()
    assert grave_faults(student) == []


def people_of(served: House) -> tuple[Member, Member]:
    """Twelve students, half of them in Lyon, seven alumni, and Claire, who announces. Claire and a student."""
    students = [served.run(make_member(served.parvis, f"Étudiant {number}", language="fr")) for number in range(12)]
    for number, member in enumerate(students):
        city = "Lyon" if number < 6 else "Nice"
        served.run(say(served.parvis, member, "place", {"city": city, "country": "FR"}))
    for number in range(7):
        served.run(make_member(served.parvis, f"Alumni {number}", affiliation="alum", language="fr"))
    made = make_member(served.parvis, "Claire Vasseur", affiliation="staff", roles=("communicator",), language="fr")
    claire = served.run(made)
    served.run(list_everybody(served.parvis))
    return claire, students[0]
