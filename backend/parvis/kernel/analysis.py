"""What search compares: the words of a text, folded, and their stems in French or English.

The same analysis feeds both databases and every query, so that both find the same: "benoit" finds "Benoît",
"etudiante" finds "étudiants". A stem is marked, and so never taken for a word: names are found as they are written.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from Stemmer import Stemmer

from .text import fold

Language = Literal["fr", "en"]

STEMMERS: dict[Language, str] = {"fr": "french", "en": "english"}
STEM = "_"
"""Begins every stem. No word has it."""
LONGEST = 64
"""Letters of a word that count."""
SHORTEST_BEGINNING = 3
"""The last word typed is taken for a beginning from this many letters on: below, it would find almost everybody."""
MOST_WORDS = 12
"""Words of a query that count."""
WORD = re.compile(r"[^\W_]+")
HYPHEN = re.compile(r"[-\u2010\u2011]")
HYPHENED = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)+")
LIGHT = frozenset(
    {
        *("a", "an", "and", "as", "at", "au", "aux", "avec", "by", "c", "ce", "ces", "chez", "d", "dans", "de"),
        *("des", "du", "elle", "en", "est", "et", "for", "from", "i", "il", "in", "is", "j", "je", "l", "la", "le"),
        *("les", "m", "n", "of", "on", "or", "ou", "par", "pas", "pour", "qu", "que", "qui", "s", "sa", "se", "ses"),
        *("son", "sur", "t", "the", "to", "un", "une", "with"),
        *("comment", "combien", "quand", "quel", "quelle", "quels", "quelles", "pourquoi", "quoi", "faut", "mon", "ma"),
        *("mes", "nos", "notre", "vos", "votre", "y", "how", "what", "where", "when", "which", "who", "why", "do"),
        *("does", "can", "are", "my", "our", "your", "there", "it", "this", "that"),
    }
)
"""Words that a query does without when it has others."""


ALIKE: tuple[tuple[str, ...], ...] = (
    ("asso", "association"),
    ("bicyclette", "velo"),
    ("bibliotheque", "bu", "library"),
    ("bourse", "scholarship"),
    ("choeur", "choir", "chorale"),
    ("cine", "cinema"),
    ("coloc", "colocation"),
    ("commencer", "debuter"),
    ("ecologie", "environnement"),
    ("emploi", "job", "travail"),
    ("enseignant", "prof", "professeur"),
    ("exam", "examen", "partiel"),
    ("fac", "faculte", "universite", "university"),
    ("foot", "football"),
    ("housing", "logement"),
    ("internship", "stage"),
    ("meeting", "reunion"),
    ("ordi", "ordinateur"),
    ("photo", "photographie"),
    ("resto", "restaurant", "ru"),
    ("timetable", "horaire"),
)
"""Words that a university says for the same thing, folded: a query for one finds the others."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word that is looked for: any of these tokens, or one that begins so."""

    tokens: tuple[str, ...]
    beginning: str | None


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in order, each once; of those with a hyphen, also the whole without it."""
    return list(dict.fromkeys(filter(None, map(_folded, (*_written(text), *_joined(text))))))


def sequence_of(text: str, most: int | None = None) -> str:
    """The words of a text, folded, in the order in which they stand, as often as they do, with spaces around each:
    where phrases are found. `most`: letters of the text that are read."""
    words = filter(None, map(_folded, _written(text[:most])))
    return f" {' '.join(words)} "


def tokens_of(text: str, language: Language) -> list[str]:
    """The words of a text and their stems, each once: what is kept of a text to find it by."""
    found = dict.fromkeys(words_of(text))
    found.update(dict.fromkeys(stem for word in (*_written(text), *_joined(text)) for stem in _stems(word, language)))
    return list(found)


def forms_of(word: str) -> list[str]:
    """One word of a text, folded, and its stems in either language: by which a query's terms know it."""
    return [_folded(word), *(stem for language in STEMMERS for stem in _stems(word.lower(), language))]


def terms_of(query: str) -> list[Term]:
    """What somebody looks for, whose every term must be found. The last may still be being typed.

    A query may be in either language, so a word is looked for by its stems in both.
    """
    written = list(dict.fromkeys(_written(query)))[:MOST_WORDS]
    heavy = [word for word in written if _folded(word) not in LIGHT] or written
    return [_term(word, is_last=number == len(heavy)) for number, word in enumerate(heavy, start=1) if _folded(word)]


def _term(word: str, *, is_last: bool) -> Term:
    plain = _folded(word)
    stems = [stem for language in STEMMERS for stem in _stems(word, language)]
    alike = [token for other in _ALIKE.get(_stem_of(plain), ()) if other != plain for token in forms_of(other)]
    begins = is_last and len(plain) >= SHORTEST_BEGINNING
    return Term(tuple(dict.fromkeys((plain, *stems, *alike))), plain if begins else None)


def _written(text: str) -> Sequence[str]:
    return WORD.findall(unicodedata.normalize("NFC", text).lower())


def _joined(text: str) -> list[str]:
    """Words with a hyphen, without it: "covoiturage" finds "co-voiturage"."""
    return [HYPHEN.sub("", word) for word in HYPHENED.findall(text.lower())] if HYPHEN.search(text) else []


def _folded(word: str) -> str:
    return "".join(letter for letter in fold(word) if letter.isalnum())[:LONGEST]


def _stems(word: str, language: Language) -> Iterator[str]:
    """Of the word as written and of its folded form: a stemmer goes by accents, which people leave out."""
    for form in dict.fromkeys((word, _folded(word))):
        if stem := _folded(_stemmer(language).stemWord(form)):
            yield STEM + stem


def _stem_of(word: str) -> str:
    return next(_stems(word, "fr"), word)


class _Stemmers(threading.local):
    """A stemmer must not be used by two threads at once: SQLite's writer has one of its own."""

    def __init__(self) -> None:
        self.of: dict[Language, Stemmer] = {language: Stemmer(name) for language, name in STEMMERS.items()}


_stemmers = _Stemmers()


def _stemmer(language: Language) -> Stemmer:
    return _stemmers.of[language]


_ALIKE = {_stem_of(word): group for group in ALIKE for word in group}
