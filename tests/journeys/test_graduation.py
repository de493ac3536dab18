"""For life: a cohort graduates, and the institution gives its addresses again. Each keeps his own account alone."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Address, Cohort, Member
from parvis.accounts.service.sessions import Device, open_session
from parvis.kernel import clock
from tests.conftest import of_today
from tests.journeys.conftest import Arrive
from tests.make.axe import grave_faults
from tests.make.house import House, house
from tests.make.people import PASSWORD, affiliate, make_cohort, make_member, make_programme, make_unit

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


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def cohort_of(served: House, name: str) -> tuple[Cohort, Member, Member]:
    """A cohort of two: the first has an address of her own, the second has the university's alone."""
    parvis = served.parvis
    master = served.run(make_programme(parvis, f"M2 {name}", served.run(make_unit(parvis, f"Faculté {name}"))))
    cohort = served.run(make_cohort(parvis, master, served.now().year + 1))
    ready = served.run(make_member(parvis, f"Ana {name}", affiliation=None, language="fr"))
    lacking = served.run(make_member(parvis, f"Léo {name}", affiliation=None, language="fr"))
    since = served.now().date() - timedelta(days=200)
    for member in (ready, lacking):
        served.run(affiliate(parvis, member, "student", programme_id=master.id, cohort_id=cohort.id, starts_on=since))

    async def own_address(session: Any) -> None:
        own = f"ana.{name.lower()}@perso.example"
        session.add(Address(member_id=ready.id, email=own, kind="personal", verified_at=clock.now()))

    served.run(parvis.database.write(own_address))
    return cohort, ready, lacking


@pytest.mark.parametrize("width, theme", of_today([(1440, "light"), (390, "dark")]))
def test_a_cohort_graduates_and_one_of_it_signs_in_by_her_own_address(
    served: House, enter: Enter, arrive: Arrive, width: int, theme: str
) -> None:
    name = f"Fleuve{width}"
    cohort, ready, lacking = cohort_of(served, name)
    manager = served.member(f"Zoé Gestion {width}", appearance=theme, roles=["people_administrator"])
    page = enter(manager, width=width, height=900 if width > 700 else 844, theme=theme)
    page.goto(f"/admin/structure/cohorts/{cohort.id}")
    day = served.now().date() + timedelta(days=40)
    page.get_by_label("Premier jour d’alumni").fill(day.isoformat())
    expect(page.get_by_text("2 personnes seront diplômées")).to_be_visible()
    expect(page.get_by_text("1 garde un accès")).to_be_visible()
    expect(page.get_by_text("1 n’en a pas encore")).to_be_visible()
    lost = page.get_by_role("table", name="Sans accès personnel")
    expect(lost.get_by_role("link", name=lacking.name)).to_be_visible()
    expect(lost.get_by_role("link", name=ready.name)).to_have_count(0)
    assert grave_faults(page) == []
    page.get_by_role("button", name="Leur écrire").click()
    expect(page.get_by_text("Un courriel part à 1 personne.")).to_be_visible()

    page.get_by_role("button", name="Diplômer la promotion").click()
    asked = page.get_by_role("dialog", name="Diplômer la promotion")
    expect(asked).to_contain_text("2 personnes passeront parmi les alumni")
    expect(asked).to_contain_text("1 n’aura alors plus d’accès")
    assert grave_faults(page) == []
    asked.get_by_role("button", name="Diplômer la promotion").click()
    expect(page.get_by_text(re.compile(r"La promotion est diplômée au .* 2 personnes"))).to_be_visible()

    served.move_time(timedelta(days=41))
    hers = arrive(width=width, height=900 if width > 700 else 844, theme=theme).page
    hers.goto("/sign-in")
    hers.get_by_label("Votre adresse électronique").first.fill(f"ana.{name.lower()}@perso.example")
    hers.get_by_role("button", name="Recevoir le lien").click()
    expect(heading(hers)).to_have_text("Consultez votre messagerie")
    hers.goto(served.link_in_mail(f"ana.{name.lower()}@perso.example", "/door/sign-in"))
    hers.get_by_role("button", name="Se connecter").click()
    expect(heading(hers)).to_contain_text("Ana")
    member = hers.evaluate("fetch('/api/v1/session').then((answer) => answer.json())")["member"]
    assert (member["id"], member["public"]) == (str(ready.id), "alum")
    hers.goto(f"/people/{ready.id}")
    expect(hers.get_by_role("main").get_by_text("Alumni").first).to_be_visible()


def test_an_address_given_again_opens_the_new_account_alone(served: House, enter: Enter, arrive: Arrive) -> None:
    shared = "j.martin@univ.example"
    today, month = served.now().date(), timedelta(days=30)
    jeanne = served.run(
        make_member(served.parvis, "Jeanne Martin", shared, affiliation=None, password=PASSWORD, language="fr")
    )
    served.run(
        affiliate(served.parvis, jeanne, "student", starts_on=today - 36 * month, ends_on=today - timedelta(days=1))
    )
    served.run(affiliate(served.parvis, jeanne, "alum", starts_on=today - timedelta(days=1)))

    admin = enter(served.member("Ida Gestion", roles=["people_administrator"]))
    admin.goto("/admin/people/new")
    admin.get_by_label("Nom", exact=True).fill("Julien Martin")
    admin.get_by_label("Adresse électronique").fill(shared)
    admin.get_by_label("Identifiant de l’université").fill("jmartin2@univ.example")
    admin.get_by_role("button", name="Préinscrire", exact=True).click()
    expect(admin.get_by_text("La préinscription de Julien Martin est faite.")).to_be_visible()

    julien = arrive().page
    julien.goto(served.link_in_mail(shared, "/door/activate"))
    julien.get_by_role("button", name="Ouvrir mon compte").click()
    expect(heading(julien)).to_contain_text("Julien")

    for page, link in ((arrive().page, "sign-in"), (arrive().page, "reset")):
        page.goto("/sign-in")
        if link == "sign-in":
            page.get_by_label("Votre adresse électronique").first.fill(shared)
        else:
            page.get_by_text("Autres façons").click()
            page.get_by_role("link", name="Mot de passe oublié").click()
            expect(heading(page)).to_have_text("Mot de passe oublié")
            page.get_by_label("Votre adresse électronique").fill(shared)
        page.get_by_role("button", name="Recevoir le lien").click()
        page.goto(served.link_in_mail(shared, f"/door/{link}"))
        if link == "sign-in":
            page.get_by_role("button", name="Se connecter").click()
        else:
            page.get_by_label("Nouveau mot de passe", exact=True).fill("trois-hiboux-sur-le-toit-bleu")
            page.get_by_role("button", name="Enregistrer et entrer").click()
        expect(heading(page)).to_contain_text("Julien")

    stranger = arrive().page
    stranger.goto("/sign-in")
    stranger.get_by_text("Autres façons").click()
    ways = stranger.get_by_role("group").filter(has_text="Mot de passe")
    ways.get_by_label("Votre adresse électronique").fill(shared)
    ways.get_by_label("Mot de passe", exact=True).fill(PASSWORD)  # Jeanne's, whose address this no longer is.
    ways.get_by_role("button", name="Se connecter").click()
    expect(ways.get_by_role("alert")).not_to_be_empty()
    assert stranger.evaluate("fetch('/api/v1/session').then((answer) => answer.json())")["member"] is None

    admin.goto(f"/admin/people/{jeanne.id}")
    expect(heading(admin)).to_have_text("Jeanne Martin")
    expect(admin.get_by_role("region", name="Adresses électroniques")).to_be_visible()
    expect(admin.get_by_text(shared)).to_have_count(0)
