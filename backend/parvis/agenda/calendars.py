"""Events as iCalendar (RFC 5545): in UTC, so that no time zone has to be described; whole days as dates."""

from collections.abc import Iterable
from datetime import timedelta

import icalendar

from parvis.engagement.mentions import words_of
from parvis.kernel.errors import Text
from parvis.kernel.i18n import Language, pick
from parvis.kernel.text import beginning

from .queries import Dated

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Parvis//Agenda//FR"
ASKED_AGAIN = timedelta(hours=1)
DESCRIBED = 2_000
"""How much of a post is told, in letters."""
NAME: Text = {"fr": "Agenda Parvis", "en": "Parvis calendar"}


def written(events: Iterable[Dated], public_url: str, language: Language, *, followed: bool = False) -> bytes:
    """A calendar that holds these. `followed`: it is asked again and again."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if followed:
        calendar.add("name", pick(NAME, language))
        calendar.add("x-wr-calname", pick(NAME, language))
        calendar.add("refresh-interval", ASKED_AGAIN, parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", ASKED_AGAIN)
    for event in events:
        calendar.add_component(_component(event, public_url))
    body: bytes = calendar.to_ical()
    return body


def _component(event: Dated, public_url: str) -> icalendar.Event:
    post, gathering = event.post, event.seen.gathering
    link = f"{public_url}/posts/{post.id}"
    changed = max(filter(None, (post.said_at, post.edited_at, gathering.cancelled_at))).replace(microsecond=0)
    component = icalendar.Event()
    component.add("uid", f"{post.id}@parvis")
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("created", post.said_at.replace(microsecond=0))
    component.add("sequence", gathering.sequence)
    component.add("status", _status(event))
    component.add("summary", post.title)
    if gathering.whole_day:
        component.add("dtstart", gathering.first_day)
        component.add("dtend", gathering.last_day + timedelta(days=1))
        component.add("transp", "TRANSPARENT")
    else:
        component.add("dtstart", gathering.starts_at)
        component.add("dtend", gathering.ends_at)
    component.add("description", "\n\n".join(filter(None, (_words(event), gathering.link, link))))
    if gathering.place or gathering.link:
        component.add("location", gathering.place or gathering.link)
    component.add("url", link)
    if event.places:
        component.add("categories", [place.name for place in event.places])
    return component


def _status(event: Dated) -> str:
    """Of who may come, or waits for a seat, not sure yet."""
    gathering, mine = event.seen.gathering, event.seen.mine
    if gathering.cancelled_at is not None:
        return "CANCELLED"
    return "TENTATIVE" if mine and (mine.waits or mine.answer == "maybe") else "CONFIRMED"


def _words(event: Dated) -> str:
    return beginning(words_of(event.post.body), DESCRIBED)
