"""What is said on a community's wall: asked, answered, accepted; seen by the other without loading anew."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from tests.conftest import of_today
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


@pytest.mark.parametrize("width", of_today(WIDTHS))
def test_a_student_asks_an_alumna_answers_and_the_answer_is_accepted(width: int, served: House, enter: Enter) -> None:
    ines = served.run(make_member(served.parvis, f"Inès Benali {width}", affiliation="student", language="fr"))
    claire = served.run(make_member(served.parvis, f"Claire Vasseur {width}", affiliation="alum", language="fr"))
    student = enter(ines, width=width, height=WIDTHS[width])
    address = make(student, f"Géographie {width}")
    alumna = enter(claire, width=width, height=WIDTHS[width])
    alumna.goto(address)
    alumna.get_by_role("button", name="Rejoindre").click()
    expect(alumna.get_by_role("button", name="Membre, votre place ici")).to_be_visible()

    student.get_by_role("button", name="Écrire à la communauté").click()
    student.get_by_role("button", name="Question").click()
    student.get_by_role("textbox", name="Votre question en une phrase").fill("Où trouver la version opposable ?")
    student.get_by_role("textbox", name="Votre texte").fill("J’en vois **trois** cartes.")
    assert grave_faults(student) == []
    student.get_by_role("button", name="Publier").click()
    expect(student.get_by_role("heading", name="Où trouver la version opposable ?")).to_be_visible()

    question = alumna.get_by_role("article", name="Où trouver la version opposable ?")
    expect(question.get_by_text("trois", exact=True)).to_be_visible()  # Told, without loading anew.
    question.get_by_role("button", name="Commenter").click()
    alumna.get_by_role("textbox", name="Votre commentaire").fill("Celle annexée à l’arrêté.")
    alumna.get_by_role("button", name="Envoyer").click()
    expect(alumna.get_by_text("Celle annexée à l’arrêté.")).to_be_visible()
    assert grave_faults(alumna) == []

    student.get_by_role("button", name="Commenter 1").click()
    student.get_by_role("button", name="Retenir cette réponse").click()
    expect(student.get_by_text("Réponse retenue")).to_be_visible()
    assert grave_faults(student) == []
    expect(alumna.get_by_text("Réponse retenue")).to_be_visible()

    alumna.get_by_role("article", name=f"Commentaire de Claire Vasseur {width}").get_by_role("link").nth(1).click()
    expect(alumna.get_by_role("heading", name="Où trouver la version opposable ?", level=1)).to_be_visible()
    expect(alumna).to_have_url(re.compile(r"/posts/[0-9a-f-]{36}/comments/[0-9a-f-]{36}$"))
    assert grave_faults(alumna) == []
    alumna.get_by_role("link", name="Toute la discussion (1)").click()
    expect(alumna).to_have_url(re.compile(r"/posts/[0-9a-f-]{36}$"))


def test_who_is_answered_and_who_is_accepted_are_told_and_reading_clears_it(served: House, enter: Enter) -> None:
    """The student at a desk, the alumna on the move."""
    ines, claire = [
        served.run(make_member(served.parvis, name, affiliation=kind, language="fr"))
        for name, kind in (("Inès Sait", "student"), ("Claire Sait", "alum"))
    ]
    student = enter(ines)
    address = make(student, "Cartographie")
    alumna = enter(claire, width=390, height=WIDTHS[390])
    alumna.goto(address)
    alumna.get_by_role("button", name="Rejoindre").click()
    student.get_by_role("button", name="Écrire à la communauté").click()
    student.get_by_role("button", name="Question").click()
    student.get_by_role("textbox", name="Votre question en une phrase").fill("Quelle échelle choisir ?")
    student.get_by_role("textbox", name="Votre texte").fill("1/25 000 ou 1/50 000 ?")
    student.get_by_role("button", name="Publier").click()
    alumna.get_by_role("button", name="Commenter").click()
    alumna.get_by_role("textbox", name="Votre commentaire").fill("Le 25 000.")
    alumna.get_by_role("button", name="Envoyer").click()
    expect(alumna.get_by_text("Le 25 000.")).to_be_visible()
    alumna.get_by_role("navigation").get_by_role("link", name="Accueil").click()

    bell = student.get_by_role("navigation").get_by_role("link", name="Notifications")
    expect(bell).to_have_accessible_name("Notifications 1 non lue")  # Told, without loading anew.
    bell.click()
    row = student.get_by_role("link", name="Claire Sait a répondu à votre question")
    expect(row).to_have_accessible_name(re.compile("^Non lue, .*Quelle échelle choisir"))
    assert grave_faults(student) == []
    row.click()
    expect(student.get_by_text("Le 25 000.")).to_be_visible()
    expect(bell).to_have_accessible_name("Notifications")

    student.get_by_role("button", name="Retenir cette réponse").click()
    alerts = alumna.get_by_role("navigation").get_by_role("link", name="Alertes")
    expect(alerts).to_have_accessible_name("1 non lue Alertes")
    alerts.click()
    assert grave_faults(alumna) == []
    alumna.get_by_role("link", name="Inès Sait a retenu votre réponse").click()
    expect(alumna.get_by_text("Réponse retenue")).to_be_visible()
    expect(alerts).to_have_accessible_name("Alertes")
    student.goto("/notifications")
    expect(student.get_by_role("button", name="Tout marquer comme lu")).to_be_disabled()
    expect(student.get_by_text("Non lue, ")).to_have_count(0)


def test_a_poll_outlives_a_reload_stands_in_three_communities_and_a_vote_is_changed(
    served: House, enter: Enter
) -> None:
    ines = served.run(make_member(served.parvis, "Inès Benali", affiliation="student", language="fr"))
    claire = served.run(make_member(served.parvis, "Claire Vasseur", affiliation="alum", language="fr"))
    student = enter(ines, width=1440, height=900)
    make(student, "Comité du gala", access="Secrète")
    addresses = [make(student, name) for name in ("Chœur universitaire", "Vie du campus")]
    alumna = enter(claire, width=390, height=844)
    for address in addresses:
        alumna.goto(address)
        alumna.get_by_role("button", name="Rejoindre").click()
        expect(alumna.get_by_role("button", name="Membre, votre place ici")).to_be_visible()

    student.get_by_role("button", name="Écrire à la communauté").click()
    student.get_by_role("button", name="Sondage").click()
    student.get_by_role("textbox", name="Titre").fill("Quel soir ?")
    student.get_by_role("textbox", name="Votre texte").press_sequentially("Dites-le à @Cla")
    student.get_by_role("option", name="Claire Vasseur").click()
    for number, day in enumerate(("Lundi", "Mardi"), start=1):
        student.get_by_role("textbox", name=f"Choix {number}").fill(day)
    student.reload()
    student.get_by_role("button", name="Reprendre votre brouillon").click()
    expect(student.get_by_role("textbox", name="Votre texte")).to_have_value("Dites-le à @Claire Vasseur ")
    for word, name in (("choeur", "Chœur universitaire"), ("gala", "Comité du gala")):
        student.get_by_role("combobox", name="Ajouter une communauté").fill(word)
        student.get_by_role("option", name=name).click()
    student.get_by_role("button", name="Aperçu").click()
    expect(student.get_by_role("region", name="Aperçu").get_by_role("link", name="Claire Vasseur")).to_be_visible()
    assert grave_faults(student) == []
    student.get_by_role("button", name="Publier").click()

    poll = alumna.get_by_role("article", name="Quel soir ?")
    expect(poll).to_have_count(1)
    poll.get_by_text("Lundi", exact=True).click()
    poll.get_by_role("button", name="Voter").click()
    expect(poll.get_by_role("listitem").filter(has_text="Votre choix")).to_contain_text("Lundi")
    poll.get_by_role("button", name="Changer mon vote").click()
    poll.get_by_text("Mardi", exact=True).click()
    poll.get_by_role("button", name="Voter").click()
    expect(poll.get_by_role("listitem").filter(has_text="Votre choix")).to_contain_text("Mardi")
    assert grave_faults(alumna) == []

    poll.get_by_role("link", name="Aujourd’hui").click()  # On its own page, once, with the two places she may know of.
    beside = alumna.get_by_role("complementary", name="Où c’est dit")
    expect(beside.get_by_role("link")).to_have_text(["Chœur universitaire", "Vie du campus"])
    expect(alumna.get_by_role("main").get_by_role("article")).to_have_count(1)
    assert "gala" not in alumna.content()
    alumna.goto("/notifications")
    expect(alumna.get_by_role("main").get_by_role("link", name="Quel soir ?")).to_have_count(1)
    student.reload()
    expect(student.get_by_role("button", name="Écrire à la communauté")).to_be_visible()
