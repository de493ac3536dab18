"""What one does, the other sees without asking again."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_ties import Enter, enter, served, somebody
from tests.make.house import House

pytestmark = pytest.mark.browser
__all__ = ["enter", "served"]


def test_a_contact_request_appears_in_the_other_browser_and_goes_again(served: House, enter: Enter) -> None:
    nora, hugo = somebody(served, "Nora Belkacem", "student"), somebody(served, "Hugo Ferreira", "alum")
    watching, asking = enter(hugo), enter(nora)
    with watching.expect_response("**/api/v1/sync"):
        watching.goto("/")
    expect(watching.get_by_role("heading", level=1, name="Bonjour Hugo")).to_be_visible()
    expect(watching.get_by_role("link", name="1 demande de contact")).to_have_count(0)

    asking.goto(f"/people/{hugo.id}")
    asking.get_by_role("button", name="Ajouter").click()
    asking.get_by_role("button", name="Envoyer la demande").click()

    expect(watching.get_by_role("link", name="1 demande de contact")).to_be_visible(timeout=10_000)

    asking.get_by_role("button", name="Annuler la demande").click()
    expect(watching.get_by_role("link", name="1 demande de contact")).to_have_count(0, timeout=10_000)
