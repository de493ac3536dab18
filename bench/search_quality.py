"""How good the answers are: nDCG@10 and success at the first place over the judged queries, on both databases.

    make services; .venv/bin/python -m bench.search_quality

`BENCH_HALF` is "report" (as is told) or "tune", whose worst queries are listed with what was found in place of what was
right. The queries stand in `bench/judged/`; they are asked by people of the small demonstration, which is made first.
"""

import asyncio
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import create_engine, make_url, select, text

from bench.directory import serving
from bench.judging import SHOWN, Half, Judged, Thing, judged, ndcg, succeeds
from parvis.accounts.auth import COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from parvis.chat.models import Message
from parvis.communities.models import Community
from parvis.demo.sizes import Size
from parvis.demo.university import fill
from parvis.documents.models import Document
from parvis.engagement.models import Comment, Thread
from parvis.kernel.config import Settings
from parvis.kernel.db import Database
from parvis.kernel.ids import new_id
from parvis.kernel.migrations import migrate
from parvis.kernel.runtime import Parvis
from parvis.posts.models import Post
from parvis.profiles.models import ProfileField

API = "/api/v1"
STORES = ("sqlite", "postgresql")
HALVES: Sequence[Half] = ("tune", "report")
LISTED = int(os.environ.get("BENCH_LISTED", "25"))
MOST_APART = 2.0
"""Points between the databases, of a hundred."""


@dataclass(frozen=True)
class Score:
    """How one query was answered."""

    query: Judged
    ndcg: float
    first: bool
    found: Sequence[tuple[int, Thing]]


async def main() -> None:
    scores: dict[str, list[Score]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for store in STORES:
            (Path(folder) / store).mkdir()
        async with demonstration(Path(folder) / "sqlite", "") as asking:
            scores["sqlite"] = await asking.all()
        if "PARVIS_TEST_POSTGRES_URL" in os.environ:
            async with (
                database(os.environ["PARVIS_TEST_POSTGRES_URL"]) as url,
                demonstration(Path(folder) / "postgresql", url) as asking,
            ):
                scores["postgresql"] = await asking.all()
    tell(scores)


@asynccontextmanager
async def database(server: str) -> AsyncIterator[str]:
    name = f"bench_{new_id().hex[-12:]}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@asynccontextmanager
async def demonstration(folder: Path, url: str) -> AsyncIterator["Asking"]:
    """The small one, all its files looked into and all that can be found taken in."""
    url = url or f"sqlite:///{folder}/parvis.db"
    migrate(url)
    await fill(_settings(folder, url), Size.SMALL)
    async with serving(url, folder) as (parvis, client):
        while await parvis.jobs.run_once():
            pass
        while await parvis.listeners.run_once():
            pass
        yield Asking(parvis, client, await things(parvis.database), await _cookies(parvis))


def _settings(folder: Path, url: str) -> Settings:
    return Settings(data_dir=folder, database_url=url, public_url="http://localhost", secret_key="-" * 32, demo=True)


async def _cookies(parvis: Parvis) -> dict[str, str]:
    """A session of each who looks."""
    cookies = {}
    for name in {query.who for query in judged()}:
        async with parvis.database.reading() as session:
            member = (await session.scalars(select(Member).where(Member.name == name))).one()
        device = Device("Bench/1.0", "203.0.113.7")
        _, cookies[name] = await parvis.database.write(open_session, member, methods=["pwd"], device=device)
    return cookies


async def things(database: Database) -> dict[tuple[str, UUID], Thing]:
    """All that can be found, by whoever may."""
    async with database.reading() as session:
        skills = defaultdict[UUID, list[str]](list)
        shown = select(ProfileField.member_id, ProfileField.value).where(
            ProfileField.field == "skills", ProfileField.level == "organisation"
        )
        for member_id, value in await session.execute(shown):
            skills[member_id] = value
        headlines = select(ProfileField.member_id, ProfileField.value).where(
            ProfileField.field == "headline", ProfileField.level == "organisation"
        )
        says = {member_id: str(value) for member_id, value in await session.execute(headlines)}
        found = [
            Thing("person", id_, name, says.get(id_, ""), skills[id_])
            for id_, name in await session.execute(select(Member.id, Member.name))
        ]
        named = await session.execute(select(Community.id, Community.name))
        found += [Thing("community", id_, name) for id_, name in named]
        posts = await session.execute(select(Post.id, Post.kind, Post.title, Post.body))
        found += [
            Thing("event" if kind == "event" else "post", id_, title, f"{title} {body}")
            for id_, kind, title, body in posts
        ]
        comments = await session.execute(select(Comment.id, Thread.subject_id, Comment.body).join(Thread))
        found += [Thing("comment", id_, str(post_id), body) for id_, post_id, body in comments]
        messages = await session.execute(select(Message.id, Message.text))
        found += [Thing("message", id_, "", words) for id_, words in messages]
        documents = await session.execute(select(Document.id, Document.kind, Document.name))
        found += [Thing("page" if kind == "page" else "document", id_, name) for id_, kind, name in documents]
    plain = (
        Thing(one.kind, one.id, one.name.replace("\xa0", " "), one.text.replace("\xa0", " "), one.skills)
        for one in found
    )
    return {(one.kind, one.id): one for one in plain}


@dataclass
class Asking:
    """Who asks the running Parvis, and what there is to be found."""

    parvis: Parvis
    client: httpx.AsyncClient
    things: dict[tuple[str, UUID], Thing]
    cookies: dict[str, str]

    async def all(self) -> list[Score]:
        return [await self.score(query) for query in judged()]

    async def score(self, query: Judged) -> Score:
        reply = await self._get(query, f"{API}/search", q=query.q, limit=SHOWN)
        assert reply.status_code == 200, reply.text
        items: list[dict[str, Any]] = reply.json()["items"]
        found = [self.things[item["kind"], UUID(item["id"])] for item in items]
        graded = [(query.grade(thing), thing) for thing in found]
        possible = await self._possible(query)
        grades = [grade for grade, _ in graded]
        return Score(query, ndcg(grades, possible), succeeds(grades, possible), graded)

    async def _possible(self, query: Judged) -> list[int]:
        """The grades of what is right and may be seen by who looks: the ten best."""
        right = sorted(((query.grade(thing), thing) for thing in self.things.values()), key=lambda one: -one[0])
        seen: list[int] = []
        for grade, thing in right:
            if not grade or len(seen) == SHOWN:
                break
            if (await self._get(query, path_of(thing))).status_code == 200:
                seen.append(grade)
        assert seen, f"{query.q}: nothing of what is right may be seen by {query.who}"
        return seen

    async def _get(self, query: Judged, path: str, **params: Any) -> httpx.Response:
        return await self.client.get(path, params=params, headers={"cookie": f"{COOKIE}={self.cookies[query.who]}"})


def path_of(thing: Thing) -> str:
    """Where one reads it."""
    places = {
        "person": f"/profiles/{thing.id}",
        "community": f"/communities/{thing.id}",
        "post": f"/posts/{thing.id}",
        "event": f"/posts/{thing.id}",
        "comment": f"/posts/{thing.name}/comments/{thing.id}",
        "message": f"/messages/{thing.id}",
        "document": f"/documents/{thing.id}",
        "page": f"/documents/{thing.id}",
    }
    return API + places[thing.kind]


def tell(scores: dict[str, list[Score]]) -> None:
    print(f"{'':<12}{'half':<9}{'queries':>8}{'nDCG@10':>9}{'first':>8}")
    means: dict[tuple[Half, str], float] = {}
    for store, all_of in scores.items():
        for half in HALVES:
            of_half = [score for score in all_of if score.query.half == half]
            means[half, store] = _mean([score.ndcg for score in of_half])
            first = _mean([float(score.first) for score in of_half])
            print(f"{store:<12}{half:<9}{len(of_half):>8}{means[half, store]:>9.3f}{first:>8.1%}")
    if len(scores) > 1:
        apart = {half: 100 * abs(means[half, "sqlite"] - means[half, "postgresql"]) for half in HALVES}
        print("apart: " + ", ".join(f"{half} {points:.1f} points" for half, points in apart.items()))
    for store, all_of in scores.items():
        _tell_needs(store, all_of)
    if os.environ.get("BENCH_HALF") == "tune":
        _tell_worst(scores["sqlite"])


def _tell_needs(store: str, scores: Sequence[Score]) -> None:
    print(f"\n{store + ', both halves':<26}{'queries':>8}{'nDCG@10':>9}{'first':>8}")
    needs = defaultdict[str, list[Score]](list)
    for score in scores:
        needs[score.query.need].append(score)
    for need, of_need in sorted(needs.items(), key=lambda one: _mean([score.ndcg for score in one[1]])):
        first = _mean([float(score.first) for score in of_need])
        print(f"{need:<26}{len(of_need):>8}{_mean([score.ndcg for score in of_need]):>9.3f}{first:>8.1%}")


def _tell_worst(scores: Sequence[Score]) -> None:
    """Of those that tune; of the others it would no longer be told how good the ranking is."""
    tuning = sorted((score for score in scores if score.query.half == "tune"), key=lambda score: score.ndcg)
    for score in [score for score in tuning if score.ndcg < 1][:LISTED]:
        print(f"\n{score.ndcg:.2f}  {json.dumps(score.query.q, ensure_ascii=False)} as {score.query.who}")
        print("      right: " + "; ".join(f"{one.grade} {one.kind}: {one.which}" for one in score.query.right[:4]))
        for grade, thing in score.found[:5]:
            said = thing.text if thing.kind in {"comment", "message"} else thing.name or thing.text
            print(f"      {grade} {thing.kind}: {said[:80]}")
        if not score.found:
            print("      nothing was found")


def _mean(figures: Sequence[float]) -> float:
    return sum(figures) / len(figures) if figures else 0.0


if __name__ == "__main__":
    asyncio.run(main())
