"""University sign-in in a browser, by the login form of a provider of somebody else's making."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actors
from parvis.accounts.models import Member, Session
from parvis.kernel import clock
from tests.journeys.conftest import Arrive
from tests.make.axe import grave_faults
from tests.make.doors import Doors
from tests.make.house import House, house
from tests.make.oidc_peer import free_port, oidc_peer, peer_settings
from tests.make.people import PASSWORD, make_member

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A Parvis that relies on a real provider, which runs beside."""
    port = free_port()
    with house(tmp_path_factory.mktemp("house"), oidc=[peer_settings(port)]) as at, oidc_peer(port, at.url):
        yield at


def test_a_student_comes_in_by_the_university(served: House, arrive: Arrive) -> None:
    page = arrive().page
    served.run(make_member(served.parvis, "Inès Benali", identifier="ines.benali@valorne.example", language="fr"))
    page.goto("/settings/sessions")
    expect(heading(page)).to_have_text("Bienvenue sur Parvis")
    assert grave_faults(page) == []
    enter(page, "ines.benali")
    expect(page).to_have_url(f"{served.url}/settings/sessions")
    expect(page.get_by_text("Cet appareil")).to_be_visible()
    sign_out(page)
    page.goto("/sign-in")
    page.get_by_role("button", name="Se connecter avec l’Université de Valorne").click()
    expect(heading(page)).to_have_text("Qu’aimeriez-vous trouver ici, Inès\u00a0?")


def test_who_was_entered_by_the_institution_needs_nothing_else(served: House, arrive: Arrive) -> None:
    page = arrive().page
    awaited = make_member(
        served.parvis, "Lou Martin", identifier="lou.martin@valorne.example", activated=False, language="fr"
    )
    served.run(awaited)
    page.goto("/sign-in")
    enter(page, "lou.martin")
    expect(heading(page)).to_have_text("Qu’aimeriez-vous trouver ici, Lou\u00a0?")


def test_who_is_unknown_here_is_told_what_to_do(arrive: Arrive) -> None:
    page = arrive().page
    page.goto("/sign-in")
    enter(page, "paul.durand")
    expect(heading(page)).to_have_text("Pas encore de compte à votre nom")
    assert grave_faults(page) == []
    page.get_by_role("link", name="Aller à la connexion").click()
    expect(heading(page)).to_have_text("Bienvenue sur Parvis")


def test_who_would_not_comes_back_to_the_door(arrive: Arrive) -> None:
    page = arrive().page
    page.goto("/sign-in")
    page.get_by_role("button", name="Se connecter avec l’Université de Valorne").click()
    page.get_by_role("link", name=re.compile("Cancel")).click()
    expect(heading(page)).to_have_text("La connexion n’a pas été confirmée")


def test_an_account_and_what_the_institution_entered_become_one(served: House, arrive: Arrive) -> None:
    page = arrive().page
    served.run(
        make_member(
            served.parvis, "Ada Moreau", "ada@courriel.example", affiliation=None, password=PASSWORD, language="fr"
        )
    )
    served.run(
        make_member(
            served.parvis,
            "Moreau Ada",
            "ada.moreau@univ.example",
            identifier="ada.moreau@valorne.example",
            activated=False,
        )
    )
    by_password(page, "ada@courriel.example")
    expect(heading(page)).to_have_text("Bonjour Ada")
    page.goto("/settings/security")
    expect(page.get_by_role("button", name="Relier mon identité universitaire")).to_be_visible()
    assert grave_faults(page) == []
    page.get_by_role("button", name="Relier mon identité universitaire").click()
    log_in(page, "ada.moreau")
    expect(heading(page)).to_have_text("Votre identité universitaire est reliée")
    page.get_by_role("link", name="Aller aux réglages").click()
    expect(page.get_by_text("ada.moreau@valorne.example")).to_be_visible()

    elsewhere = arrive(width=390, height=844).page
    elsewhere.goto("/sign-in")
    enter(elsewhere, "ada.moreau")
    expect(heading(elsewhere)).to_have_text(re.compile("Ada"))


def test_an_activation_link_is_joined_to_the_account_that_is_open(served: House, arrive: Arrive) -> None:
    page = arrive().page
    served.run(
        make_member(
            served.parvis, "Nour Haddad", "nour@courriel.example", affiliation=None, password=PASSWORD, language="fr"
        )
    )
    served.run(make_member(served.parvis, "Nour HADDAD", "nour.haddad@univ.example", activated=False))
    by_password(page, "nour@courriel.example")
    expect(heading(page)).to_have_text("Bonjour Nour")
    page.request.post("/api/v1/activations", data={"email": "nour.haddad@univ.example"})
    page.goto(served.link_in_mail("nour.haddad@univ.example", "/door/activate"))
    expect(heading(page)).to_have_text("Cette fiche est-elle la vôtre\u00a0?")
    expect(page.get_by_text("Nour HADDAD", exact=True)).to_be_visible()
    assert grave_faults(page) == []
    page.get_by_role("button", name="Cette fiche est la mienne").click()
    expect(heading(page)).to_have_text("Votre fiche est jointe à votre compte")
    page.goto("/settings/account")
    expect(page.get_by_text("nour.haddad@univ.example")).to_be_visible()


def test_a_member_proves_himself_again_by_the_university(served: House, arrive: Arrive) -> None:
    page = arrive().page
    member = served.run(
        make_member(served.parvis, "Sami Roche", identifier="sami.roche@valorne.example", language="fr")
    )
    page.goto("/settings/security")
    enter(page, "sami.roche")
    expect(page).to_have_url(f"{served.url}/settings/security")
    begin_password(page)
    forget_proofs(served, member)
    page.get_by_role("button", name="Enregistrer").click()
    proof = page.get_by_role("dialog", name="Confirmez que c’est bien vous")
    proof.get_by_role("button", name="Votre université").click()
    assert grave_faults(page) == []
    proof.get_by_role("button", name="Continuer avec l’Université de Valorne").click()
    log_in(page, "sami.roche", known=True)
    expect(page).to_have_url(f"{served.url}/settings/security")
    begin_password(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Mot de passe enregistré.")).to_be_visible()


def test_a_recycled_address_does_not_reach_the_account_of_who_had_it(served: House, arrive: Arrive) -> None:
    """The first Zoé graduated; the university gave her address to another, whom it also names by it."""
    page = arrive().page
    shared = "zoe.petit@univ.example"
    first = served.run(
        make_member(served.parvis, "Zoé Ancienne", shared, identifier="zoe.2019@valorne.example", language="fr")
    )
    served.run(Doors(served.parvis, served.mailbox).end_affiliations(first))
    served.run(
        make_member(
            served.parvis,
            "Zoé Nouvelle",
            shared,
            identifier="zoe.petit@valorne.example",
            activated=False,
            language="fr",
        )
    )
    page.goto("/sign-in")
    page.get_by_label("Votre adresse électronique").first.fill(shared)
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(heading(page)).to_have_text("Consultez votre messagerie")
    page.goto(served.link_in_mail(shared, "/door/activate"))
    page.get_by_role("button", name="Ouvrir mon compte").click()
    expect(heading(page)).to_have_text(re.compile("Zoé"))
    page.goto("/settings/account")
    expect(page.get_by_label("Nom", exact=True)).to_have_value("Zoé Nouvelle")
    sign_out(page)
    page.goto("/sign-in")
    enter(page, "zoe.petit")
    expect(heading(page)).to_have_text(re.compile("Zoé"))
    page.goto("/settings/account")
    expect(page.get_by_label("Nom", exact=True)).to_have_value("Zoé Nouvelle")


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def enter(page: Page, login: str) -> None:
    page.get_by_role("button", name="Se connecter avec l’Université de Valorne").click()
    log_in(page, login)


def log_in(page: Page, login: str, *, known: bool = False) -> None:
    """In the provider's own pages: who it is, then, unless Parvis is `known` there, that it may be told."""
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill("any")
    page.locator("button[type=submit]").click()
    if not known:
        page.get_by_role("button", name="Continue").click()


def by_password(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_text("Autres façons").click()
    ways = page.get_by_role("group").filter(has_text="Mot de passe")
    ways.get_by_label("Votre adresse électronique").fill(email)
    ways.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    ways.get_by_role("button", name="Se connecter").click()


def begin_password(page: Page) -> None:
    page.get_by_role("button", name="Créer un mot de passe").click()
    page.get_by_label("Nouveau mot de passe").fill("trois-hiboux-sur-le-toit-bleu")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="votre menu").first.click()
    page.get_by_role("menuitem", name="Se déconnecter").click()
    expect(heading(page)).to_have_text("Bienvenue sur Parvis")


def forget_proofs(served: House, member: Member) -> None:
    """An hour passes for the session alone: the provider has a clock of its own."""

    async def age(session: AsyncSession) -> None:
        long_ago = clock.now() - timedelta(hours=1)
        await session.execute(update(Session).where(Session.member_id == member.id).values(proved_at=long_ago))

    served.run(served.parvis.database.write(age))
    served.parvis.part(Actors).forget(member.id)
