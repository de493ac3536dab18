"""What the university is made of: components with their departments, subjects and laboratories, and services."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TRACKS: Mapping[str, Sequence[str]] = {
    "licence": ("L1", "L2", "L3"),
    "master": ("M1", "M2"),
    "but": ("BUT 1", "BUT 2", "BUT 3"),
    "engineer": ("1A", "2A", "3A"),
    "du": ("DU",),
    "doctorate": ("Doctorat",),
}
"""The years of each degree, in order; a thesis is one programme, whatever it takes."""
THESIS_YEARS = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """Something studied: its name, its letters in codes, the degrees it leads to, and the trade it teaches."""

    name: str
    code: str
    tracks: Sequence[str]
    domain: str


@dataclass(frozen=True, slots=True)
class Department:
    """A department of a component, and what it teaches."""

    name: str
    subjects: Sequence[Subject]


@dataclass(frozen=True, slots=True)
class Component:
    """A faculty, school or institute. `weight`: its share of the students."""

    name: str
    code: str
    weight: int
    departments: Sequence[Department]
    laboratories: Sequence[str]


FULL = ("licence", "master", "doctorate")
MASTER = ("master", "doctorate")

COMPONENTS: Sequence[Component] = (
    Component(
        "Faculté de géographie",
        "GEO",
        8,
        (
            Department(
                "Département de géographie",
                (
                    Subject("Géographie", "GEO", FULL, "geography"),
                    Subject("Sciences de l’eau", "EAU", MASTER, "geography"),
                ),
            ),
            Department(
                "Département d’aménagement",
                (
                    Subject("Aménagement", "AME", ("licence",), "planning"),
                    Subject("Urbanisme", "URB", MASTER, "planning"),
                ),
            ),
        ),
        ("Laboratoire Rivières et territoires",),
    ),
    Component(
        "Faculté des lettres",
        "LET",
        13,
        (
            Department(
                "Département d’histoire",
                (
                    Subject("Histoire", "HIS", FULL, "history"),
                    Subject("Archives et patrimoine", "ARP", ("master", "du"), "history"),
                ),
            ),
            Department(
                "Département de lettres",
                (
                    Subject("Lettres modernes", "LEM", FULL, "letters"),
                    Subject("Philosophie", "PHI", FULL, "letters"),
                    Subject("Métiers du livre", "LIV", ("master",), "letters"),
                ),
            ),
            Department(
                "Département de langues",
                (
                    Subject("Langues étrangères", "LEA", FULL, "languages"),
                    Subject("Traduction", "TRA", ("master",), "languages"),
                ),
            ),
            Department("Département de cinéma", (Subject("Cinéma", "CIN", FULL, "arts"),)),
        ),
        ("Laboratoire Textes et mémoires", "Laboratoire Images et récits"),
    ),
    Component(
        "Faculté des sciences",
        "SCI",
        15,
        (
            Department(
                "Département d’informatique",
                (
                    Subject("Informatique", "INF", FULL, "computing"),
                    Subject("Données et apprentissage", "DON", MASTER, "computing"),
                ),
            ),
            Department("Département de mathématiques", (Subject("Mathématiques", "MAT", FULL, "mathematics"),)),
            Department(
                "Département de biologie",
                (
                    Subject("Biologie", "BIO", FULL, "life"),
                    Subject("Écologie", "ECO", MASTER, "life"),
                ),
            ),
            Department(
                "Département de physique et chimie",
                (
                    Subject("Physique", "PHY", FULL, "matter"),
                    Subject("Chimie", "CHI", FULL, "matter"),
                ),
            ),
        ),
        ("Laboratoire d’informatique de Valorne", "Laboratoire du vivant", "Laboratoire Matière et lumière"),
    ),
    Component(
        "Faculté de droit",
        "DRO",
        13,
        (
            Department(
                "Département de droit privé",
                (
                    Subject("Droit", "DRT", FULL, "law"),
                    Subject("Droit notarial", "NOT", ("master",), "law"),
                ),
            ),
            Department(
                "Département de droit public",
                (
                    Subject("Administration publique", "ADP", ("licence", "master"), "government"),
                    Subject("Science politique", "POL", FULL, "government"),
                    Subject("Droit de l’environnement", "DEN", ("master", "du"), "law"),
                ),
            ),
        ),
        ("Centre de recherches juridiques",),
    ),
    Component(
        "École d’ingénieurs",
        "ING",
        6,
        (
            Department(
                "Département de génie civil",
                (
                    Subject("Génie civil", "GCI", ("engineer", "doctorate"), "engineering"),
                    Subject("Hydraulique", "HYD", ("engineer", "doctorate"), "engineering"),
                ),
            ),
            Department(
                "Département d’énergie", (Subject("Énergies", "ENE", ("engineer", "doctorate"), "engineering"),)
            ),
        ),
        ("Laboratoire Ouvrages et énergies",),
    ),
    Component(
        "Institut de musique",
        "MUS",
        2,
        (
            Department(
                "Département de musique",
                (
                    Subject("Musicologie", "MUS", FULL, "music"),
                    Subject("Direction de chœur", "CHO", ("du",), "music"),
                ),
            ),
        ),
        (),
    ),
    Component(
        "Institut universitaire de technologie",
        "IUT",
        10,
        (
            Department(
                "Département Gestion des entreprises",
                (Subject("Gestion des entreprises", "GEA", ("but",), "management"),),
            ),
            Department("Département Mesures physiques", (Subject("Mesures physiques", "MPH", ("but",), "matter"),)),
            Department(
                "Département Informatique de l’IUT", (Subject("Développement logiciel", "DEV", ("but",), "computing"),)
            ),
            Department(
                "Département Métiers du multimédia", (Subject("Métiers du multimédia", "MMI", ("but",), "arts"),)
            ),
        ),
        (),
    ),
    Component(
        "Faculté d’économie et de gestion",
        "EGE",
        11,
        (
            Department(
                "Département d’économie",
                (
                    Subject("Économie", "ECN", FULL, "management"),
                    Subject("Économie sociale et solidaire", "ESS", ("master", "du"), "management"),
                ),
            ),
            Department(
                "Département de gestion",
                (
                    Subject("Gestion", "GES", ("licence", "master"), "management"),
                    Subject("Comptabilité", "CPT", ("master",), "management"),
                ),
            ),
        ),
        ("Laboratoire d’économie des territoires",),
    ),
    Component(
        "Faculté de santé",
        "SAN",
        8,
        (
            Department("Département de soins infirmiers", (Subject("Sciences infirmières", "INS", FULL, "health"),)),
            Department(
                "Département de santé publique",
                (
                    Subject("Santé publique", "SPU", MASTER, "health"),
                    Subject("Éducation thérapeutique", "ETH", ("du",), "health"),
                ),
            ),
        ),
        ("Laboratoire Santé et société",),
    ),
    Component(
        "Faculté de psychologie et de sociologie",
        "PSY",
        8,
        (
            Department("Département de psychologie", (Subject("Psychologie", "PSY", FULL, "society"),)),
            Department(
                "Département de sociologie",
                (
                    Subject("Sociologie", "SOC", FULL, "society"),
                    Subject("Intervention sociale", "ISO", ("master",), "society"),
                ),
            ),
        ),
        ("Laboratoire Liens et société",),
    ),
    Component(
        "Faculté des sports",
        "SPO",
        4,
        (
            Department(
                "Département des activités physiques",
                (
                    Subject("Entraînement sportif", "ENT", ("licence", "master"), "sport"),
                    Subject("Activité physique adaptée", "APA", ("licence", "master", "doctorate"), "sport"),
                ),
            ),
        ),
        (),
    ),
    Component(
        "Institut d’éducation",
        "EDU",
        5,
        (
            Department(
                "Département des métiers de l’enseignement",
                (
                    Subject("Enseignement du premier degré", "EPD", ("master",), "education"),
                    Subject("Enseignement du second degré", "ESD", ("master",), "education"),
                    Subject("Sciences de l’éducation", "EDU", FULL, "education"),
                ),
            ),
        ),
        ("Laboratoire Apprendre",),
    ),
)
"""The first six are those of a small demonstration."""

SERVICES: Mapping[str, Sequence[str]] = {
    "Bibliothèque Citadelle": ("Salle des cartes", "Prêt entre bibliothèques"),
    "Direction de la communication": (),
    "Direction du numérique": ("Assistance informatique", "Réseaux et serveurs"),
    "Scolarité": ("Inscriptions", "Examens et diplômes"),
    "Service des sports": (),
    "Relations internationales": (),
    "Santé étudiante": (),
    "Ressources humaines": (),
    "Affaires financières": (),
    "Patrimoine immobilier": ("Maintenance des bâtiments",),
    "Orientation et insertion": (),
    "Recherche et valorisation": (),
    "Formation continue": (),
    "Présidence": (),
}
"""Services, and what each is divided into."""
