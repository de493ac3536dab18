"""An administrator brings people in from a file: sees what is refused, applies, and finds who came."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from tests.conftest import of_today
from tests.imports.runs import UNITS, file_of, line
from tests.journeys.conftest import Arrive
from tests.make.axe import grave_faults
from tests.make.house import House, house

pytestmark = pytest.mark.browser

Enter = Callable[..., Page]
PEOPLE = file_of(
    line("lea@u.example", "Léa Dupont", kind="student", programme="L3", cohort="2027", mail="lea@univ.example"),
    line("hugo@u.example", "Hugo Marchal", kind="étudiant"),
    line("nora@u.example", "Nora Petit", unit="UFR", title="Maîtresse de conférences"),
)


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


def csv(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": content}


@pytest.mark.parametrize("width, scheme", of_today([(1440, "light"), (390, "dark")]))
def test_a_file_is_compared_its_refusals_seen_and_the_rest_applied(
    served: House, enter: Enter, width: int, scheme: str
) -> None:
    claire = served.member(f"Claire Gestion {width}", roles=["people_administrator"])
    page = enter(claire, width=width, height=900, theme=scheme)
    page.goto("/admin/people")
    page.get_by_role("link", name="Importer").click()
    page.get_by_label("Fichier des personnes").locator("input").set_input_files(csv("personnes.csv", PEOPLE))
    page.get_by_label("Fichier des composantes et formations").locator("input").set_input_files(
        csv("composantes.csv", UNITS.encode())
    )
    assert grave_faults(page) == []
    page.get_by_role("button", name="Comparer").click()

    expect(page.get_by_role("heading", name="personnes.csv")).to_be_visible()
    refused = page.get_by_role("table", name="Refus")
    expect(refused.get_by_text("Ligne 3")).to_be_visible()
    expect(refused.get_by_text("Ce n’est pas une affiliation eduPerson.")).to_be_visible()
    assert grave_faults(page) == []
    page.get_by_role("button", name=re.compile("^Appliquer")).click()
    dialog = page.get_by_role("dialog", name="Appliquer cet import")
    expect(dialog.get_by_text("1 ligne restera de côté.")).to_be_visible()
    expect(dialog).to_have_css("opacity", "1")  # It fades in, and contrast is measured.
    assert grave_faults(page) == []
    dialog.get_by_role("button", name="Appliquer").click()

    expect(page.get_by_text("L’import est appliqué.")).to_be_visible()
    page.goto("/admin/people?q=Dupont")
    expect(page.get_by_text("Léa Dupont")).to_be_visible()
    page.goto("/admin/imports")
    expect(page.get_by_role("link", name="personnes.csv").first).to_be_visible()


@pytest.mark.parametrize("width, scheme", of_today([(1440, "light"), (390, "dark")]))
def test_a_complete_file_says_of_what_and_closes_only_that(
    served: House, enter: Enter, width: int, scheme: str
) -> None:
    claire = served.member(f"Claire Fermeture {width}", appearance=scheme, roles=["people_administrator"])
    page = enter(claire, width=width, height=900, theme=scheme)
    held = [
        line(f"zoe{width}@u.example", "Zoé Vidal", unit="UFR", title="Chimiste"),
        line(f"max{width}@u.example", "Max Weiss", kind="student", programme="L3", cohort="2027"),
    ]
    _compare(page, file_of(*held))
    page.get_by_role("button", name=re.compile("^Appliquer")).click()
    page.get_by_role("dialog").get_by_role("button", name="Appliquer").click()
    expect(page.get_by_text("L’import est appliqué.")).to_be_visible()

    page.goto("/admin/imports")
    page.get_by_role("checkbox", name="Ce fichier est complet").check()
    of = page.get_by_role("group", name="De quoi ce fichier est la liste complète")
    for name in ("Enseignement et recherche", "Autre personnel", "Personnel administratif et technique"):
        of.get_by_role("checkbox", name=name).uncheck()
    most = page.get_by_role("spinbutton", name="Part de fermetures attendue, au plus")
    most.fill("0")
    assert grave_faults(page) == []
    _compare(page, file_of(held[0]), reopened=False)

    said = "Fichier complet pour : Études. Au-delà de 0 % de fermetures, confirmation demandée."
    expect(page.get_by_text(said)).to_be_visible()
    page.get_by_role("button", name="Fermetures").click()
    expect(page.get_by_role("table", name="Fermetures").get_by_text("Max Weiss")).to_be_visible()
    expect(page.get_by_role("table", name="Fermetures").get_by_text("Zoé Vidal")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Appliquer")).click()
    dialog = page.get_by_role("dialog", name="Appliquer cet import")
    expect(dialog.get_by_text("C’est plus que les 0 % de fermetures attendus")).to_be_visible()
    dialog.get_by_role("checkbox", name="Fermer ces affiliations quand même").check()
    dialog.get_by_role("button", name="Appliquer").click()
    expect(page.get_by_text("L’import est appliqué.")).to_be_visible()


def _compare(page: Page, content: bytes, *, reopened: bool = True) -> None:
    """Sends a file from the form, with the units beside it."""
    if reopened:
        page.goto("/admin/imports")
    page.get_by_label("Fichier des personnes").locator("input").set_input_files(csv("personnes.csv", content))
    page.get_by_label("Fichier des composantes et formations").locator("input").set_input_files(
        csv("composantes.csv", UNITS.encode())
    )
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_role("heading", name="personnes.csv")).to_be_visible()
