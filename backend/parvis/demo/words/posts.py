"""Posts held at the university, as a woman and as a man hold them."""

from collections.abc import Mapping, Sequence

Post = tuple[str, str]

TEACHERS: Sequence[Post] = (
    ("Maîtresse de conférences", "Maître de conférences"),
    ("Maîtresse de conférences", "Maître de conférences"),
    ("Professeure des universités", "Professeur des universités"),
    ("Professeure agrégée", "Professeur agrégé"),
    ("Chargée de recherche", "Chargé de recherche"),
)
FOR_A_YEAR: Sequence[Post] = (
    ("Attachée temporaire d’enseignement", "Attaché temporaire d’enseignement"),
    ("Lectrice", "Lecteur"),
    ("Professeure invitée", "Professeur invité"),
)
"""Those whose end is known."""
IN_CHARGE: Sequence[str] = (
    "Responsable de licence",
    "Responsable de master",
    "Responsable des stages",
    "Équipe de direction",
)
HOURLY: Sequence[Post] = (("Chargée d’enseignement", "Chargé d’enseignement"), ("Intervenante", "Intervenant"))
DOCTORAL: Post = ("Doctorante contractuelle", "Doctorant contractuel")
ANYWHERE: Sequence[Post] = (
    ("Gestionnaire administrative", "Gestionnaire administratif"),
    ("Assistante de direction", "Assistant de direction"),
    ("Cheffe de projet", "Chef de projet"),
    ("Responsable de pôle", "Responsable de pôle"),
)
BY_SERVICE: Mapping[str, Sequence[Post]] = {
    "Bibliothèque Citadelle": (
        ("Bibliothécaire", "Bibliothécaire"),
        ("Magasinière", "Magasinier"),
        ("Conservatrice", "Conservateur"),
    ),
    "Direction de la communication": (
        ("Graphiste", "Graphiste"),
        ("Chargée de communication", "Chargé de communication"),
    ),
    "Direction du numérique": (
        ("Administratrice systèmes", "Administrateur systèmes"),
        ("Développeuse", "Développeur"),
        ("Technicienne d’assistance", "Technicien d’assistance"),
    ),
    "Scolarité": (("Gestionnaire de scolarité", "Gestionnaire de scolarité"),),
    "Service des sports": (("Enseignante de sport", "Enseignant de sport"),),
    "Relations internationales": (("Chargée de mobilité", "Chargé de mobilité"),),
    "Santé étudiante": (("Infirmière", "Infirmier"), ("Médecin", "Médecin"), ("Psychologue", "Psychologue")),
    "Patrimoine immobilier": (
        ("Responsable des bâtiments", "Responsable des bâtiments"),
        ("Électricienne", "Électricien"),
        ("Jardinière", "Jardinier"),
    ),
    "Orientation et insertion": (("Conseillère d’orientation", "Conseiller d’orientation"),),
}
AT_COMPANIES: Sequence[Post] = (
    ("Directrice", "Directeur"),
    ("Responsable du recrutement", "Responsable du recrutement"),
    ("Tutrice de stages", "Tuteur de stages"),
    ("Cheffe de projet", "Chef de projet"),
    ("Gérante", "Gérant"),
    ("Ingénieure", "Ingénieur"),
)
