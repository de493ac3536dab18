"""Settings, as members use them: from the page to what then holds, or no longer does."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from tests.conftest import of_today
from tests.journeys.conftest import Arrive
from tests.make.axe import grave_faults_in_themes
from tests.make.house import House, house
from tests.make.people import PASSWORD
from tests.make.security import code_of

pytestmark = pytest.mark.browser

PAGES = (
    "/settings",
    "/settings/account",
    "/settings/security",
    "/settings/sessions",
    "/settings/language",
    "/settings/appearance",
    "/settings/addresses/confirmation",
)
WIDTHS = {1440: 900, 390: 844}


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


def test_a_second_step_is_added_then_asked_for_at_sign_in(served: House, enter: Enter, arrive: Arrive) -> None:
    member = served.member("Inès Benali")
    page = enter(member)
    page.goto("/settings/security")
    page.get_by_role("button", name="Activer la deuxième étape").click()
    expect(page.get_by_role("img", name="Code QR pour votre application de codes")).to_be_visible()
    assert page.get_by_role("img", name="Code QR").evaluate("image => image.naturalWidth") > 0
    secret = page.locator("code").inner_text().replace(" ", "")
    field = page.get_by_label("Code à six chiffres")
    expect(field).to_be_focused()

    field.fill("000000")
    page.get_by_role("button", name="Activer", exact=True).click()
    expect(page.get_by_text("Ce code n’est pas le bon, ou il a déjà servi.")).to_be_visible()
    field.fill(code_of(secret))
    page.get_by_role("button", name="Activer", exact=True).click()
    expect(page.get_by_role("heading", name="Vos codes de secours")).to_be_focused()
    recovery = page.get_by_role("list", name="Vos codes de secours").get_by_role("listitem").all_inner_texts()
    assert len(recovery) == 10
    page.get_by_role("button", name="Je les ai gardés").click()
    expect(page.get_by_text("Il vous reste 10 codes de secours.")).to_be_visible()

    elsewhere = arrive().page
    by_password(elsewhere, "ines.benali@univ.example")
    expect(heading(elsewhere)).to_have_text("Une dernière vérification")
    elsewhere.locator("input[name=code]").fill(code_of(secret, steps=1))
    elsewhere.locator("input[name=code]").press("Enter")
    expect(heading(elsewhere)).to_have_text("Bonjour Inès")

    without_phone = arrive().page
    by_password(without_phone, "ines.benali@univ.example")
    without_phone.get_by_role("button", name="secours").click()
    without_phone.locator("input[name=code]").fill(recovery[0])
    without_phone.locator("input[name=code]").press("Enter")
    expect(heading(without_phone)).to_have_text("Bonjour Inès")
    page.reload()
    expect(page.get_by_text("Il vous reste 9 codes de secours.")).to_be_visible()


def test_another_session_is_thrown_out_at_once(served: House, enter: Enter, arrive: Arrive) -> None:
    member = served.member("Malo Le Goff")
    page, elsewhere = enter(member), arrive().page
    by_password(elsewhere, "malo.le.goff@univ.example")
    expect(heading(elsewhere)).to_have_text("Bonjour Malo")
    elsewhere.goto("/settings/account")
    expect(elsewhere.get_by_label("Nom")).to_have_value("Malo Le Goff")

    page.goto("/settings/sessions")
    sessions = page.get_by_role("list", name="Sessions ouvertes").get_by_role("listitem").filter(has=page.locator("h3"))
    expect(sessions).to_have_count(2)
    expect(sessions.first).to_contain_text("Cet appareil")
    page.get_by_role("button", name="Déconnecter Chrome sur Linux").click()
    page.get_by_role("dialog").get_by_role("button", name="Déconnecter", exact=True).click()
    expect(page.get_by_text("Appareil déconnecté.")).to_be_visible()
    expect(sessions).to_have_count(1)

    expect(heading(elsewhere)).to_have_text("Bienvenue sur Parvis")  # Without a touch.
    page.goto("/settings/account")
    expect(page.get_by_label("Nom")).to_have_value("Malo Le Goff")


def test_a_token_opens_what_was_ticked_and_nothing_once_revoked(served: House, enter: Enter) -> None:
    page = enter(served.member("Yanis Haddad"))
    page.goto("/settings/sessions")
    page.get_by_role("button", name="Créer un jeton").click()
    page.get_by_role("textbox", name="Nom", exact=True).fill("Export du calendrier")
    page.get_by_role("checkbox", name="Lire votre compte").check()
    page.get_by_role("button", name="Créer le jeton").click()
    token = page.get_by_label("Jeton", exact=True).input_value()
    assert token.startswith("parvis_pat_")

    api = httpx.Client(base_url=f"{served.url}/api/v1", headers={"authorization": f"Bearer {token}"})
    with api:
        assert api.get("/me").json()["name"] == "Yanis Haddad"
        refused = api.patch("/me", json={"name": "Autre"})
        assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")

        page.get_by_role("button", name="Je l’ai copié").click()
        page.reload()
        expect(page.get_by_role("heading", name="Export du calendrier")).to_be_visible()
        assert token not in page.content()
        page.get_by_role("button", name="Révoquer Export du calendrier").click()
        page.get_by_role("dialog").get_by_role("button", name="Révoquer").click()
        expect(page.get_by_text("Jeton révoqué.")).to_be_visible()
        assert api.get("/me").status_code == 401


def test_an_old_session_proves_again_who_is_there_then_goes_on(served: House, enter: Enter) -> None:
    page = enter(served.member("Claire Vasseur"))
    page.goto("/settings/account")
    expect(page.get_by_role("heading", name="claire.vasseur@univ.example")).to_be_visible()
    served.move_time(timedelta(minutes=11))
    field = page.get_by_label("Ajouter une adresse")
    field.fill("claire@perso.example")
    field.press("Enter")

    proof = page.get_by_role("dialog", name="Confirmez que c’est bien vous")
    expect(proof.get_by_label("Mot de passe", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(proof).not_to_be_visible()
    expect(field).to_have_value("claire@perso.example")

    field.press("Enter")
    proof.get_by_label("Mot de passe", exact=True).fill("pas le bon mot de passe")
    proof.get_by_role("button", name="Confirmer").click()
    expect(proof.get_by_text("Ce n’est pas votre mot de passe.")).to_be_visible()
    proof.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    proof.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("Un lien est parti à claire@perso.example.")).to_be_visible()
    expect(page.get_by_role("heading", name="claire@perso.example")).to_be_visible()


def test_a_passkey_is_added_proves_who_is_there_and_is_removed(served: House, arrive: Arrive) -> None:
    served.member("Bernard Roussel")
    bernard = arrive()
    bernard.has_authenticator()
    page = bernard.page
    by_password(page, "bernard.roussel@univ.example")
    expect(heading(page)).to_have_text("Bonjour Bernard")
    page.goto("/settings/security")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_text("Clé d’accès ajoutée")).to_be_visible()
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_text("Cet appareil a déjà une clé d’accès pour votre compte.")).to_be_visible()

    page.get_by_role("button", name="Renommer").click()
    page.get_by_role("textbox", name="Nom").fill("Portable")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Portable")).to_be_visible()

    served.move_time(timedelta(minutes=11))
    page.get_by_role("button", name="Supprimer Portable").click()
    page.get_by_role("dialog", name="Supprimer cette clé d’accès").get_by_role("button", name="Supprimer").click()
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page.get_by_text("Clé d’accès supprimée.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_language_and_appearance_follow_the_member_to_another_browser(
    served: House, enter: Enter, arrive: Arrive
) -> None:
    page = enter(served.member("Nadia Cherkaoui"))
    page.goto("/settings/language")
    page.get_by_text("English").click()
    expect(page.get_by_text("Language saved.")).to_be_visible()
    page.get_by_role("navigation", name="Settings pages").get_by_role("link", name="Appearance").click()
    page.get_by_text("Dark", exact=True).click()
    expect(page.get_by_text("Appearance saved.")).to_be_visible()
    assert page.title() == "Appearance – Parvis"

    elsewhere = arrive().page
    by_password(elsewhere, "nadia.cherkaoui@univ.example")
    expect(heading(elsewhere)).to_have_text("Hello Nadia")
    expect(elsewhere.locator("html")).to_have_attribute("data-theme", "dark")


def test_on_a_phone_the_list_leads_to_pages_and_back(served: House, enter: Enter) -> None:
    page = enter(served.member("Camille Aubry"), width=390, height=844)
    page.goto("/settings")
    expect(heading(page)).to_have_text("Réglages")
    for name in ("Compte", "Sécurité", "Sessions et jetons", "Langue", "Apparence"):
        page.get_by_role("main").get_by_role("link", name=name).first.click()
        expect(heading(page)).to_have_text(name)
        expect(page).to_have_title(f"{name} – Parvis")
        page.get_by_role("main").get_by_role("link", name="Réglages").click()
        expect(heading(page)).to_have_text("Réglages")


@pytest.mark.parametrize("width", of_today(WIDTHS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_open_to_everybody(served: House, enter: Enter, language: str, width: int) -> None:
    member = served.member(f"Accès {language} {width}", language=language)
    page = enter(member, width=width, height=WIDTHS[width])
    for address in PAGES:
        page.goto(address)
        expect(heading(page)).to_have_count(1)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{address} scrolls sideways"
        assert grave_faults_in_themes(page, language) == [], address

    page.goto("/settings/security")
    page.get_by_role("button", name="la deuxième étape" if language == "fr" else "the second step").click()
    page.get_by_role("button", name="mot de passe" if language == "fr" else "password").first.click()
    expect(page.get_by_role("img")).to_be_visible()
    assert grave_faults_in_themes(page, language) == []
    page.goto("/settings/sessions")
    page.get_by_role("button", name="Créer un jeton" if language == "fr" else "Create a token").click()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    assert grave_faults_in_themes(page, language) == []
    served.move_time(timedelta(minutes=11))
    page.get_by_role("checkbox").first.check()
    page.locator("input[name=name]").fill("x")
    page.locator("input[name=name]").press("Enter")
    expect(page.get_by_role("dialog").locator("input")).to_be_focused()
    assert grave_faults_in_themes(page, language) == []


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def by_password(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.locator("summary").click()
    ways = page.get_by_role("group").filter(has=page.locator("input[type=password]"))
    ways.locator("input[type=email]").fill(email)
    ways.locator("input[type=password]").fill(PASSWORD)
    ways.locator("button[type=submit]").click()
