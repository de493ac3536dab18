"""The home page: what is said where one is, what is new told by a line, and nothing moving under who reads."""

import pytest
from playwright.sync_api import expect

from tests.conftest import of_today
from tests.journeys.test_communities import WIDTHS, make
from tests.journeys.test_wall import Enter, enter, served
from tests.make.axe import grave_faults
from tests.make.house import House
from tests.make.people import make_member

pytestmark = pytest.mark.browser
__all__ = ["enter", "served"]


@pytest.mark.parametrize("width", of_today(WIDTHS))
def test_what_an_alumna_says_is_announced_to_a_student_at_home(width: int, served: House, enter: Enter) -> None:
    ines = served.run(make_member(served.parvis, f"Inès Home {width}", affiliation="student", language="fr"))
    claire = served.run(make_member(served.parvis, f"Claire Home {width}", affiliation="alum", language="fr"))
    alumna = enter(claire, width=width, height=WIDTHS[width])
    address = make(alumna, f"Rivières {width}")
    student = enter(ines, width=width, height=WIDTHS[width])
    student.goto("/")
    expect(student.get_by_role("heading", name="Rien ici pour l’instant")).to_be_visible()
    expect(student.get_by_role("heading", name="Pour vous", exact=True)).to_be_visible()
    student.goto(address)
    student.get_by_role("button", name="Rejoindre").click()
    expect(student.get_by_role("button", name="Membre, votre place ici")).to_be_visible()

    alumna.goto("/")
    alumna.get_by_role("button", name="Une question, une idée ?").click()
    alumna.get_by_role("button", name=f"Rivières {width}").click()
    alumna.get_by_role("textbox", name="Votre texte").fill("La crue est annoncée.")
    alumna.get_by_role("button", name="Publier").click()
    expect(alumna.get_by_role("article")).to_contain_text("Vous l’avez publié")

    student.goto("/")
    first = student.get_by_role("article")
    expect(first).to_contain_text("La crue est annoncée.")
    expect(first).to_contain_text(f"Dans Rivières {width}")
    assert grave_faults(student) == []
    alumna.get_by_role("button", name="Idée", exact=True).click()
    alumna.get_by_role("button", name=f"Rivières {width}").click()
    alumna.get_by_role("textbox", name="Votre idée en une phrase").fill("Une échelle de crue")
    alumna.get_by_role("textbox", name="Votre texte").fill("Au pont Cassin.")
    alumna.get_by_role("button", name="Publier").click()
    line = student.get_by_role("button", name="1 nouvelle publication")
    expect(line).to_be_visible()
    expect(student.get_by_role("article")).to_have_count(1)
    line.click()
    expect(student.get_by_role("article")).to_have_count(2)
    student.get_by_role("button", name="Récent").click()
    expect(student.get_by_role("article").first).to_contain_text("Une échelle de crue")
    student.get_by_role("button", name="Idées").click()
    expect(student.get_by_role("article")).to_have_count(1)
    student.reload()
    expect(student.get_by_role("button", name="Récent", pressed=True)).to_be_visible()
    expect(student.get_by_role("button", name="Idées", pressed=True)).to_be_visible()
    expect(student.get_by_role("article")).to_have_count(1)
