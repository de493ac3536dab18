"""Why a line is refused, and what is said of the others, in words."""

from collections.abc import Mapping
from typing import Literal, get_args

from parvis.kernel.errors import Text

Code = Literal[
    "encoding",
    "nul",
    "control",
    "quotes",
    "too_long",
    "columns",
    "missing",
    "unknown_affiliation",
    "bad_date",
    "bad_year",
    "start_needed",
    "ends_before_start",
    "bad_address",
    "contradiction",
    "too_many",
    "address_twice",
    "unknown_unit",
    "unknown_programme",
    "programme_needed",
    "unknown_kind",
    "code_twice",
    "unknown_parent",
    "loop",
    "above_you",
    "erased",
    "address_of_another",
]
"""Reasons to refuse a line. They are stable."""

REASONS: Mapping[Code, Text] = {
    "encoding": {"fr": "La ligne n’est pas en UTF-8.", "en": "The line is not UTF-8."},
    "nul": {"fr": "La ligne contient un caractère nul.", "en": "The line holds a NUL character."},
    "control": {"fr": "Un caractère invisible est interdit ici.", "en": "An invisible character is forbidden here."},
    "quotes": {
        "fr": "Un guillemet n’est pas fermé, ou est mal placé.",
        "en": "A quote is not closed, or stands in the wrong place.",
    },
    "too_long": {"fr": "C’est trop long.", "en": "This is too long."},
    "columns": {
        "fr": "La ligne n’a pas le même nombre de colonnes que l’en-tête.",
        "en": "The line does not have as many columns as the header.",
    },
    "missing": {"fr": "Cette valeur manque.", "en": "This value is missing."},
    "unknown_affiliation": {
        "fr": "Ce n’est pas une affiliation eduPerson.",
        "en": "This is not an eduPerson affiliation.",
    },
    "bad_date": {
        "fr": "Cette date n’est pas lisible\u00a0: AAAA-MM-JJ ou JJ/MM/AAAA.",
        "en": "This date cannot be read: YYYY-MM-DD or DD/MM/YYYY.",
    },
    "bad_year": {"fr": "Cette année n’est pas lisible.", "en": "This year cannot be read."},
    "start_needed": {"fr": "Une fin veut aussi un début.", "en": "An end needs a start too."},
    "ends_before_start": {"fr": "La fin doit suivre le début.", "en": "The end must follow the start."},
    "bad_address": {"fr": "Ce n’est pas une adresse e-mail.", "en": "This is not an e-mail address."},
    "contradiction": {
        "fr": "Une ligne plus haut dit autre chose de la même personne.",
        "en": "A line above says something else of the same person.",
    },
    "too_many": {"fr": "La même personne a déjà 50 lignes.", "en": "The same person has 50 lines already."},
    "address_twice": {
        "fr": "Une ligne plus haut donne cette adresse à quelqu’un d’autre.",
        "en": "A line above gives this address to somebody else.",
    },
    "unknown_unit": {"fr": "Aucune composante n’a ce code.", "en": "No unit has this code."},
    "unknown_programme": {"fr": "Aucune formation n’a ce code.", "en": "No programme has this code."},
    "programme_needed": {"fr": "Une promotion veut une formation.", "en": "A cohort needs a programme."},
    "unknown_kind": {"fr": "Ce type n’existe pas.", "en": "There is no such kind."},
    "code_twice": {"fr": "Une ligne plus haut a ce code.", "en": "A line above has this code."},
    "unknown_parent": {"fr": "Aucune composante n’a ce code parent.", "en": "No unit has this parent code."},
    "loop": {"fr": "Cette composante se contiendrait elle-même.", "en": "This unit would contain itself."},
    "above_you": {
        "fr": "Seuls les administrateurs gèrent cette personne.",
        "en": "Only administrators manage this person.",
    },
    "erased": {"fr": "Cette personne a supprimé son compte.", "en": "This person deleted the account."},
    "address_of_another": {
        "fr": "Cette adresse est celle de quelqu’un qui a un autre identifiant.",
        "en": "This address belongs to somebody with another identifier.",
    },
}

WORDS: Mapping[str, Text] = {
    "created": {"fr": "Personne ajoutée", "en": "Person added"},
    "changed": {"fr": "Personne modifiée", "en": "Person changed"},
    "absent": {"fr": "Affiliation absente d’un fichier complet", "en": "Affiliation absent from a complete file"},
    "same_address": {
        "fr": "Un compte sans identifiant a vérifié cette adresse",
        "en": "An account without identifier verified this address",
    },
    "same_name": {
        "fr": "Un compte sans identifiant porte ce nom",
        "en": "An account without identifier has this name",
    },
}
"""What findings other than refusals say, by their code."""

FAILURES: Mapping[str, Text] = {
    "empty": {"fr": "Le fichier est vide.", "en": "The file is empty."},
    "encoding": {
        "fr": "L’en-tête n’est pas en UTF-8. Enregistrez le fichier en CSV UTF-8.",
        "en": "The header is not UTF-8. Save the file as CSV UTF-8.",
    },
    "columns_missing": {
        "fr": "Il manque des colonnes à l’en-tête.",
        "en": "The header lacks columns.",
    },
    "columns_twice": {"fr": "Une colonne figure deux fois.", "en": "A column stands twice."},
    "places_too_many": {
        "fr": "Le fichier des composantes dépasse 20\u00a0000 lignes.",
        "en": "The units' file has more than 20,000 lines.",
    },
    "file_gone": {"fr": "Le fichier n’est plus là.", "en": "The file is gone."},
}
"""Why a whole file is refused."""


EVERYTHING: dict[str, Text] = {str(code): text for code, text in REASONS.items()} | dict(WORDS)


def words_of(code: str) -> Text:
    """What a finding with this code says. Raises KeyError for one that is none."""
    return EVERYTHING[code]


assert set(REASONS) == set(get_args(Code))
