"""What a client does with events: docs/events.md, in one file. It holds answers of the server, each by the path at
which it was fetched, and `hear` says which of them an event makes old: to be fetched anew when they are shown next.

The tests hold this against the server: for every type of event, what is held by these rules is what a fetch returns.
Events are about the member and the places he is in. Of other people and places he holds what he saw when he looked.

    held.keep("/posts/018f…", answer)         # whenever something is fetched
    Follower(url, token, begin, held.hear)    # docs/follow.py
    for path in held.old & shown: …           # fetch, and keep; a 404 says that it is gone: held.drop(path)
"""

from collections.abc import Callable, Iterator
from typing import Any

Event = dict[str, Any]
Answer = Any

WALLS = ("/communities/*/posts", "/square/posts")
LISTS = (*WALLS, "/feed/**", "/agenda", "/announcements", "/me/bookmarks")
"""Lists that show posts."""
POST = ("/posts/{id}/**", *LISTS)
DISCUSSION = ("/posts/{post_id}/**", *LISTS)
COMMUNITIES = ("/communities", "/communities/suggestions", "/communities/tags", "/me/community-invitations")
COMMUNITY = (*COMMUNITIES, "/communities/{place}/**")
CONVERSATION = (
    "/conversations",
    "/conversations/unread",
    "/conversations/{conversation_id}/**",
    "/communities/*/channels",
)
MESSAGE = (*CONVERSATION, "/messages/{id}/**", "/messages/{root_id}/**")
"""What `message.posted` says need not be fetched, where it is `complete`."""
TIES = ("/me/contacts", "/me/contact-requests/**", "/profiles/*/ties", "/profiles/*")
TOLD = ("/notifications/**",)
TALK = ("/conversations/**", "/messages/**", "/communities/*/channels")
SPACES = ("/folders/**", "/documents/**", "/me/space", "/communities/*/space", "/me/page-tasks")
PLACE = (*COMMUNITY, *LISTS, "/posts/**", *TOLD, "/cases/**", *TALK, *SPACES)
"""All that one may do, see or be told differently once another way stands open in a place."""

ANEW: dict[str, tuple[str, ...]] = {
    "access.gained": PLACE,
    "access.lost": PLACE,
    "access.changed": PLACE,
    "member.updated": ("/me", "/session", "/me/profile/**", "/profiles/{member}", "/me/space", "/documents/spaces"),
    "member.roles_changed": ("/me", "/session", "/communities/**", "/posts/**", *LISTS, "/cases/**"),
    "member.credentials_changed": ("/me", "/me/addresses", "/me/credentials", "/me/passkeys"),
    "session.opened": ("/me/sessions",),
    "session.revoked": ("/me/sessions",),
    "token.created": ("/me/tokens",),
    "token.revoked": ("/me/tokens",),
    "organisation.changed": ("/organisation",),
    "structure.changed": ("/units/**", "/programmes/**", "/cohorts/**"),
    "profile.changed": ("/me/profile/**", "/profiles/{id}", "/session"),
    "interests.chosen": ("/me/interests",),
    "contacts.changed": TIES,
    "blocks.changed": ("/me/blocks", *TIES, *LISTS, "/posts/**", "/communities/*/members", *TOLD, *TALK),
    "mentorship.changed": ("/mentorships/**", "/profiles/*/ties"),
    "notification_choices.changed": ("/me/notification-choices", "/communities/*/notification-level"),
    "community.created": COMMUNITY,
    "community.changed": (*COMMUNITY, *LISTS, "/posts/**", *TOLD, *TALK, *SPACES),
    "community.people_changed": COMMUNITY,
    "community.door_changed": ("/communities/{id}/requests/**",),
    "community.invitations_changed": COMMUNITIES,
    "community.automatic_changed": ("/communities/{id}/automatic-membership",),
    "audience.changed": ("/audiences/**",),
    "calendar.feed_changed": ("/me/calendar-feed",),
    "conversation.changed": CONVERSATION,
    "conversation.mine_changed": CONVERSATION,
    "folder.followed": ("/folders/{folder_id}",),
    "folder.changed": SPACES,
    "document.changed": SPACES,
    "page.thread_changed": ("/pages/{document_id}/threads/**",),
    "message.posted": MESSAGE,
    "message.changed": (*MESSAGE, *TOLD),
    "message.unfurled": MESSAGE,
    "message.deleted": (*MESSAGE, *TOLD),
    "message.reactions_changed": MESSAGE,
    "message.pin_changed": MESSAGE,
    "thread.mine_changed": ("/conversations/{conversation_id}/messages", "/messages/{root_id}/**"),
    "chat.mine_chosen": ("/me/chat-preferences", "/conversations/*/readers"),
    "post.published": (*POST, "/communities", "/communities/{place}"),
    "post.changed": POST,
    "post.deleted": (*POST, *TOLD),
    "post.unfurled": POST,
    "post.pin_changed": POST,
    "post.answer_accepted": (*POST, *TOLD),
    "post.reactions_changed": POST,
    "post.poll_voted": POST,
    "post.idea_changed": POST,
    "post.event_answered": POST,
    "post.seat_given": POST,
    "post.mine_changed": POST,
    "post.scheduled_changed": ("/me/scheduled-posts/**",),
    "announcement.told": POST,
    "announcement.draft_changed": ("/announcements/**",),
    "comment.added": (*DISCUSSION, "/communities", "/communities/{place}"),
    "comment.changed": DISCUSSION,
    "comment.deleted": (*DISCUSSION, *TOLD),
    "comment.reactions_changed": DISCUSSION,
    "member.mentioned": ("/feed/**",),
    "member.answered": ("/feed/**",),
    "notifications.changed": TOLD,
    "report.sent": ("/me/reports",),
    "report.received": ("/cases/**", "/communities/{place}/cases/**"),
    "case.decided": ("/cases/**", "/communities/{place}/cases/**"),
    "report.decided": ("/me/reports",),
    "member.moderated": ("/me/decisions", *LISTS, "/posts/{about}/**"),
    "export.asked": ("/me/exports",),
    "export.ready": ("/me/exports",),
    "export.deleted": ("/me/exports",),
}
"""Type of event -> what to fetch anew of what one holds. `*`: any one part of a path; `/**`: it, and all below."""


class Held:
    """Answers by path, and which of them are old."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.old: set[str] = set()

    def keep(self, path: str, answer: Answer) -> None:
        self.answers[path] = answer
        self.old.discard(path)

    def drop(self, path: str) -> None:
        self.answers.pop(path, None)
        self.old.discard(path)

    def hear(self, event: Event) -> None:
        """Twice changes nothing. An event of a type that is not known is passed over."""
        if event["type"] == "access.lost":
            self._forget(_place(event))
        if event["type"] in PATCHES:
            PATCHES[event["type"]](self, event["data"])
        named = {**event["data"], "place": _place(event), "member": event["topic"].partition(":")[2]}
        for pattern in ANEW.get(event["type"], ()):
            self.old.update(path for path in self.answers if _is_like(path, pattern.format_map(named)))

    def _forget(self, place: str) -> None:
        """What it is about is not his to read any more."""
        for path in [path for path in self.answers if place in path]:
            self.drop(path)

    def all_of(self, id_: str) -> Iterator[dict[str, Any]]:
        """What is held of one thing, in whichever answers."""
        return _within(list(self.answers.values()), id_)


def _my_reaction(held: Held, data: dict[str, Any]) -> None:
    for subject in held.all_of(data["id"]):
        for reaction in subject.get("reactions", ()):
            if reaction["kind"] == data["reaction"]:
                reaction["mine"] = data["stands"]


def _my_bookmark(held: Held, data: dict[str, Any]) -> None:
    for subject in held.all_of(data["id"]):
        if "bookmarked" in subject:
            subject["bookmarked"] = data["stands"]
    held.old.update({"/me/bookmarks"} & held.answers.keys())


def _people(held: Held, data: dict[str, Any]) -> None:
    for community in held.all_of(data["id"]):
        if "people" in community:
            community["people"] = data["people"]


PATCHES: dict[str, Callable[[Held, dict[str, Any]], None]] = {
    "reaction.mine_changed": _my_reaction,
    "bookmark.mine_changed": _my_bookmark,
    "community.people_changed": _people,
}
"""What needs no fetch, since the event says it."""


def _place(event: Event) -> str:
    """The community that it is about, if it is about one."""
    about, topic = str(event["data"].get("about", "")), event["topic"]
    return str(event["data"].get("community_id") or about.partition(":")[2] or topic.partition(":")[2])


def _is_like(path: str, pattern: str) -> bool:
    parts, wanted = path.partition("?")[0].split("/"), pattern.removesuffix("/**").split("/")
    is_deep = pattern.endswith("/**") and len(parts) > len(wanted)
    return (is_deep or len(parts) == len(wanted)) and all(
        want in {"*", part} for part, want in zip(parts, wanted, strict=False)
    )


def _within(answer: Answer, id_: str) -> Iterator[dict[str, Any]]:
    if isinstance(answer, dict):
        if answer.get("id") == id_:
            yield answer
        for part in answer.values():
            yield from _within(part, id_)
    elif isinstance(answer, list):
        for part in answer:
            yield from _within(part, id_)
