"""What each domain teaches to do, and what those who studied it become, as a woman and as a man say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Domain:
    """Skills, and trades."""

    skills: Sequence[str]
    trades: Sequence[tuple[str, str]]


DOMAINS: Mapping[str, Domain] = {
    "geography": Domain(
        (
            "Cartographie",
            "SIG",
            "QGIS",
            "Terrain",
            "Crues",
            "Géomorphologie",
            "Drone",
            "Climat",
            "Télédétection",
            "Enquêtes",
        ),
        (("Hydrologue", "Hydrologue"), ("Géomaticienne", "Géomaticien"), ("Chargée d’études", "Chargé d’études")),
    ),
    "planning": Domain(
        (
            "Aménagement",
            "Concertation",
            "Droit de l’urbanisme",
            "Cartographie",
            "QGIS",
            "Mobilités",
            "Dessin",
            "Paysage",
        ),
        (
            ("Urbaniste", "Urbaniste"),
            ("Paysagiste", "Paysagiste"),
            ("Cheffe de projet habitat", "Chef de projet habitat"),
        ),
    ),
    "history": Domain(
        (
            "Archives",
            "Paléographie",
            "Cartes anciennes",
            "Latin",
            "Histoire orale",
            "Rédaction",
            "Expositions",
            "Patrimoine",
        ),
        (("Archiviste", "Archiviste"), ("Professeure d’histoire", "Professeur d’histoire"), ("Guide", "Guide")),
    ),
    "letters": Domain(
        (
            "Rédaction",
            "Relecture",
            "Édition",
            "Critique",
            "Ateliers d’écriture",
            "Grec ancien",
            "Logique",
            "Bibliographie",
        ),
        (
            ("Éditrice", "Éditeur"),
            ("Libraire", "Libraire"),
            ("Journaliste", "Journaliste"),
            ("Correctrice", "Correcteur"),
        ),
    ),
    "languages": Domain(
        (
            "Traduction",
            "Interprétation",
            "Sous-titrage",
            "Anglais des affaires",
            "Terminologie",
            "Français langue étrangère",
        ),
        (("Traductrice", "Traducteur"), ("Interprète", "Interprète"), ("Responsable export", "Responsable export")),
    ),
    "arts": Domain(
        (
            "Montage",
            "Prise de son",
            "Scénario",
            "Photo",
            "Graphisme",
            "Programmation de festival",
            "Animation",
            "Typographie",
        ),
        (
            ("Monteuse", "Monteur"),
            ("Réalisatrice", "Réalisateur"),
            ("Graphiste", "Graphiste"),
            ("Photographe", "Photographe"),
        ),
    ),
    "computing": Domain(
        (
            *("Python", "Java", "Rust", "TypeScript", "SQL", "Linux", "Données ouvertes", "Apprentissage automatique"),
            *("Accessibilité numérique", "Sécurité informatique", "Logiciel libre", "Tests"),
        ),
        (
            ("Développeuse", "Développeur"),
            ("Ingénieure logiciel", "Ingénieur logiciel"),
            ("Administratrice systèmes", "Administrateur systèmes"),
            ("Data scientist", "Data scientist"),
        ),
    ),
    "mathematics": Domain(
        ("Statistiques", "Probabilités", "R", "Python", "Modélisation", "Optimisation", "LaTeX", "Vulgarisation"),
        (("Statisticienne", "Statisticien"), ("Actuaire", "Actuaire"), ("Professeure de maths", "Professeur de maths")),
    ),
    "life": Domain(
        (
            "Botanique",
            "Ornithologie",
            "Microscopie",
            "Génétique",
            "Biodiversité",
            "Terrain",
            "R",
            "Microbiologie",
            "Zoologie",
        ),
        (
            ("Écologue", "Écologue"),
            ("Biologiste", "Biologiste"),
            ("Technicienne de laboratoire", "Technicien de laboratoire"),
        ),
    ),
    "matter": Domain(
        (
            "Optique",
            "Spectroscopie",
            "Matériaux",
            "Mesures",
            "Électronique",
            "Chimie verte",
            "Python",
            "Sécurité au laboratoire",
        ),
        (("Chimiste", "Chimiste"), ("Ingénieure matériaux", "Ingénieur matériaux"), ("Physicienne", "Physicien")),
    ),
    "law": Domain(
        (
            "Droit de l’eau",
            "Droit du travail",
            "Contrats",
            "Contentieux",
            "Rédaction juridique",
            "Médiation",
            "Plaidoirie",
        ),
        (("Juriste", "Juriste"), ("Avocate", "Avocat"), ("Notaire", "Notaire"), ("Greffière", "Greffier")),
    ),
    "government": Domain(
        (
            "Concours publics",
            "Finances locales",
            "Enquêtes d’opinion",
            "Marchés publics",
            "Conduite de projet",
            "Rédaction",
        ),
        (
            ("Attachée territoriale", "Attaché territorial"),
            ("Collaboratrice d’élue", "Collaborateur d’élue"),
            ("Chargée de mission", "Chargé de mission"),
        ),
    ),
    "engineering": Domain(
        (
            "Béton",
            "Calcul de structures",
            "Hydraulique",
            "Réseaux d’eau",
            "Énergie solaire",
            "Chantier",
            "Thermique",
            "CAO",
        ),
        (
            ("Ingénieure structures", "Ingénieur structures"),
            ("Hydraulicienne", "Hydraulicien"),
            ("Conductrice de travaux", "Conducteur de travaux"),
        ),
    ),
    "music": Domain(
        (
            "Direction de chœur",
            "Piano",
            "Solfège",
            "Chant",
            "Violoncelle",
            "Arrangement",
            "Prise de son",
            "Musique ancienne",
        ),
        (
            ("Cheffe de chœur", "Chef de chœur"),
            ("Professeure de musique", "Professeur de musique"),
            ("Régisseuse", "Régisseur"),
        ),
    ),
    "management": Domain(
        (
            "Comptabilité",
            "Contrôle de gestion",
            "Ressources humaines",
            "Tableur",
            "Marketing",
            "Négociation",
            "Économie sociale",
        ),
        (
            ("Comptable", "Comptable"),
            ("Contrôleuse de gestion", "Contrôleur de gestion"),
            ("Gérante de coopérative", "Gérant de coopérative"),
            ("Chargée de recrutement", "Chargé de recrutement"),
        ),
    ),
    "health": Domain(
        ("Premiers secours", "Prévention", "Soins palliatifs", "Épidémiologie", "Pédiatrie", "Éducation thérapeutique"),
        (("Infirmière", "Infirmier"), ("Cadre de santé", "Cadre de santé"), ("Épidémiologiste", "Épidémiologiste")),
    ),
    "society": Domain(
        ("Entretiens", "Enquêtes", "Observation", "Statistiques", "Écoute", "Handicap", "Médiation", "Travail social"),
        (
            ("Psychologue", "Psychologue"),
            ("Sociologue", "Sociologue"),
            ("Éducatrice spécialisée", "Éducateur spécialisé"),
        ),
    ),
    "sport": Domain(
        ("Préparation physique", "Natation", "Escalade", "Arbitrage", "Aviron", "Secourisme", "Sport adapté", "Rugby"),
        (
            ("Entraîneuse", "Entraîneur"),
            ("Enseignante de sport", "Enseignant de sport"),
            ("Kinésithérapeute", "Kinésithérapeute"),
        ),
    ),
    "education": Domain(
        (
            "Pédagogie",
            "Lecture",
            "Inclusion scolaire",
            "Animation",
            "Langue des signes",
            "Théâtre en classe",
            "Évaluation",
        ),
        (("Professeure des écoles", "Professeur des écoles"), ("Conseillère pédagogique", "Conseiller pédagogique")),
    ),
    "administration": Domain(
        (
            "Accueil",
            "Accessibilité",
            "Marchés publics",
            "Tableur",
            "Conduite de projet",
            "Rédaction",
            "Archives",
            "Travaux",
        ),
        (("Gestionnaire", "Gestionnaire"), ("Responsable administrative", "Responsable administratif")),
    ),
    "company": Domain(
        ("Recrutement", "Négociation", "Conduite de projet", "Marketing", "Tutorat de stages", "Développement durable"),
        (("Cheffe de projet", "Chef de projet"), ("Responsable commerciale", "Responsable commercial")),
    ),
}
"""The last two are of those who administer, and of those of companies."""

EVERYWHERE: Sequence[str] = (
    "Permis B",
    "Bénévolat",
    "Prise de parole",
    "Photo",
    "Vélo",
    "Cuisine",
    "Jardinage",
    "Rédaction",
)
"""Skills of anybody."""
