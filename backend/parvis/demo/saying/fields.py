"""Which fields somebody fills in, with what, and who may read each."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from parvis.demo.people import Said
from parvis.demo.words.domains import EVERYWHERE
from parvis.demo.words.sentences import CLOSINGS, HEADLINES, OFFERS, OPENINGS
from parvis.profiles.models import FieldName, Level

from .grammar import at
from .path import path_of
from .speaker import Speaker

SILENT = 0.18
"""How many say nothing at all."""
SPOKEN = ("en", "es", "de", "it", "pt", "ar", "zh", "nl", "br")
SPOKEN_BY = (60, 20, 10, 7, 5, 8, 2, 1, 2)

MENTORS = {"alum": 0.095, "staff": 0.09}
"""How many, of those who say something, offer mentoring: six in a hundred of all."""
FORMATS = (["video"], ["video"], ["in_person"], ["video", "in_person"], ["video", "written"])

LEVELS: Mapping[Level, int] = {"organisation": 74, "publics": 10, "communities": 4, "contacts": 7, "me": 5}
LEVELS_OF_OFFERS: Mapping[Level, int] = {"organisation": 90, "publics": 10}
LEVELS_OF_ADDRESSES: Mapping[Level, int] = {"organisation": 25, "publics": 20, "contacts": 55}


def said_by(speaker: Speaker) -> list[Said]:
    """The fields of one profile, each once."""
    if speaker.chance(SILENT):
        return []
    talkative = speaker.draw.uniform(0.5, 1.3)
    said = [
        Said(field, _level(speaker, LEVELS), value(speaker))
        for field, (often, value) in FREE.items()
        if speaker.chance(often * talkative)
    ]
    return [*said, *_kept_elsewhere(speaker), *_offer(speaker)]


def _headline(speaker: Speaker) -> str:
    return _filled(speaker, speaker.one(HEADLINES[speaker.life.part]))


def _biography(speaker: Speaker) -> str:
    opening = _filled(speaker, speaker.one(OPENINGS[speaker.life.part]))
    return f"{opening} {speaker.one(CLOSINGS)}" if speaker.chance(0.7) else opening


def _filled(speaker: Speaker, sentence: str) -> str:
    life = speaker.life
    return sentence.format(
        programme=life.programme or "reprise d’études",
        at_city=at(speaker.city),
        skill=speaker.one(speaker.domain.skills),
        trade=speaker.trade,
        post=life.post or speaker.trade,
        employer=speaker.employer,
        company=life.circle,
        since=life.since,
    )


def _pronouns(speaker: Speaker) -> str:
    own = "elle" if speaker.gender == "female" else "il"
    return str(speaker.draw.choices((own, "iel"), (95, 5))[0])


def _skills(speaker: Speaker) -> list[str]:
    own = speaker.draw.sample(list(speaker.domain.skills), k=speaker.draw.randint(2, 5))
    others = [speaker.one(EVERYWHERE)] if speaker.chance(0.4) else []
    return list(dict.fromkeys([*own, *others]))


def _languages(speaker: Speaker) -> list[dict[str, str]]:
    others = dict.fromkeys(speaker.draw.choices(SPOKEN, SPOKEN_BY, k=speaker.draw.randint(1, 2)))
    learnt = ("A2", "B1", "B2", "B2", "C1", "C2")
    return [{"code": "fr", "level": "native"}, *({"code": code, "level": speaker.one(learnt)} for code in others)]


def _place(speaker: Speaker) -> dict[str, str]:
    city, country, time_zone = speaker.home
    return {"city": city, "country": country, "time_zone": time_zone}


def _kept_elsewhere(speaker: Speaker) -> Iterator[Said]:
    """Levels of what the profile does not keep itself; few people change them."""
    if speaker.chance(0.04):
        yield Said("affiliations", speaker.one(("publics", "contacts")))
    if speaker.chance(0.06):
        yield Said("interests", speaker.one(("publics", "contacts", "me")))
    if speaker.chance(0.3):
        yield Said("email", _level(speaker, LEVELS_OF_ADDRESSES), 0)


def _offer(speaker: Speaker) -> Iterator[Said]:
    if speaker.chance(MENTORS.get(speaker.life.part, 0)):
        offer = {
            "text": speaker.one(OFFERS),
            "minutes": speaker.one((20, 30, 30, 45, 60)),
            "formats": speaker.one(FORMATS),
            "languages": speaker.one((["fr"], ["fr"], ["fr", "en"])),
            "capacity": speaker.draw.randint(1, 4),
        }
        yield Said("mentoring", _level(speaker, LEVELS_OF_OFFERS), offer)


def _level(speaker: Speaker, among: Mapping[Level, int]) -> Level:
    return speaker.draw.choices(list(among), list(among.values()))[0]


FREE: Mapping[FieldName, tuple[float, Callable[[Speaker], Any]]] = {
    "pronouns": (0.12, _pronouns),
    "headline": (0.72, _headline),
    "biography": (0.38, _biography),
    "path": (0.5, path_of),
    "skills": (0.72, _skills),
    "languages": (0.5, _languages),
    "place": (0.8, _place),
}
"""How often each is filled in by somebody neither shy nor talkative, and with what."""
