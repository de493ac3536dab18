"""Where those who left work, and which domains lead there. Sentences take `{city}`, `{of_city}`, `{at_city}`."""

from collections.abc import Mapping, Sequence

EMPLOYERS: Mapping[str, Sequence[str]] = {
    "public": ("Ville {of_city}", "Métropole {of_city}", "Conseil départemental, {city}", "Agence de l’eau, {city}"),
    "business": (
        "Bureau d’études {at_city}",
        "Jeune entreprise {at_city}",
        "Coopérative {at_city}",
        "À son compte, {city}",
    ),
    "culture": ("Musée {of_city}", "Médiathèque {of_city}", "Festival {of_city}", "Association {at_city}"),
    "care": ("Hôpital {of_city}", "Centre de santé {of_city}", "Mutuelle {at_city}", "Maison d’accueil {at_city}"),
    "school": ("Lycée, {city}", "Collège, {city}", "Université {of_city}", "École, {city}"),
    "law": ("Cabinet {at_city}", "Étude {at_city}", "Tribunal {of_city}"),
    "laboratory": ("Centre de recherche, {city}", "Laboratoire {at_city}", "Université {of_city}"),
}
BY_DOMAIN: Mapping[str, Sequence[str]] = {
    "geography": ("public", "business", "laboratory"),
    "planning": ("public", "business"),
    "history": ("culture", "school", "public"),
    "letters": ("culture", "school", "business"),
    "languages": ("business", "school"),
    "arts": ("culture", "business"),
    "computing": ("business", "public", "laboratory"),
    "mathematics": ("business", "school", "laboratory"),
    "life": ("laboratory", "public"),
    "matter": ("laboratory", "business"),
    "law": ("law", "public"),
    "government": ("public",),
    "engineering": ("business", "public"),
    "music": ("culture", "school"),
    "management": ("business", "public"),
    "health": ("care",),
    "society": ("care", "public"),
    "sport": ("school", "care"),
    "education": ("school",),
    "administration": ("public", "business"),
    "company": ("business",),
}
