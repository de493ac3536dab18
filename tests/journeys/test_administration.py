"""The administration, as those who administer use it: from the page to what then holds for others."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from tests.journeys.conftest import Arrive
from tests.make.axe import grave_faults, grave_faults_in_themes
from tests.make.hostile_files import picture
from tests.make.house import House, house
from tests.make.people import PASSWORD

pytestmark = pytest.mark.browser

PAGES = (
    "/admin",
    "/admin/people",
    "/admin/people/new",
    "/admin/invitations",
    "/admin/organisation",
    "/admin/pages",
    "/admin/pages/legal",
    "/admin/audit",
    "/admin/health",
)
LEGAL = ("/pages/legal", "/pages/privacy", "/pages/accessibility")
WIDTHS = {1440: 900, 390: 844}
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""A page hears of its width before it is painted next."""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house")) as at:
        yield at


@pytest.fixture(scope="module")
def helene(served: House) -> Member:
    return served.member("Hélène Aubert", roles=["administrator"])


@pytest.fixture
def enter(served: House, arrive: Arrive) -> Enter:
    """`enter(member, language=language)`: a page of a browser in which this member is signed in."""

    def one(member: Member, **look: object) -> Page:
        device = Device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "203.0.113.7")
        _, cookie = served.run(served.parvis.database.write(open_session, member, methods=["pwd"], device=device))
        page = arrive(**look).page
        page.context.add_cookies([{"name": DEV_COOKIE, "value": cookie, "url": served.url}])
        return page

    return one


def test_somebody_invited_by_a_link_joins_is_found_is_suspended_and_is_out_at_once(
    served: House, helene: Member, enter: Enter, arrive: Arrive
) -> None:
    admin = enter(helene)
    admin.goto("/admin/invitations")
    admin.get_by_role("radio", name=re.compile("^Lien")).check(force=True)
    admin.get_by_label("Nombre de personnes").fill("2")
    admin.get_by_label("Note").fill("Rentrée")
    admin.get_by_role("button", name="Créer le lien").click()
    link = admin.get_by_label("Lien d’invitation").input_value()
    admin.get_by_role("button", name="J’ai copié le lien").click()
    expect(admin.get_by_text(link)).to_have_count(0)

    yann = arrive().page
    yann.goto(link)
    yann.get_by_label("Votre nom").fill("Yann Le Goff")
    yann.get_by_label(re.compile("adresse")).fill("yann@courriel.example")
    yann.get_by_role("button", name="Accepter l’invitation").click()
    expect(yann.get_by_role("button", name="Accepter l’invitation")).to_have_count(0)
    yann.goto(served.link_in_mail("yann@courriel.example", "/door/verify"))
    yann.get_by_role("main").get_by_role("button").first.click()
    expect(heading(yann)).to_contain_text("Yann")
    yann.goto("/")
    expect(heading(yann)).to_have_text("Bonjour Yann")

    admin.goto("/admin/people")
    admin.get_by_role("searchbox", name="Chercher une personne").fill("goff")
    expect(admin.get_by_role("status").filter(has_text="1 personne")).to_be_visible()
    expect(admin).to_have_url(f"{served.url}/admin/people?q=goff")
    admin.get_by_role("link", name="Yann Le Goff").click()
    expect(heading(admin)).to_have_text("Yann Le Goff")
    expect(admin.get_by_role("region", name="Affiliations")).to_contain_text("donnée par une invitation")

    served.move_time(timedelta(minutes=11))
    admin.get_by_role("region", name="Suspension").get_by_role("button", name="Suspendre").click()
    asked = admin.get_by_role("dialog", name="Suspendre Yann Le Goff")
    expect(asked).to_contain_text("Toutes ses sessions se ferment à l’instant")
    asked.get_by_role("button", name="Suspendre").click()
    proof = admin.get_by_role("dialog", name="Confirmez que c’est bien vous")
    proof.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    proof.get_by_role("button", name="Confirmer").click()
    expect(admin.get_by_text("Yann Le Goff est hors de Parvis.")).to_be_visible()
    expect(heading(yann)).to_have_text("Bienvenue sur Parvis")

    admin.get_by_role("link", name="Voir ce qui a été fait sur ce compte").click()
    first = admin.get_by_role("row").nth(1)
    expect(first).to_contain_text("Compte suspendu")
    expect(first).to_contain_text("Hélène Aubert")
    admin.get_by_role("button", name="Vérifier le journal").click()
    expect(admin.get_by_text("Le journal est intact")).to_be_visible()


def test_a_student_sees_no_administration_and_is_told_who_may_open_it(served: House, enter: Enter) -> None:
    page = enter(served.member("Inès Benali"))
    refused: list[str] = []
    page.on("response", lambda reply: refused.append(reply.url) if "/api/v1/people" in reply.url else None)
    page.goto("/")
    expect(heading(page)).to_have_text("Bonjour Inès")
    expect(page.get_by_role("link", name="Administration")).to_have_count(0)
    for address in PAGES:
        page.goto(address)
        expect(heading(page)).to_contain_text("Il faut être de l")
        assert grave_faults(page) == [], address
    assert refused == [], "nothing is asked for that would be refused"


def test_a_role_given_opens_its_part_and_taken_closes_it(served: House, helene: Member, enter: Enter) -> None:
    sophie = served.member("Sophie Marchetti")
    hers, admin = enter(sophie), enter(helene)
    admin.goto(f"/admin/people/{sophie.id}")
    admin.get_by_role("button", name="Donner le rôle Gestion des personnes").click()
    admin.get_by_role("dialog").get_by_role("button", name="Donner").click()
    expect(admin.get_by_text("Le rôle « Gestion des personnes » est donné.")).to_be_visible()

    hers.goto("/admin")
    parts = hers.get_by_role("navigation", name="Parties de l’administration").get_by_role("link")
    expect(parts).to_have_text(["Personnes", "Structure", "Invitations"])
    hers.goto("/admin/audit")
    expect(heading(hers)).to_contain_text("Il faut être de l’administration")

    admin.get_by_role("button", name="Retirer le rôle Gestion des personnes").click()
    admin.get_by_role("dialog").get_by_role("button", name="Retirer").click()
    expect(admin.get_by_text("Le rôle « Gestion des personnes » est retiré.")).to_be_visible()
    hers.goto("/admin/people")
    expect(heading(hers)).to_contain_text("Il faut être")


def test_a_logo_is_shown_everywhere_and_one_that_could_run_is_refused(
    helene: Member, enter: Enter, arrive: Arrive
) -> None:
    page = enter(helene)
    page.goto("/admin/organisation")
    slab = page.get_by_role("region", name="Logo")
    chosen = slab.locator("input[type=file]")
    chosen.set_input_files(FilePayload(name="logo.png", mimeType="image/png", buffer=SVG))
    expect(slab.get_by_role("alert")).to_contain_text("Un dessin SVG peut contenir du code")
    chosen.set_input_files(FilePayload(name="logo.png", mimeType="image/png", buffer=picture()))
    expect(slab.get_by_text("Le logo est en place.")).to_be_visible()
    expect(page.get_by_role("banner").first.locator("img")).to_have_js_property("complete", value=True)

    visitor = arrive().page
    visitor.goto("/sign-in")
    expect(visitor.locator("img[src^='/api/v1/organisation/logo']")).to_have_js_property("naturalWidth", 64)

    slab.get_by_role("button", name="Retirer").click()
    page.get_by_role("dialog").get_by_role("button", name="Retirer").click()
    expect(slab.get_by_text("Logo retiré.")).to_be_visible()
    visitor.reload()
    expect(visitor.locator("img")).to_have_count(0)


def test_a_legal_page_written_by_two_loses_nothing_and_is_read_by_all(
    helene: Member, enter: Enter, arrive: Arrive
) -> None:
    one, other = enter(helene), enter(helene)
    for page in (one, other):
        page.goto("/admin/pages")
        page.get_by_role("link", name="Modifier « Mentions légales » en français").click()
        expect(page.get_by_label("Texte de la page")).to_have_value(re.compile("Éditeur"))
    other.get_by_label("Texte de la page").fill("# Éditeur\n\nUniversité d’Exemple, 1 rue des Arts.")
    other.get_by_role("button", name="Enregistrer").click()
    expect(other.get_by_text("Enregistré.")).to_be_visible()

    mine = "# Éditeur\n\nUniversité d’Exemple, [plan](https://plan.example).\n\n<script>alert(1)</script>"
    one.get_by_label("Texte de la page").fill(mine)
    one.get_by_role("button", name="Enregistrer").click()
    expect(one.get_by_text("Quelqu’un d’autre a modifié ceci entre-temps.")).to_be_visible()
    expect(one.get_by_label("Texte de la page")).to_have_value(mine)
    one.get_by_text("Le texte enregistré entre-temps").click()
    expect(one.get_by_text("1 rue des Arts")).to_be_visible()
    one.get_by_role("button", name="Aperçu").click()
    expect(one.get_by_role("link", name="plan")).to_have_attribute("href", "https://plan.example")
    one.get_by_role("button", name="Enregistrer quand même").click()
    expect(one.get_by_text("Enregistré.")).to_be_visible()

    visitor = arrive().page
    visitor.goto("/sign-in")
    visitor.get_by_role("link", name="Mentions légales").click()
    expect(heading(visitor)).to_have_text("Mentions légales")
    expect(visitor.get_by_role("main")).to_contain_text("<script>alert(1)</script>")
    visitor.get_by_role("link", name="Connexion").click()
    expect(heading(visitor)).to_have_text("Bienvenue sur Parvis")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_open_to_everybody(served: House, enter: Enter, arrive: Arrive, language: str) -> None:
    """At both widths, each time. One is that at which a page is loaded: in each language, another."""
    widths = sorted(WIDTHS, reverse=language == "fr")
    member = served.member(f"Accès {language}", language=language, roles=["administrator"])
    page = enter(member, language=language)
    for address in (*PAGES, f"/admin/people/{member.id}", *LEGAL):
        _check_at(widths, page, address, language)
    _check_at(widths, arrive(language=language).page, LEGAL[0], language)


def _check_at(widths: Sequence[int], page: Page, address: str, language: str) -> None:
    for width in widths:
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        if width == widths[0]:
            page.goto(address)
        page.evaluate(PAINTED)
        _check(page, f"{address} at {width}", language)


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def _check(page: Page, address: str, language: str) -> None:
    expect(heading(page)).to_have_count(1)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{address} scrolls sideways"
    assert grave_faults_in_themes(page, language) == [], address
