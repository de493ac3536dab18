"""The companies of Valorne: what they are, and the name of a place or a thing."""

from collections.abc import Sequence

FIRST: Sequence[str] = (
    "Atelier Rivières",
    "Imprimerie du Pont",
    "Coopérative Les Halles",
    "Bureau d’études Amont",
    "Valorne Énergies",
)
"""Those that every demonstration has."""
TRADES: Sequence[str] = (
    *("Atelier", "Bureau d’études", "Cabinet", "Coopérative", "Éditions", "Fonderie", "Imprimerie", "Menuiserie"),
    *("Librairie", "Maison", "Pépinière", "Scierie", "Société", "Studio", "Verrerie"),
)
PLACES: Sequence[str] = (
    *("de la Boucle", "des Écluses", "de la Citadelle", "du Gué", "des Trois Ponts", "de Rocheval", "du Faubourg"),
    *("de Montaigre", "des Tanneurs", "du Vieux Moulin", "de Sainte-Odile", "des Marais"),
)
