"""The path somebody has come: studies and work, latest first, in the shape that profiles keep."""

from collections.abc import Iterator
from typing import Any

from parvis.demo.words.cities import HOME

from .speaker import HERE, Speaker

Step = dict[str, Any]


def path_of(speaker: Speaker) -> list[Step]:
    """A few steps, without those that the registers already tell of everybody."""
    steps = [*_work(speaker), *_studies(speaker)]
    return sorted(steps, key=lambda step: (str(step["since"]), str(step["title"])), reverse=True)


def _studies(speaker: Speaker) -> Iterator[Step]:
    """One step for all years of study in a row that lead to the same name of a subject."""
    spans: dict[str, tuple[int, int | None]] = {}
    for held in speaker.life.held:
        if held.kind == "student" and held.programme:
            subject = held.programme.partition(" ")[2].lstrip("0123456789 ")
            first = spans.get(subject, (held.starts_on.year, None))[0]
            spans[subject] = (first, held.ends_on.year if held.ends_on else None)
    for subject, (first, last) in spans.items():
        yield _step("study", subject, HERE, first, last)


def _work(speaker: Speaker) -> Iterator[Step]:
    life = speaker.life
    if life.part == "alum":
        yield from _career(speaker, life.since)
    elif life.part == "staff":
        yield _step("work", life.post or "Personnel", HERE, life.since, _end_of_post(speaker))
        if life.since - life.born > 30 and speaker.chance(0.6):
            yield _step("work", speaker.trade, speaker.employer, life.since - 4, life.since)
    elif life.part == "partner":
        yield _step("work", life.post or speaker.trade, life.circle, life.since, None)
    elif speaker.chance(0.25):
        yield _step("volunteering", "Bénévolat", "Épicerie solidaire de Valorne", speaker.year, None)


def _career(speaker: Speaker, left: int) -> Iterator[Step]:
    """One to three posts from graduation on, the last of them still held."""
    posts = min(speaker.draw.randint(1, 3), max(1, (speaker.year - left) // 3))
    length = max(1, (speaker.year - left) // posts)
    for number in range(posts - 1):
        since = left + number * length
        yield _step("work", speaker.some_trade(), speaker.employer_at(HOME), since, since + length)
    yield _step("work", speaker.trade, speaker.employer, left + (posts - 1) * length, None)


def _end_of_post(speaker: Speaker) -> int | None:
    ends = [held.ends_on for held in speaker.life.held if held.kind in {"faculty", "staff", "employee"}]
    known = [end.year for end in ends if end is not None]
    return max(known) if len(known) == len(ends) and max(known) <= speaker.year else None


def _step(kind: str, title: str, place: str, since: int, until: int | None) -> Step:
    return {
        "kind": kind,
        "title": title,
        "place": place,
        "since": str(since),
        "until": str(until) if until else None,
        "text": "",
    }
