"""Texts as long as people write them, in words as frequent as words are (Zipf's law), French with some English.

The commonest words are those that a query does without; then come fifty that are looked for though so many texts have
them, then the words of the judged queries among made ones, each at a rank of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from bench.judging import judged
from parvis.kernel.analysis import LIGHT, Language, tokens_of, words_of

WORDS = 30_000
COMMON = (
    *("cours", "salle", "groupe", "étudiants", "travail", "semaine", "projet", "université", "merci", "question"),
    *("réunion", "dossier", "stage", "jour", "année", "personnes", "temps", "recherche", "semestre", "rencontre"),
    *("bibliothèque", "inscription", "campus", "document", "séance", "équipe", "mémoire", "examen", "lundi", "horaire"),
    *("résultats", "aide", "matériel", "carte", "sortie", "atelier", "programme", "thèse", "données", "article"),
    *("lecture", "exposé", "calendrier", "visite", "musique", "student", "course", "research", "meeting", "library"),
)
"""Words that are looked for, and that the most texts have."""
BEGINNINGS = ("ba", "con", "dé", "ex", "fa", "gra", "hu", "in", "jo", "la", "mé", "no", "or", "pré", "qua", "ré", "su")
MIDDLES = ("bi", "ca", "di", "fi", "gé", "li", "mo", "na", "po", "ri", "sta", "té", "va")
ENDINGS = ("tion", "ment", "eur", "euse", "ité", "isme", "age", "able", "ique", "ance", "ing", "ness", "er", "és")


@dataclass(frozen=True, slots=True)
class Word:
    """`tokens`: by which it is found, as `analysis` makes them."""

    written: str
    folded: str
    tokens: tuple[str, ...]


@dataclass
class Vocabulary:
    """Draws texts. One seed draws the same."""

    draw: Random
    words: list[Word] = field(init=False)
    _weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        asked = [word for query in judged() for word in words_of(query.q)]
        rare = list(dict.fromkeys([*asked, *self._made(WORDS)]))[:WORDS]
        known = {*LIGHT, *map(_folded, COMMON)}
        rest = [word for word in rare if _folded(word) not in known]
        self.draw.shuffle(rest)
        ranked = [*sorted(LIGHT, key=len), *COMMON, *rest]
        self.words = [_word(written, "en" if place % 12 == 0 else "fr") for place, written in enumerate(ranked)]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(1, len(ranked) + 1)))

    def text(self, usual: int) -> Sequence[Word]:
        """So many words, more or less."""
        count = max(1, int(self.draw.lognormvariate(0, 0.5) * usual))
        return self.draw.choices(self.words, cum_weights=self._weights, k=count)

    def _made(self, count: int) -> list[str]:
        draw = self.draw
        return [
            draw.choice(BEGINNINGS)
            + "".join(draw.choices(MIDDLES, k=draw.randint(1, 3)))
            + (draw.choice(ENDINGS) if draw.random() < 0.8 else "")
            for _ in range(count)
        ]


def _word(written: str, language: Language) -> Word:
    return Word(written, _folded(written), tuple(tokens_of(written, language)))


def _folded(written: str) -> str:
    return "".join(words_of(written))
