"""Where people live. Valorne and the towns around it are on no map."""

from collections.abc import Sequence

HOME = "Valorne"
REGION: Sequence[str] = (
    *(
        "Aubrac-les-Prés",
        "Bellerive-en-Valorne",
        "Les Écluses",
        "Montaigre",
        "Pont-de-Lierre",
        "Rocheval",
        "Sainte-Odile",
    ),
    *("Saint-Brice-des-Eaux", "Saint-Maurin", "Villars-la-Boucle"),
)
FRANCE: Sequence[str] = (
    *("Paris", "Paris", "Paris", "Lyon", "Lyon", "Marseille", "Toulouse", "Lille", "Nantes", "Bordeaux", "Strasbourg"),
    *("Rennes", "Grenoble", "Montpellier", "Dijon", "Besançon", "Clermont-Ferrand", "Saint-Étienne", "Tours", "Metz"),
    *("Nancy", "Reims", "Annecy", "Brest", "Orléans", "Pau", "La Rochelle", "Nice", "Limoges", "Saint-Denis"),
)
"""Twice or three times those to which more people go."""
ABROAD: Sequence[tuple[str, str, str]] = (
    ("Montréal", "CA", "America/Toronto"),
    ("Québec", "CA", "America/Toronto"),
    ("Bruxelles", "BE", "Europe/Brussels"),
    ("Liège", "BE", "Europe/Brussels"),
    ("Genève", "CH", "Europe/Zurich"),
    ("Lausanne", "CH", "Europe/Zurich"),
    ("Londres", "GB", "Europe/London"),
    ("Berlin", "DE", "Europe/Berlin"),
    ("Munich", "DE", "Europe/Berlin"),
    ("Rotterdam", "NL", "Europe/Amsterdam"),
    ("Barcelone", "ES", "Europe/Madrid"),
    ("Lisbonne", "PT", "Europe/Lisbon"),
    ("Milan", "IT", "Europe/Rome"),
    ("Luxembourg", "LU", "Europe/Luxembourg"),
    ("Copenhague", "DK", "Europe/Copenhagen"),
    ("Dakar", "SN", "Africa/Dakar"),
    ("Abidjan", "CI", "Africa/Abidjan"),
    ("Casablanca", "MA", "Africa/Casablanca"),
    ("Tunis", "TN", "Africa/Tunis"),
    ("Hanoï", "VN", "Asia/Ho_Chi_Minh"),
    ("New York", "US", "America/New_York"),
    ("Tokyo", "JP", "Asia/Tokyo"),
)
"""City, ISO 3166-1 code of its country, and its time zone."""
