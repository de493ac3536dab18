"""Told wherever one is: an alumna abroad answers her week by mail; what is said in secret is told to those in it."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from parvis.kernel.jobs import Job
from parvis.notifications.service.digests import DIGEST
from tests.journeys.test_pocket import PATIENCE, ask, somebody
from tests.journeys.test_wall import Enter, enter
from tests.make.house import House, house
from tests.make.mailbox import text_of
from tests.make.people import make_member
from tests.make.postbox import VOUCHED, hand_over, listening, written

pytestmark = pytest.mark.browser
__all__ = ["enter"]
HERS = "claire@mail.example"
ABROAD = "America/New_York"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house"), **dict[str, Any](VOUCHED)) as at:
        yield at


def test_an_alumna_abroad_answers_her_week_by_mail_and_leaves_it_by_a_click(served: House, enter: Enter) -> None:
    nadia = enter(somebody(served, "Nadia Cherkaoui"))
    nadia.goto("/")
    place = ask(nadia, "POST", "/communities", {"name": "Géographes", "access": "open"})
    claire = served.run(make_member(served.parvis, "Claire Vasseur", HERS, affiliation="alum"))
    once = enter(claire)
    once.goto("/")
    ask(once, "PUT", f"/communities/{place['id']}/membership", {"charter_version": 0})
    ask(once, "PUT", "/me/chat-preferences", {"time_zone": ABROAD})
    wall, said = f"/communities/{place['id']}", {"kind": "message", "body": "Qui garde la clé du local ?"}
    ask(nadia, "POST", f"{wall}/posts", {"kind": "message", "body": "La carte est prête."})
    with once.expect_response(re.compile("/posts/seen")) as seen:
        once.goto(wall)
        expect(once.get_by_text("La carte est prête.")).to_be_visible()
    assert seen.value.status == 204
    once.context.clear_cookies()  # From here on she is where nobody is signed in.

    post = ask(nadia, "POST", f"{wall}/posts", said)
    nadia.goto(f"/posts/{post['id']}")
    expect(nadia.get_by_role("heading", level=1)).to_be_visible()
    digest = mail_of_monday(served)
    assert digest["subject"].startswith("Your week on ")
    assert said["body"] in text_of(digest)
    assert "La carte" not in text_of(digest), "she has seen it"

    answer = "Moi, jusqu’à jeudi."
    assert served.run(answered(served, digest, f"{answer}\n\n> {said['body']}\n")) == 250
    comments = nadia.get_by_role("region", name="Commentaires")
    expect(comments.get_by_text(answer)).to_be_visible()
    expect(comments.get_by_role("link", name="Claire Vasseur").first).to_be_visible()
    expect(comments.get_by_text(said["body"])).to_have_count(0)

    leave = digest["list-unsubscribe"].strip(" <>")
    once.goto(leave)
    expect(once.get_by_role("heading", level=1)).not_to_have_text("C’est fait")  # To open it does nothing.
    assert httpx.post(leave, data={"List-Unsubscribe": "One-Click"}).status_code == 204
    once.reload()
    expect(once.get_by_role("heading", name="C’est fait")).to_be_visible()


def test_who_is_named_in_secret_is_told_if_he_is_in_it_and_else_hears_nothing(served: House, enter: Enter) -> None:
    nadia = enter(somebody(served, "Nadia Roux"))
    nadia.goto("/")
    jury = ask(nadia, "POST", "/communities", {"name": "Jury", "access": "open"})
    ines, omar = somebody(served, "Inès Benali"), somebody(served, "Omar Diallo")
    inside, outside = enter(ines), enter(omar)
    for page in (inside, outside):
        page.goto("/")
    ask(inside, "PUT", f"/communities/{jury['id']}/membership", {"charter_version": 0})
    ask(nadia, "PATCH", f"/communities/{jury['id']}", {"access": "secret"})
    names = " ".join(f"@[{one.name}](person:{one.id})" for one in (ines, omar))
    post = ask(nadia, "POST", f"/communities/{jury['id']}/posts", {"kind": "message", "body": f"Le sujet : {names}"})
    expect(bell(inside)).to_have_accessible_name("Notifications 1 non lue")
    expect(bell(outside)).to_have_accessible_name("Notifications")
    assert not ask(outside, "GET", "/notifications")["items"]
    outside.goto(f"/posts/{post['id']}")
    expect(outside.get_by_text("Le sujet")).to_have_count(0)
    served.move_time(timedelta(minutes=5))
    assert "Le sujet" in text_of(mail_to(served, "ines.benali@univ.example"))
    assert served.mailbox.messages_to("omar.diallo@univ.example") == []


def bell(page: Page) -> Locator:
    return page.get_by_role("navigation").get_by_role("link", name=re.compile("^Notifications"))


def mail_to(served: House, address: str) -> EmailMessage:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := served.mailbox.messages_to(address):
            return found[-1]
        time.sleep(0.05)
    raise AssertionError(f"no mail to {address}")


def mail_of_monday(served: House) -> EmailMessage:
    """What she is mailed when it is seven o'clock on a Monday where she is."""
    here = served.now().astimezone(ZoneInfo(ABROAD))
    monday = (here + timedelta(days=(7 - here.weekday()) % 7 or 7)).replace(hour=7, minute=0, second=1, microsecond=0)
    hour = monday.astimezone(UTC)
    served.move_time(hour - timedelta(minutes=10) - served.now())
    deadline = time.monotonic() + PATIENCE
    while served.run(_digest_at(served, hour)) is None and time.monotonic() < deadline:
        time.sleep(0.1)  # The worker has found out that days have passed.
    served.move_time(timedelta(minutes=10))
    return mail_to(served, HERS)


async def _digest_at(served: House, hour: datetime) -> Job | None:
    async with served.parvis.database.reading() as session:
        at = hour.replace(minute=0, second=0)
        return await session.scalar(select(Job).where(Job.name == DIGEST, Job.run_at == at))


async def answered(served: House, mail: EmailMessage, words: str) -> int:
    """Her program sends it to where the mail says, and her relay vouches for her."""
    to = mail["Reply-To"].addresses[0].addr_spec
    async with listening(served.parvis) as port:
        return await hand_over(port, written(HERS, to, words))
