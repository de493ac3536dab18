"""Everything that is planted: on the surfaces that exist, through the front door, by who would say it there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from parvis.kernel import clock
from tests.conftest import listen, run_jobs
from tests.files.uploads import upload
from tests.make.announcements import DRAFTS, announce
from tests.make.chat import MESSAGES, Room, make_channel, make_group, talk
from tests.make.communities import Place, make_community
from tests.make.directory import list_everybody
from tests.make.gatherings import gather
from tests.make.hands import in_page
from tests.make.moderation import cases, decide, report
from tests.make.posts import comment, say, url_of
from tests.make.spaces import (
    answered,
    changed,
    changing,
    document_url,
    folder_url,
    make_folder,
    make_page,
    own_space,
    put_document,
    space_of,
)
from tests.make.threads import answer, begin
from tests.realtime.wire import API

from .garden import Garden, words_in
from .papers import docx_saying, pdf_saying
from .people import IN, KNOW, NOBODY, NOT_BLOCKED, ORGANISATION, OWNER, SPEAK_FOR_ALL, TWO, Cast

ME = f"{API}/me"
NEXT_WEEK = timedelta(days=7)


@dataclass
class Plot:
    """What stands where. `calendars`, `tokens` and `reply_addresses`: addresses that are secrets of their own."""

    cast: Cast
    garden: Garden
    secret: Place
    room: Room
    group: Room
    post: dict[str, Any] = field(default_factory=dict)
    event: dict[str, Any] = field(default_factory=dict)
    page: dict[str, Any] = field(default_factory=dict)
    folder: dict[str, Any] = field(default_factory=dict)
    calendars: dict[str, str] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    reply_addresses: set[str] = field(default_factory=set)

    @property
    def word(self) -> Callable[..., str]:
        return self.garden.word


async def plant(cast: Cast, garden: Garden) -> Plot:
    """All that is there before anybody loses anything."""
    word, owner = garden.word, cast["owner"]
    secret = await make_community(
        owner,
        f"Cercle {word('the name of a secret community', KNOW)}",
        summary=f"Pour {word('its summary', KNOW)}.",
        description=f"On y parle de {word('its description', KNOW)}.",
        tags=[word("its tag", KNOW)],
    )
    await owner.browser.patch(secret.url, json={"access": "secret"})
    await cast.put_in(secret, "member", "removed", "banned", "left")
    room = await make_channel(
        owner,
        secret,
        f"Salon {word('the name of a channel', IN)}",
        about=f"Ici, {word('what a channel is about', IN)}.",
    )
    group = await make_group(
        owner, *(cast[part] for part in ("member", "removed", "left")), name=word("the name of a group", TWO)
    )
    plot = Plot(cast, garden, secret, room, group)
    for planting in (posts, comments, talks, files, page, account, profile, organisation, doors):
        await planting(plot)
    await list_everybody(cast.server.parvis)
    return plot


# --- what is said in the community ------------------------------------------------------------------------------------


async def posts(plot: Plot) -> None:
    word, owner, secret = plot.word, plot.cast["owner"], plot.secret
    file = await upload(owner.browser, word("the words of an attached file", IN).encode(), "carnet.txt")
    named = await upload(owner.browser, b"Bonjour.", f"{word('the name of an attached file', IN)}.txt")
    mentioned = naming(plot, "removed", "left", "member", "outsider")
    plot.post = await say(
        owner,
        secret,
        f"Nous cherchons {word('the words of a post', IN)}. {mentioned}",
        kind="question",
        title=f"Où est {word('the title of a post', IN)} ?",
        files=[file["id"], named["id"]],
    )
    poll = {"options": [word("an option of a poll", IN), "Mardi"], "anonymous": False, "results": "always"}
    await say(owner, secret, kind="poll", poll=poll)
    plot.event = await gather(
        owner,
        secret,
        f"Sortie {word('the title of an event', IN)}",
        place=f"Hall {word('the place of an event', IN)}",
    )
    idea = await say(owner, secret, kind="idea", title=f"Un garage {word('an idea', IN)}")
    answer = {"status": "studied", "answer": f"Bientôt {word('the answer to an idea', IN)}."}
    await answered(owner.browser.put(url_of(idea, "idea-answer"), json=answer))
    edited = await say(owner, secret, f"Avant : {word('the words of a post before it was edited', IN)}.")
    await answered(owner.browser.patch(url_of(edited), json={"body": "Après."}))
    gone = await say(owner, secret, f"Trop tôt : {word('a post that was deleted', NOBODY)}.")
    await _then(plot, url_of(gone), lambda: owner.browser.delete(url_of(gone)))
    square = {"body": f"À tous : {word('a post on the square', ORGANISATION)}."}
    said = await answered(owner.browser.post(f"{API}/square/posts", json=square))
    await comment(owner, said, f"Et {word('a comment on the square, by who blocked somebody', NOT_BLOCKED)}.")
    public = await make_community(plot.cast["member"], "Place ouverte")
    assert (await public.join(owner)).is_success
    await say(owner, public, f"Ici : {word('a post in an open community, by who blocked somebody', NOT_BLOCKED)}.")
    later = {
        "body": f"Demain : {word('a post to be said later', OWNER)}.",
        "places": [secret.id],
        "publish_at": (clock.now() + NEXT_WEEK).isoformat(),
    }
    await answered(owner.browser.post(f"{ME}/scheduled-posts", json=later))


async def comments(plot: Plot) -> None:
    word, owner, member = plot.word, plot.cast["owner"], plot.cast["member"]
    first = await comment(member, plot.post, f"Peut-être {word('a comment', IN)}.")
    await comment(owner, plot.post, f"Merci, {word('a reply to a comment', IN)}.", parent_id=first["id"])
    gone = await comment(owner, plot.post, f"Oubliez {word('a comment that was deleted', NOBODY)}.")
    own = url_of(plot.post, "comments", gone["id"])
    await _then(plot, own, lambda: owner.browser.delete(own))
    bad = await comment(member, plot.post, f"Achetez {word('a comment that was hidden', TWO)}.")
    reported = await report(owner, plot.post, bad, words=f"Voyez {word('the words of a report', OWNER)}.")
    assert reported.status_code == 200, reported.text
    [case] = await cases(owner, plot.secret)
    decided = await decide(owner, case, reason=f"Contraire à {word('the reason of a decision', TWO)}.")
    assert decided.status_code == 200, decided.text


async def talks(plot: Plot) -> None:
    word, owner, member = plot.word, plot.cast["owner"], plot.cast["member"]
    named = await upload(owner.browser, b"Bonjour.", f"{word('the name of a file in a channel', IN)}.txt")
    said = await plot.room.say(owner, f"Voici {word('a message in a channel', IN)}.", files=[named["id"]])
    await plot.room.say(member, f"Vu, {word('a reply to a message', IN)}.", root_id=said["id"])
    edited = await plot.room.say(owner, f"Avant {word('a message before it was edited', IN)}.")
    await answered(owner.browser.patch(f"{MESSAGES}/{edited['id']}", json={"text": "Après."}))
    gone = await plot.room.say(owner, f"Trop tôt {word('a message that was deleted', NOBODY)}.")
    own = f"{MESSAGES}/{gone['id']}"
    await _then(plot, own, lambda: owner.browser.delete(own))
    await answered(owner.browser.put(f"{plot.room.url}/draft", json={"text": word("a message not sent yet", OWNER)}))
    invited = await make_channel(
        owner,
        plot.secret,
        f"Bureau {word('the name of a channel by invitation', TWO)}",
        access="invited",
        member_ids=[plot.cast[part].id for part in ("member", "removed", "left")],
    )
    await invited.say(owner, f"Entre nous {word('a message in a channel by invitation', TWO)}.")
    await plot.group.say(owner, f"Au groupe {word('a message in a group', TWO)}.")
    between = await talk(owner, member)
    await between.say(owner, f"À toi {word('a direct message', TWO)}.")
    since = await make_group(owner, member, name="Depuis peu", history="since_joined")
    await since.say(owner, f"Avant toi {word('a message from before one joined', TWO)}.")
    assert (await since.add(owner, plot.cast["outsider"])).is_success


# --- documents and pages ----------------------------------------------------------------------------------------------


async def files(plot: Plot) -> None:
    word, owner = plot.word, plot.cast["owner"]
    space = await space_of(owner, plot.secret)
    plot.folder = await make_folder(owner, space, f"Dossier {word('the name of a folder', IN)}")
    named = f"{word('the name of a document', IN)}.txt"
    document = await put_document(owner, plot.folder, named, word("the words of a text file", IN).encode())
    draft = {"label": word("the label of a version", IN)}
    file = await upload(owner.browser, word("the words of a later version", IN).encode(), named)
    await changed(owner, f"{document_url(document)}", {"name": named})
    tag = (await owner.browser.get(document_url(document))).headers["etag"]
    await answered(
        owner.browser.post(
            f"{document_url(document)}/versions", json={"file_id": file["id"], **draft}, headers={"if-match": tag}
        )
    )
    await put_document(owner, plot.folder, "releve.pdf", pdf_saying(f"Crue {word('the words of a PDF', IN)}"))
    await put_document(owner, plot.folder, "releve.docx", docx_saying(word("the words of a DOCX", IN)))
    thrown = await put_document(owner, plot.folder, f"{word('the name of a document in the trash', IN)}.txt")
    binned = await make_folder(owner, plot.folder, word("the name of a folder in the trash", IN))
    await put_document(owner, binned, "dedans.txt", word("the words of a document in the trash", IN).encode())
    lost = await put_document(owner, plot.folder, f"{word('a document that was deleted for good', NOBODY)}.txt")
    await _seen_before(plot, document_url(lost))
    for url in (document_url(thrown), folder_url(binned), document_url(lost)):
        assert (await changing(owner, url, method="DELETE")).status_code == 204
    trash = f"{API}/documents/trash/documents/{lost['id']}"
    assert (await owner.browser.delete(trash)).status_code == 204
    narrow = await make_folder(owner, plot.folder, word("the name of a folder with rights of its own", OWNER))
    await put_document(owner, narrow, f"{word('the name of a document behind them', OWNER)}.txt")
    alone = {"grants": [], "inherits": False}
    await changed_rights(plot, folder_url(narrow), alone)
    await _own_files(plot)


async def _own_files(plot: Plot) -> None:
    word, owner, member = plot.word, plot.cast["owner"], plot.cast["member"]
    mine = await make_folder(owner, await own_space(owner), f"À moi {word('the name of a folder of one’s own', OWNER)}")
    content = pdf_saying(word("the words of a PDF of one’s own", OWNER))
    kept = await put_document(owner, mine, f"{word('the name of a document of one’s own', OWNER)}.pdf", content)
    shared = await put_document(owner, mine, f"{word('a document shared with one member', TWO)}.txt")
    await changed_rights(
        plot, document_url(shared), {"grants": [{"level": "read", "member_id": member.id}], "inherits": True}
    )
    until = (clock.now() + NEXT_WEEK).isoformat()
    url = f"{document_url(kept)}/links"
    for password in ("cheval-agrafe-batterie", None):
        link = await answered(owner.browser.post(url, json={"expires_at": until, "password": password}))
        plot.tokens.append(link["link"].rpartition("#")[2])
        if password is None:  # The one without is taken back.
            assert (await owner.browser.delete(f"{url}/{link['id']}")).is_success
    loose = await upload(
        owner.browser,
        word("the words of a file that is put to no use", OWNER).encode(),
        f"{word('the name of a file that is put to no use', OWNER)}.txt",
    )
    assert loose["id"]


async def changed_rights(plot: Plot, url: str, rights: dict[str, Any]) -> None:
    browser = plot.cast["owner"].browser
    tag = (await browser.get(f"{url}/rights")).headers["etag"]
    await answered(browser.put(f"{url}/rights", json=rights, headers={"if-match": tag}))


async def page(plot: Plot) -> None:
    """What it says, what it said, and what a version of it is called."""
    word, owner = plot.word, plot.cast.callers["owner"]
    plot.page = await make_page(owner, plot.folder, name=f"Compte rendu {word('the title of a page', IN)}")
    async with in_page(owner, plot.page) as hand:
        await hand.kept(await hand.write(f"Décidé : {word('the words of a page', IN)}."))
    quoted = {"quote": word("what a comment on a page is about", IN)}
    thread = await begin(owner, plot.page, f"Ici, {word('a comment on a page', IN)} ?", **quoted)
    await answer(plot.cast["member"], plot.page, thread, f"Oui, {word('an answer to a comment on a page', IN)}.")
    label = {"label": word("the label of a version of a page", IN)}
    await answered(owner.browser.post(f"{API}/pages/{plot.page['id']}/versions", json=label))


# --- what is one's own ------------------------------------------------------------------------------------------------


async def account(plot: Plot) -> None:
    word, owner = plot.word, plot.cast["owner"]
    token = {"name": word("the name of a token", OWNER), "scopes": ["account:read"], "days": 1}
    await answered(owner.browser.post(f"{ME}/tokens", json=token))
    for part, words in (("outsider", "a request to be in contact"), ("removed", "another such request")):
        asked = {"message": f"Bonjour, {word(words, {'owner', part})}."}
        await answered(plot.cast[part].browser.put(f"{ME}/contact-requests/{owner.id}", json=asked))
    await answered(plot.cast["member"].browser.put(f"{ME}/contact-requests/{owner.id}", json={}))
    await answered(owner.browser.put(f"{ME}/contacts/{plot.cast['member'].id}", json={}))
    await answered(owner.browser.put(f"{ME}/blocks/{plot.cast['blocked'].id}"))
    for part in (*plot.cast.callers,):
        browser = plot.cast[part].browser
        made = await browser.post(f"{ME}/calendar-feed", json={"holds": "communities"})
        if made.is_success:
            url = made.json()["url"]
            plot.calendars[part] = url[url.index("/api/") :]


async def profile(plot: Plot) -> None:
    word, owner = plot.word, plot.cast["owner"]
    levels = {"biography": "contacts", "skills": "communities", "place": "me", "path": "contacts", "links": "me"}
    said = {
        "headline": f"Chercheuse {word('a headline shown to the organisation', NOT_BLOCKED)}",
        "biography": f"Née près de {word('a biography shown to contacts', TWO)}.",
        "skills": [word("a skill shown in common communities", IN)],
        "place": {"city": word("a city shown to nobody else", OWNER), "country": "FR", "time_zone": None},
        "path": [
            {
                "kind": "work",
                "title": word("a step of a path shown to contacts", TWO),
                "place": "Ici",
                "since": "2019-01",
                "until": None,
                "text": "",
            }
        ],
        "links": [{"label": word("a link shown to nobody else", OWNER), "url": "https://site.example/"}],
        "levels": levels,
    }
    await answered(owner.browser.patch(f"{ME}/profile", json=said))
    mentor = plot.cast["communicator"]
    offer = {"text": "Le métier.", "capacity": 1, "minutes": 30, "formats": ["video"], "languages": ["fr"]}
    await answered(mentor.browser.patch(f"{ME}/profile", json={"mentoring": offer}))
    wished = {"message": f"J’aimerais {word('a request for mentoring', {'member', 'communicator'})}."}
    asking = plot.cast["member"].browser.post(f"{API}/profiles/{mentor.id}/mentorships", json=wished)
    await answered(asking)


async def organisation(plot: Plot) -> None:
    """What those prepare who speak for it."""
    word, communicator = plot.word, plot.cast["communicator"]
    alone = {"communicator"}
    draft = {
        "title": word("the title of an announcement not sent yet", alone),
        "body": f"Bientôt : {word('the words of an announcement not sent yet', alone)}.",
    }
    await answered(communicator.browser.post(DRAFTS, json=draft))
    rule = {"all": [{"kind": "public", "publics": ["partner"]}]}
    await answered(
        communicator.browser.post(
            f"{API}/audiences", json={"name": word("the name of an audience", alone), "rule": rule}
        )
    )
    await list_everybody(plot.cast.server.parvis)
    told = {"business", *SPEAK_FOR_ALL}
    await announce(
        plot.cast.server.parvis,
        communicator,
        title=f"Forum {word('the title of an announcement to an audience', told)}",
        body=f"Venez {word('the words of an announcement to an audience', told)}.",
        to="audience",
        rule=rule,
    )
    administrator = plot.cast["administrator"]
    invitation = {"affiliation": "student", "note": word("the note of an invitation", {"administrator"})}
    await answered(administrator.browser.post(f"{API}/people/invitations", json=invitation))


async def doors(plot: Plot) -> None:
    """What is said at the door of a community."""
    word, owner = plot.word, plot.cast["owner"]
    closed = await make_community(owner, "Sur demande", charter="Soyons courtois.")
    await say(owner, closed, f"Entre membres : {word('a post of a community on request', OWNER)}.")
    await answered(owner.browser.patch(closed.url, json={"access": "on_request"}))
    asked = {"message": f"Je suis {word('a request to join', {'owner', 'outsider'})}."}
    await answered(plot.cast["outsider"].browser.put(f"{closed.url}/request", json=asked))
    called = {
        "member_ids": [plot.cast["invited"].id],
        "message": f"Viens, {word('the message of an invitation', {'invited'})}.",
    }
    await answered(owner.browser.post(f"{plot.secret.url}/invitations", json=called))
    guest = {"email": f"{word('the address of an invited guest', {'owner', 'administrator'})}@ailleurs.example"}
    await answered(owner.browser.post(f"{plot.secret.url}/guest-invitations", json=guest))
    other = await make_community(plot.cast["communicator"], "Ailleurs")
    await plot.cast.put_in(other, "guest", "newcomer")


# --- then -------------------------------------------------------------------------------------------------------------


async def take_away(plot: Plot) -> None:
    """Some lose what they had. What they were told before was theirs to be told."""
    word, owner, cast = plot.word, plot.cast["owner"], plot.cast
    parvis = cast.server.parvis
    await listen(parvis)
    await run_jobs(parvis)
    assert (await owner.browser.delete(f"{plot.secret.url}/members/{cast['removed'].id}")).is_success
    reason = {"reason": word("the reason of a ban", {"owner", "banned"})}
    assert (await owner.browser.put(f"{plot.secret.url}/bans/{cast['banned'].id}", json=reason)).is_success
    for part in ("removed", "left"):
        assert (await plot.group.remove(owner, cast[part])).is_success
    suspended = await cast["administrator"].browser.put(f"{API}/people/{cast['left'].id}/suspension")
    assert suspended.is_success, suspended.text
    await cast.put_in(plot.secret, "newcomer")


async def go_on(plot: Plot) -> None:
    """The others go on, while everybody listens."""
    word, owner, member = plot.word, plot.cast["owner"], plot.cast["member"]
    named = naming(plot, "removed", "banned", "left", "member", "newcomer", "invited", "outsider")
    later = await say(owner, plot.secret, f"Ensuite {word('a post said afterwards', IN)}. {named}", title="")
    await comment(member, later, f"Puis {word('a comment said afterwards', IN)}.")
    await comment(owner, plot.post, f"Encore {word('a comment in a discussion one was in', IN)}.")
    await plot.room.say(member, f"Suite {word('a message said afterwards', IN)}.")
    await plot.group.say(member, f"Suite {word('a message of a group said afterwards', TWO)}.")
    await put_document(owner, plot.folder, f"{word('a document added afterwards', IN)}.txt")
    name = {"name": f"Cercle {word('the later name of the community', KNOW)}"}
    await answered(owner.browser.patch(plot.secret.url, json=name))
    moved = {"title": f"Sortie {word('the later title of an event', IN)}"}
    await answered(owner.browser.patch(url_of(plot.event), json=moved))
    await _seen_before(plot, plot.room.url)
    renamed = {"name": f"Salon {word('the later name of a channel', IN)}"}
    await answered(owner.browser.patch(plot.room.url, json=renamed))
    async with in_page(plot.cast.callers["owner"], plot.page) as hand:
        await hand.kept(await hand.write(f"Ajouté : {word('the words of a page afterwards', IN)}."))
    square = {"body": f"Encore à tous : {word('a later post on the square', ORGANISATION)}."}
    await answered(owner.browser.post(f"{API}/square/posts", json=square))


def naming(plot: Plot, *parts: str) -> str:
    """By name, whoever of them may read it."""
    return " ".join(f"@[x](person:{plot.cast[part].id})" for part in parts)


async def _seen_before(plot: Plot, url: str) -> None:
    """What is about to go away can be seen until then, so that its absence later says something."""
    reply = await plot.cast["owner"].browser.get(url)
    found = words_in(reply.content)
    assert found, url
    plot.garden.seen_before |= found


async def _then(plot: Plot, url: str, end: Callable[[], Awaitable[Any]]) -> None:
    await _seen_before(plot, url)
    ended = await end()
    assert ended.is_success, ended.text
