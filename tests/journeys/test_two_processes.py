"""Two browsers, two processes, PostgreSQL and Redis: what one says the other sees at once, below a post and in a
conversation, and nothing is lost when Redis dies. Who is taken out of a community hears no more of it, and it goes from
the screen."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import httpx
import pytest
from playwright.sync_api import Page, expect
from redis import Redis

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from parvis.profiles.events import ProfileChanged
from tests.conftest import POSTGRES
from tests.journeys.conftest import Arrive, _free_port
from tests.journeys.test_chat import AT_ONCE, a_group, write
from tests.journeys.test_live import Traffic, comments
from tests.journeys.test_ties import somebody
from tests.make.communities import Place, Someone, make_closed
from tests.make.house import SECRET, House, house
from tests.make.own_redis import OwnRedis, own_redis
from tests.make.posts import say
from tests.realtime.conftest import tell
from tests.realtime.wire import signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("dialect", ["postgresql"] if POSTGRES in os.environ or os.environ.get("CI") else []),
]


@pytest.fixture
def redis() -> Iterator[OwnRedis]:
    with own_redis() as running:
        yield running


@pytest.fixture
def served(redis: OwnRedis, tmp_path: Path, database_url: str) -> Iterator[House]:
    with house(tmp_path, database_url=database_url, redis_url=redis.url) as at:
        yield at


@contextmanager
def another_process(at: House, folder: Path, redis: str, database: str) -> Iterator[str]:
    """`parvis serve` beside the server of this process, on the same database. Where it listens."""
    port = _free_port()
    url = f"http://localhost:{port}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")},
        "PARVIS_DATABASE_URL": database,
        "PARVIS_REDIS_URL": redis,
        "PARVIS_SECRET_KEY": SECRET,
        "PARVIS_DATA_DIR": str(folder),
        "PARVIS_PUBLIC_URL": url,
        "PARVIS_PORT": str(port),
        "PARVIS_SMTP_URL": at.mailbox.url,
        "PARVIS_EMBEDDED_WORKER": "false",
    }
    with (
        (folder / "other.log").open("wb") as log,
        subprocess.Popen([sys.executable, "-m", "parvis", "serve"], env=environment, stdout=log, stderr=log) as server,
    ):
        try:
            while not _is_ready(url):
                assert server.poll() is None, (folder / "other.log").read_text(errors="replace")
                time.sleep(0.05)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=20)


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/ready", timeout=20).status_code == 200
    except httpx.TransportError:
        return False


async def a_secret_place(at: House, owner: Member, member: Member) -> tuple[Place, str]:
    """A community that both are in, and the id of what its owner said there."""
    async with signed_in(at, owner) as hers, signed_in(at, member) as theirs:  # type: ignore[arg-type]
        place = await make_closed(Someone(owner, hers.browser), Someone(member, theirs.browser), name="Rivières")
        said = await say(Someone(owner, hers.browser), place, "Qui vient samedi ?")
    return place, str(said["id"])


def entered(arrive: Arrive, at: House, member: Member, url: str) -> Page:
    """A browser of the member at one of the processes."""
    device = Device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "203.0.113.7")
    _, cookie = at.run(at.parvis.database.write(open_session, member, methods=["pwd"], device=device))
    page = arrive().page
    page.context.add_cookies([{"name": DEV_COOKIE, "value": cookie, "url": url}])
    return page


async def taken_out(at: House, owner: Member, place: Place, member: Member) -> None:
    async with signed_in(at, owner) as hers:  # type: ignore[arg-type]
        assert (await hers.browser.delete(f"{place.url}/members/{member.id}")).is_success


async def mark(at: House, member: Member) -> None:
    """Something that the member is told of: all that was to be told before it has been."""
    await tell(at.parvis, ProfileChanged(id=member.id, version=9))


def said_and_heard(writing: Page, watching: Page, traffic: Traffic, words: str) -> float:
    """Seconds from the answer to who comments to the socket of who watches, who sees it then."""
    heard = len(traffic.heard)
    with writing.expect_response(lambda reply: reply.request.method == "POST" and "/comments" in reply.url):
        comments(writing, words)
    sent = monotonic()
    expect(writing.get_by_text(words)).to_be_visible()
    expect(watching.get_by_text(words)).to_be_visible()
    return traffic.once('"comment.added"', heard) - sent


def until_both_listen(redis: OwnRedis) -> None:
    with Redis.from_url(redis.url) as asking:
        deadline = monotonic() + 20
        while asking.pubsub_numsub("parvis:wake") != [(b"parvis:wake", 2)]:
            assert monotonic() < deadline
            time.sleep(0.05)


def test_two_processes_tell_each_other_and_lose_nothing_with_redis(
    arrive: Arrive, served: House, redis: OwnRedis, tmp_path: Path, database_url: str
) -> None:
    here = served
    with another_process(here, tmp_path, redis.url, database_url) as there:
        claire, ines = somebody(here, "Claire Vasseur", "alum"), somebody(here, "Inès Benali", "student")
        place, post = here.run(a_secret_place(here, claire, ines))
        writing, watching = entered(arrive, here, claire, here.url), entered(arrive, here, ines, there)
        traffic = Traffic(watching)
        for page, url in ((writing, here.url), (watching, there)):
            page.goto(f"{url}/posts/{post}")
            expect(page.get_by_text("Qui vient samedi ?")).to_be_visible()
        expect(watching.get_by_role("link", name="Rivières").first).to_be_visible()
        seconds = said_and_heard(writing, watching, traffic, "Moi, avec ma carte.")
        assert seconds < 1

        redis.kill()
        for words in ("J’apporte le café.", "Et les gobelets.", "Le pain aussi."):
            said_and_heard(writing, watching, traffic, words)
        redis.start()
        until_both_listen(redis)
        assert said_and_heard(writing, watching, traffic, "À samedi !") < 1
        assert traffic.asked == ["sync"]
        told = [frame for _, frame in traffic.heard if '"comment.added"' in frame]
        assert len(told) == 5

        here.run(taken_out(here, claire, place, ines))
        expect(watching.get_by_role("link", name="Rivières")).to_have_count(0)
        expect(watching.get_by_text("Qui vient samedi ?")).to_have_count(0)
        heard = len(traffic.heard)
        comments(writing, "Sans elle.")
        expect(writing.get_by_text("Sans elle.")).to_be_visible()
        here.run(mark(here, ines))
        while not any("profile.changed" in frame for _, frame in traffic.heard[heard:]):
            watching.wait_for_timeout(50)
        assert not [frame for _, frame in traffic.heard[heard:] if place.id in frame]
        assert watching.get_by_text("Sans elle.").count() == 0

        room = here.run(a_group(here, claire, ines))
        for page, url in ((writing, here.url), (watching, there)):
            page.goto(f"{url}/messages/{room.id}")
            expect(page.get_by_role("log", name="Messages de Groupe R3")).to_be_visible()
        write(writing, "Le repère gravé existe toujours.")
        expect(watching.get_by_role("log").get_by_text("Le repère gravé existe toujours.")).to_be_visible(
            timeout=AT_ONCE
        )
        write(watching, "Trois traits sous la marche.")
        expect(writing.get_by_role("log").get_by_text("Trois traits sous la marche.")).to_be_visible(timeout=AT_ONCE)
