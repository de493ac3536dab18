"""The communication department reaches the students of two faculties, but for those already told, and sees how far it
was read; a student finds the announcement and an event at home, answers, and has it in her calendar."""

import re
from collections.abc import Iterator

import httpx
import ics
import pytest
from playwright.sync_api import Page, expect

from parvis.accounts.models import Member
from tests.conftest import of_today
from tests.journeys.test_communities import WIDTHS, make
from tests.journeys.test_wall import Enter, enter
from tests.make.axe import grave_faults
from tests.make.directory import list_everybody
from tests.make.house import House, house
from tests.make.people import affiliate, make_cohort, make_member, make_programme, make_unit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::FutureWarning:ics", "ignore::DeprecationWarning:tatsu"),
]
__all__ = ["enter"]
FIRST, SECOND = "Bibliothèque de lettres ouverte le soir", "Inscriptions du second semestre"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house")) as at:
        yield at


@pytest.fixture(scope="module")
def people(served: House) -> dict[str, Member]:
    """Students: twelve in the third year of geography (letters), twenty-four in the fourth of water (sciences), six in
    law. Inès is of sciences, Léo of law."""
    found = {
        "sophie": somebody(served, "Sophie Marchetti", "staff", roles=("communicator",)),
        "nadia": somebody(served, "Nadia Cherkaoui", "faculty"),
    }
    for faculty, programme, year, count in (
        ("Lettres", "Licence Géographie", 2027, 12),
        ("Sciences", "Master Eau", 2028, 24),
        ("Droit", "Licence Droit", 2027, 6),
    ):
        unit = served.run(make_unit(served.parvis, faculty))
        studied = served.run(make_programme(served.parvis, programme, unit))
        cohort = served.run(make_cohort(served.parvis, studied, year))
        for number in range(count):
            member = served.run(make_member(served.parvis, f"{faculty} {number}", affiliation=None, language="fr"))
            place = {"unit_id": unit.id, "programme_id": studied.id, "cohort_id": cohort.id}
            served.run(affiliate(served.parvis, member, "student", **place))
            found[f"{faculty} {number}"] = member
    served.run(list_everybody(served.parvis))
    return found


def somebody(served: House, name: str, kind: str, *, roles: tuple[str, ...] = ()) -> Member:
    return served.run(make_member(served.parvis, name, affiliation=kind, roles=roles, language="fr"))


def test_two_faculties_are_told_but_for_those_already_told_and_it_is_seen_who_read(
    people: dict[str, Member], enter: Enter
) -> None:
    sophie = enter(people["sophie"])
    sophie.goto("/")
    sophie.get_by_role("link", name="Annonces").first.click()
    write(sophie, FIRST, "Lettres")
    expect(sophie.get_by_text("12 personnes recevront cette annonce")).to_be_visible()
    sophie.get_by_role("button", name="Publier pour 12 personnes").click()
    expect(sophie.get_by_text("Annonce envoyée.")).to_be_visible()

    told = enter(people["Lettres 0"], width=390, height=WIDTHS[390], theme="dark")
    told.goto("/")
    expect(told.get_by_role("article")).to_contain_text(FIRST)  # Once all are told.
    write(sophie, SECOND, "Lettres", "Sciences")
    expect(sophie.get_by_text("36 personnes recevront cette annonce")).to_be_visible()
    sophie.get_by_role("combobox", name="Sauf les personnes déjà prévenues par").fill("Biblio")
    sophie.get_by_role("option", name=FIRST).click()
    expect(sophie.get_by_text("24 personnes recevront cette annonce")).to_be_visible()
    expect(sophie.get_by_text(re.compile("12 écartées.*déjà prévenues"))).to_be_visible()
    sophie.get_by_role("checkbox", name="Demander de confirmer la lecture").check(force=True)
    assert grave_faults(sophie) == []
    sophie.get_by_role("button", name="Publier pour 24 personnes").click()
    expect(sophie.get_by_text("Annonce envoyée.")).to_be_visible()

    student = enter(people["Sciences 3"])
    student.goto("/")
    student.get_by_role("button", name="Annonces").click()
    announced = student.get_by_role("article")
    expect(announced).to_contain_text(SECOND)
    expect(announced).to_contain_text("Vendredi, 18 h")
    expect(announced).to_contain_text("votre nom sera alors visible")
    student.get_by_role("button", name="J’ai lu cette annonce").click()
    expect(announced.get_by_text("Lue", exact=True)).to_be_visible()
    assert grave_faults(student) == []
    for other, knows in (("Lettres 0", FIRST), ("Droit 0", None)):
        page = enter(people[other])
        page.goto("/")
        page.get_by_role("button", name="Annonces").click()
        if knows:
            expect(page.get_by_role("article")).to_contain_text(knows)
        else:
            expect(page.get_by_role("heading", name="Rien ici pour l’instant")).to_be_visible()
        expect(page.get_by_text(SECOND)).to_have_count(0)

    sophie.get_by_role("link", name=SECOND).click()
    table = sophie.get_by_role("table", name="Portée par public")
    expect(table.get_by_role("row", name="Étudiants")).to_contain_text("24")
    expect(table.get_by_role("row", name="Étudiants")).to_contain_text("4 %")
    expect(sophie.get_by_text("1 lecture confirmée")).to_be_visible()
    confirmed = sophie.get_by_role("region", name="Ont confirmé leur lecture")
    expect(confirmed.get_by_role("link", name="Sciences 3")).to_be_visible()
    assert grave_faults(sophie) == []


def write(page: Page, title: str, *faculties: str) -> None:
    """An announcement to the students of these faculties, as it stands before it is sent."""
    page.get_by_role("button", name="Nouvelle annonce").click()
    page.get_by_role("textbox", name="Titre").fill(title)
    page.get_by_role("textbox", name="Texte").fill("Tout est **prêt**.")
    page.get_by_role("button", name="Ajouter un fait clé").click()
    page.get_by_label("Quoi, 1").fill("Date limite")
    page.get_by_label("En bref, 1").fill("Vendredi, 18 h")
    page.get_by_role("radio", name="Certaines personnes").check(force=True)
    page.get_by_role("button", name="Préciser").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Selon").select_option(label="Composante ou service")
    for faculty in faculties:
        dialog.get_by_role("combobox", name="Composante ou service").fill(faculty)
        dialog.get_by_role("option", name=faculty).click()
    dialog.get_by_role("button", name="Valider").click()


@pytest.mark.parametrize("width", of_today(WIDTHS))
def test_a_student_finds_an_event_answers_and_has_it_in_her_calendar(
    width: int, people: dict[str, Member], enter: Enter
) -> None:
    look = {"width": width, "height": WIDTHS[width]}
    nadia = enter(people["nadia"], **look)
    address = make(nadia, f"Hydrologie {width}")
    student = enter(people["Sciences 5"], **look)
    student.goto(address)
    student.get_by_role("button", name="Rejoindre").click()
    expect(student.get_by_role("button", name="Membre, votre place ici")).to_be_visible()

    title = f"Sortie au barrage {width}"
    nadia.goto(address)
    nadia.get_by_role("button", name="Écrire à la communauté").click()
    nadia.get_by_role("button", name="Événement", exact=True).click()
    nadia.get_by_role("textbox", name="Nom de l’événement").fill(title)
    nadia.get_by_role("textbox", name="Votre texte").fill("Prévoyez des bottes.")
    nadia.get_by_label("Début").fill("2099-03-18T14:00")
    nadia.get_by_label("Fin").fill("2099-03-18T17:00")
    nadia.get_by_label("Lieu").fill("Barrage de Valorne")
    nadia.get_by_label("Nombre de places").fill("1")
    assert grave_faults(nadia) == []
    nadia.get_by_role("button", name="Publier").click()
    expect(nadia.get_by_role("article")).to_contain_text(title)

    student.goto("/")
    found = student.get_by_role("article").filter(has_text=title)
    found.get_by_role("button", name="Je m’inscris").click()
    expect(found).to_contain_text("Vous venez")
    assert grave_faults(student) == []
    student.goto("/agenda")
    expect(student.get_by_role("link", name=title)).to_be_visible()
    assert grave_faults(student) == []
    student.get_by_role("button", name="Ajouter à mon agenda").click()
    student.get_by_role("button", name="Créer l’adresse").click()
    feed = student.get_by_label("Adresse de votre agenda").input_value()
    assert grave_faults(student) == []
    assert titles_at(feed) >= {title}, "read by another program, which is signed in nowhere"
    student.get_by_role("button", name="Révoquer").click()
    expect(student.get_by_label("Adresse de votre agenda")).to_have_count(0)
    assert httpx.get(feed).status_code == 404

    nadia.reload()
    expect(nadia.get_by_role("article")).to_contain_text("Complet")


def titles_at(address: str) -> set[str]:
    reply = httpx.get(address)
    assert reply.status_code == 200, reply.text
    return {event.name or "" for event in ics.Calendar(reply.text).events}
