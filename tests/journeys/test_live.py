"""What one does, the other sees without asking again: by a socket, or by polls where none comes through."""

from time import monotonic
from typing import Any, cast

import pytest
from playwright.sync_api import Page, Request, WebSocketRoute, expect

from parvis.accounts.models import Member
from tests.journeys.test_ties import Enter, enter, served, somebody
from tests.make.communities import Someone, make_community
from tests.make.house import House
from tests.make.posts import say
from tests.make.served import Served
from tests.realtime.wire import signed_in

pytestmark = pytest.mark.browser
__all__ = ["enter", "served"]
KEPT = "async () => (await indexedDB.databases()).some(({ name }) => name === 'parvis.realtime')"


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


async def a_post(served: House, author: Member, *others: Member) -> str:
    """The id of what `author` said in a community that the others are in."""
    house = cast(Served, served)
    async with signed_in(house, author) as browser:
        place = await make_community(Someone(author, browser.browser))
        said = await say(Someone(author, browser.browser), place, "Qui vient samedi ?")
    for other in others:
        async with signed_in(house, other) as browser:
            assert (await place.join(Someone(other, browser.browser))).status_code == 200
    return str(said["id"])


class Traffic:
    """What a page asks of the stream, and what its sockets bring."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.asked: list[str] = []
        self.heard: list[tuple[float, str]] = []
        page.on("request", self._request)
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))

    def once(self, words: str, since: int = 0) -> float:
        """When the one frame with these words came. The browser tells of a frame some time after the page has it."""
        while not (found := [at for at, frame in self.heard[since:] if words in frame]):
            self._page.wait_for_timeout(20)
        [at] = found
        return at

    def _request(self, request: Request) -> None:
        path = request.url.partition("/api/v1/")[2].partition("?")[0]
        if path in {"events", "sync"}:
            self.asked.append(path)

    def _frame(self, frame: Any) -> None:
        self.heard.append((monotonic(), str(frame)))


def comments(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Votre commentaire").fill(text)
    page.get_by_role("button", name="Envoyer").click()


def test_a_comment_appears_elsewhere_by_socket_by_poll_and_after_a_cut(served: House, enter: Enter) -> None:
    claire, ines = somebody(served, "Claire Vasseur", "alum"), somebody(served, "Inès Benali", "student")
    post = served.run(a_post(served, claire, ines))
    writing, watching, polling = enter(claire), enter(ines), enter(ines, width=390, height=844)
    polling.route_web_socket("**/api/v1/realtime", lambda socket: _refuse(socket))
    by_socket, by_polls = Traffic(watching), Traffic(polling)
    for page in (writing, watching, polling):
        page.goto(f"/posts/{post}")
        expect(page.get_by_text("Qui vient samedi ?")).to_be_visible()

    watching.get_by_role("textbox", name="Votre commentaire").press_sequentially("Je", delay=20)
    expect(writing.get_by_text("Quelqu’un écrit…")).to_be_visible()
    watching.get_by_role("textbox", name="Votre commentaire").fill("")

    with writing.expect_response(lambda reply: reply.request.method == "POST" and "/comments" in reply.url):
        comments(writing, "Moi, avec ma carte.")
    sent = monotonic()
    expect(watching.get_by_text("Moi, avec ma carte.")).to_be_visible(timeout=3_000)
    expect(polling.get_by_text("Moi, avec ma carte.")).to_be_visible()
    assert by_socket.once('"comment.added"') - sent < 1
    assert by_socket.asked == ["sync"]
    assert "events" in by_polls.asked

    watching.context.set_offline(True)
    expect(watching.get_by_text("Hors connexion.")).to_be_visible()
    comments(writing, "J’apporte le café.")
    expect(writing.get_by_text("J’apporte le café.")).to_be_visible()
    expect(watching.get_by_text("J’apporte le café.")).to_have_count(0)
    watching.context.set_offline(False)
    expect(watching.get_by_text("J’apporte le café.")).to_be_visible()
    expect(watching.get_by_text("Hors connexion.")).to_have_count(0)

    watching.wait_for_function(KEPT)
    watching.reload()
    expect(watching.get_by_text("J’apporte le café.")).to_be_visible()
    comments(writing, "À samedi !")
    expect(watching.get_by_text("À samedi !")).to_be_visible()
    assert by_socket.asked == ["sync"]


def _refuse(socket: WebSocketRoute) -> None:
    socket.close()
