"""What communities are called, and what they say of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.communities.models import Access


@dataclass(frozen=True, slots=True)
class Cause:
    """What people come together for."""

    name: str
    summary: str
    tags: tuple[str, ...]
    access: Access = "open"
    charter: str = ""
    language: str = "fr"


CORDIAL = """1. On se répond avec égards, quelle que soit la question.
2. On cite ses sources et on nomme les auteurs.
3. Ce qui se dit ici ne se répète pas ailleurs sans l’accord de qui l’a dit.
"""

FIRST: Sequence[Cause] = (
    Cause(
        "Géographie et aménagement",
        "Cartes, terrains, mémoires et métiers du territoire. Les questions de première année sont les bienvenues.",
        ("Cartographie", "Terrain", "SIG"),
        charter=CORDIAL,
    ),
    Cause(
        "Passerelle mentorat",
        "Des alumni, du personnel et des étudiants qui s’accompagnent.",
        ("Mentorat", "Premier emploi"),
        "on_request",
        CORDIAL,
    ),
    Cause("Chœur universitaire", "Répétitions le mardi soir, débutants bienvenus.", ("Chant", "Musique")),
    Cause("Vie du campus Citadelle", "Ce qui ouvre, ferme, se partage et se cherche sur le campus.", ("Campus",)),
    Cause("Jury de l’agrégation interne", "Sujets, barèmes et calendrier du jury.", ("Concours",), "secret"),
    Cause("Alumni de Valorne à l’étranger", "Se retrouver à Montréal, à Rotterdam et ailleurs.", ("International",)),
    Cause(
        "International students",
        "Arriving, settling in and finding your way, in English or in whatever French you have.",
        ("International", "English"),
        language="en",
    ),
)
"""The same in every size, the first of all."""

ACTIVITIES: Sequence[Cause] = (
    Cause("Aviron", "Sorties sur la Valorne le samedi matin.", ("Sport", "Aviron")),
    Cause("Club photo", "Sorties, tirages et une exposition au printemps.", ("Photo", "Culture")),
    Cause("Échecs", "Parties du midi et tournoi de l’hiver.", ("Échecs",)),
    Cause("Escalade", "Le mur du gymnase, et les falaises aux beaux jours.", ("Sport", "Escalade")),
    Cause("Jardin partagé", "Semer, arroser, récolter, partager.", ("Jardin", "Transition")),
    Cause("Ciné-club", "Un film tous les quinze jours, et ce qu’on en dit après.", ("Cinéma", "Culture")),
    Cause("Basket", "Entraînements mixtes et matchs entre composantes.", ("Sport", "Basket")),
    Cause("Course à pied", "Des boucles de cinq à quinze kilomètres, à l’allure de chacun.", ("Sport", "Course")),
    Cause("Théâtre d’improvisation", "Ateliers ouverts, matchs en public.", ("Théâtre", "Culture")),
    Cause("Débat et éloquence", "Parler en public s’apprend ensemble.", ("Éloquence",)),
    Cause("Jeux de société", "Une soirée par semaine, des centaines de boîtes.", ("Jeux",)),
    Cause("Logiciels libres", "Installer, réparer, contribuer.", ("Informatique", "Libre")),
    Cause("Réparation de vélos", "Outils, conseils et pièces d’occasion.", ("Vélo", "Transition")),
    Cause("Premiers secours", "Se former, se recycler, tenir les postes.", ("Santé", "Solidarité"), "on_request"),
    Cause("Épicerie solidaire", "Collectes et permanences, avec qui veut aider.", ("Solidarité",)),
    Cause("Tandem linguistique", "Une heure dans votre langue, une heure dans la leur.", ("Langues", "International")),
    Cause("Orchestre", "Un programme par semestre, toutes les familles d’instruments.", ("Musique",), "on_request"),
    Cause("Astronomie", "Observer, et comprendre ce que l’on voit.", ("Sciences", "Astronomie")),
    Cause("Stages et premiers emplois", "Offres, relectures et retours d’expérience.", ("Premier emploi", "Stage")),
    Cause("Recherche de logement", "Colocations, chambres et bonnes adresses.", ("Logement", "Campus")),
    Cause("Club lecture", "Un livre par mois, choisi à tour de rôle.", ("Lecture", "Culture")),
    Cause("Natation", "Lignes d’eau réservées le mercredi.", ("Sport", "Natation")),
    Cause("Parents étudiants et personnels", "Gardes, conseils et sorties du dimanche.", ("Famille",)),
    Cause("Délégués et élus", "Préparer les conseils, en rendre compte.", ("Représentation",), "on_request"),
    Cause("Cellule qualité", "Suivi des démarches et des audits.", ("Qualité",), "secret"),
    Cause("Robotique", "Une coupe par an, et des soudures.", ("Informatique", "Sciences")),
    Cause("Entraide en statistiques", "Posez vos questions, montrez vos données.", ("Statistiques", "Entraide")),
    Cause("Écriture scientifique", "Se relire, et tenir jusqu’au dépôt.", ("Recherche", "Entraide")),
    Cause("Randonnée", "Un sentier par mois, en train et à pied.", ("Sport", "Plein air")),
    Cause("Danse", "Cours par niveaux, bal à la fin de l’année.", ("Danse", "Culture")),
)
YEAR_GROUP = "L’entraide, les cours et les sorties de la promotion."
OLD_YEAR_GROUP = "Celles et ceux de la promotion, où qu’ils soient."
DESCRIPTION = """{summary}

## Comment participer

- Présentez-vous en deux lignes sur le mur.
- Les personnes qui animent répondent dans la semaine.
"""
DESCRIPTION_IN_ENGLISH = """{summary}

## How to take part

- Introduce yourself in two lines on the wall.
- Those who look after the place answer within the week.
"""
