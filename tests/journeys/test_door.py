"""Coming in and going out, as people do it: in a browser, from the first page to the last."""

from urllib.parse import urlencode

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Arrive, Served

pytestmark = pytest.mark.browser


def test_a_student_joins_keeps_two_lasting_ways_in_and_ends_a_session_elsewhere(served: Served, arrive: Arrive) -> None:
    email, personal = "lou.martin@etu.valorne.example", "lou@courriel.example"
    lou = arrive()
    lou.has_authenticator()
    page = lou.page

    join(page, "Lou Martin", email)
    page.goto(served.link_in_mail(email, "/door/verify"))
    expect(page).to_have_url(f"{served.url}/door/verify")
    page.get_by_role("button", name="Ouvrir mon compte").click()

    expect(heading(page)).to_have_text("Qu’aimeriez-vous trouver ici, Lou\u00a0?")
    page.get_by_role("checkbox", name="Jardins et biodiversité").check()
    page.get_by_role("button", name="Continuer").click()
    expect(heading(page)).to_have_text("Votre profil")
    page.get_by_label("En une phrase").fill("Les mains dans la terre")
    page.get_by_role("button", name="Continuer").click()
    expect(heading(page)).to_have_text("Comment vous prévenir\u00a0?")
    page.get_by_role("radio", name="Un résumé par semaine").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Votre adresse personnelle").fill(personal)
    page.get_by_role("button", name="Ajouter cette adresse").click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Créer une clé d’accès").click()
    expect(heading(page)).to_have_text("Votre clé d’accès est prête")
    page.get_by_role("button", name="Aller à l’accueil").click()
    expect(heading(page)).to_have_text("Bonjour Lou")

    page.goto(served.link_in_mail(personal, "/settings/addresses/confirmation"))
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_text(f"{personal} ouvre maintenant votre compte.")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("Tout est prêt sur votre compte.")).to_be_visible()

    sign_out(page)
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(heading(page)).to_have_text("Bonjour Lou")

    elsewhere = arrive().page
    ask_for_link(elsewhere, personal)
    elsewhere.goto(served.link_in_mail(personal, "/door/sign-in"))
    elsewhere.get_by_role("button", name="Se connecter").click()
    expect(heading(elsewhere)).to_have_text("Bonjour Lou")

    page.goto("/settings/sessions")
    page.get_by_role("button", name="Déconnecter les autres").click()
    page.get_by_role("dialog").get_by_role("button", name="Déconnecter").click()
    expect(page.get_by_text("Les autres appareils sont déconnectés.")).to_be_visible()
    elsewhere.reload()
    expect(heading(elsewhere)).to_have_text("Bienvenue sur Parvis")
    page.reload()
    expect(page).to_have_url(f"{served.url}/settings/sessions")


def test_a_link_opened_on_another_device_shows_a_code_for_the_first(served: Served, arrive: Arrive) -> None:
    account = served.accounts["étudiante"]
    computer, phone = arrive().page, arrive(width=390, height=844).page
    ask_for_link(computer, account.email)
    phone.goto(served.link_in_mail(account.email, "/door/sign-in"))
    phone.get_by_role("button", name="Se connecter").click()
    code = phone.get_by_role("main").get_by_role("status").inner_text()

    computer.get_by_label("Code affiché là-bas").fill(code.lower())
    computer.get_by_role("button", name="Valider le code").click()
    expect(heading(computer)).to_have_text("Bonjour Inès")
    phone.goto("/")
    expect(heading(phone)).to_have_text("Bienvenue sur Parvis")


def test_a_tab_that_waits_for_a_link_follows_the_one_that_opened_it(served: Served, arrive: Arrive) -> None:
    account = served.accounts["étudiante"]
    waiting = arrive().page
    waiting.goto("/settings/security")
    ask_for_link(waiting, account.email, already_there=True)
    opened = waiting.context.new_page()
    opened.goto(served.link_in_mail(account.email, "/door/sign-in"))
    opened.get_by_role("button", name="Se connecter").click()
    expect(heading(opened)).to_have_text("Bonjour Inès")

    waiting.bring_to_front()
    waiting.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    expect(waiting).to_have_url(f"{served.url}/settings/security")


def test_a_forgotten_password_is_replaced_and_ends_other_sessions(served: Served, arrive: Arrive) -> None:
    account = served.accounts["alumna"]
    old = arrive().page
    sign_in(old, account.email, account.password)
    expect(heading(old)).to_have_text("Bonjour Claire")

    page = arrive(language="en").page
    page.goto("/sign-in")
    page.get_by_text("Other ways").click()
    page.get_by_role("link", name="Forgotten password").click()
    expect(heading(page)).to_have_text("Forgotten password")
    page.get_by_label("Your e-mail address").fill(account.email)
    page.get_by_role("button", name="Get the link").click()
    link = served.link_in_mail(account.email, "/door/reset")
    page.goto(link)
    page.get_by_label("New password", exact=True).fill("claire.vasseur1")
    page.get_by_role("button", name="Save and enter").click()
    expect(page.get_by_text("can be guessed from your name")).to_be_visible()
    page.get_by_label("New password", exact=True).fill("quatre saules au bord de l’eau")
    page.get_by_role("button", name="Save and enter").click()
    expect(heading(page)).to_contain_text("Claire")

    old.reload()
    expect(heading(old)).to_have_text("Bienvenue sur Parvis")
    page.goto(link)
    page.get_by_label("New password", exact=True).fill("encore un autre mot de passe")
    page.get_by_role("button", name="Save and enter").click()
    expect(page.get_by_role("link", name="Ask for another link")).to_be_visible()


def test_a_mobile_application_is_let_in_after_its_member_said_yes(served: Served, arrive: Arrive) -> None:
    account = served.accounts["étudiante"]
    page = arrive().page
    asked = {
        "response_type": "code",
        "client_id": "parvis-mobile",
        "redirect_uri": served.callback,
        "scope": "account:read",
        "state": "1e3",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    }
    page.goto(f"/oauth/authorize?{urlencode(asked)}")
    sign_in(page, account.email, account.password, already_there=True)
    expect(page.get_by_role("button", name="Autoriser")).to_be_visible()
    page.get_by_role("button", name="Autoriser").click()
    page.wait_for_url(f"{served.callback}?*")
    answer = httpx.URL(page.url).params
    assert answer["state"] == "1e3"
    tokens = served.http.post(
        "/oauth/token",
        data={
            "grant_type": "authorization_code",
            "client_id": "parvis-mobile",
            "code": answer["code"],
            "redirect_uri": served.callback,
            "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        },
    )
    bearer = {"authorization": f"Bearer {tokens.raise_for_status().json()['access_token']}"}
    assert served.http.get("/me", headers=bearer).json()["name"] == account.name


def test_a_request_for_an_unknown_address_is_a_page_and_leads_nowhere(served: Served, arrive: Arrive) -> None:
    account = served.accounts["étudiante"]
    page = arrive().page
    sign_in(page, account.email, account.password)
    expect(heading(page)).to_have_text("Bonjour Inès")
    page.goto("/oauth/authorize?response_type=code&client_id=parvis-mobile&redirect_uri=https://evil.example/")
    expect(heading(page)).to_have_text("Cette demande n’est pas valable")
    assert page.url.startswith(f"{served.url}/oauth/authorize")


def test_the_page_after_signing_in_is_never_another_site(served: Served, arrive: Arrive) -> None:
    account = served.accounts["étudiante"]
    page = arrive().page
    page.goto("/sign-in?next=https://evil.example/&next=//evil.example")
    sign_in(page, account.email, account.password, already_there=True)
    expect(heading(page)).to_have_text("Bonjour Inès")
    expect(page).to_have_url(f"{served.url}/")


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def join(page: Page, name: str, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_role("link", name="Créer votre compte").click()
    page.get_by_label("Votre nom").fill(name)
    page.get_by_label("Votre adresse de l’université").fill(email)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(heading(page)).to_have_text("Consultez votre messagerie")


def ask_for_link(page: Page, email: str, *, already_there: bool = False) -> None:
    if not already_there:
        page.goto("/sign-in")
    page.get_by_label("Votre adresse électronique").first.fill(email)
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(heading(page)).to_have_text("Consultez votre messagerie")


def sign_in(page: Page, email: str, password: str, *, already_there: bool = False) -> None:
    if not already_there:
        page.goto("/sign-in")
    page.get_by_text("Autres façons").click()
    ways = page.get_by_role("group").filter(has_text="Mot de passe")
    ways.get_by_label("Votre adresse électronique").fill(email)
    ways.get_by_label("Mot de passe", exact=True).fill(password)
    ways.get_by_role("button", name="Se connecter").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="votre menu").first.click()
    page.get_by_role("menuitem", name="Se déconnecter").click()
    expect(heading(page)).to_have_text("Bienvenue sur Parvis")
