"""The interests that are offered, in the order shown. Keys are stable; words may change."""

from collections.abc import Mapping

from parvis.kernel.errors import Text

INTERESTS: Mapping[str, Text] = {
    "fieldwork": {"fr": "Terrain et rivières", "en": "Fieldwork and rivers"},
    "music": {"fr": "Chorale et musique", "en": "Choir and music"},
    "sport": {"fr": "Sport", "en": "Sport"},
    "campus": {"fr": "Vie du campus", "en": "Campus life"},
    "first-job": {"fr": "Stages et premier emploi", "en": "Internships and first job"},
    "gardens": {"fr": "Jardins et biodiversité", "en": "Gardens and biodiversity"},
    "languages": {"fr": "Langues", "en": "Languages"},
    "free-software": {"fr": "Informatique libre", "en": "Free software"},
    "stage": {"fr": "Théâtre et cinéma", "en": "Theatre and cinema"},
    "solidarity": {"fr": "Solidarité", "en": "Solidarity"},
    "research": {"fr": "Recherche", "en": "Research"},
    "games": {"fr": "Jeux et e-sport", "en": "Games and e-sport"},
}


def in_order(chosen: set[str]) -> list[str]:
    """Those of the list, in its order."""
    return [key for key in INTERESTS if key in chosen]
