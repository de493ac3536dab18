"""What is said in the conversations of the demonstration. Those whom a letter names are whoever else is there: what
they say has no gender."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parvis.chat.models import ChannelAccess
from parvis.engagement.models import ReactionKind


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself."""

    title: str
    description: str
    site: str


@dataclass(frozen=True, slots=True)
class Line:
    """Something said: by whom, how many days before today, and at what o’clock. `@{ines}` names somebody; `key` is how
    others refer to it: `under` whose thread it is in, what it `quotes`. `before`: what it said until it was edited;
    `leads_to`: the one page that it leads to."""

    by: str
    day: int
    at: str
    text: str
    key: str = ""
    under: str = ""
    quotes: str = ""
    before: str = ""
    liked: Mapping[ReactionKind, int] = field(default_factory=dict)
    pinned: bool = False
    deleted: bool = False
    leads_to: Page | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation. `people`: who is put in, who began it first; of a channel that is open, who looks into it.
    `community`: the number of the one that a channel is of. `unread`: how much some have not read of it."""

    people: tuple[str, ...]
    lines: Sequence[Line]
    name: str = ""
    about: str = ""
    community: int | None = None
    access: ChannelAccess = "invited"
    unread: Mapping[str, int] = field(default_factory=dict)


THESES = Room(
    ("nadia", "ines", "claire", "a", "b", "c"),
    (
        Line(
            "nadia",
            6,
            "8:52",
            "Bonjour à tous. Ce salon est pour vos mémoires : plans, sources, cartes, doutes. Rien n’est trop petit.",
            "rules",
            liked={"agree": 9, "thanks": 4},
            pinned=True,
        ),
        Line("a", 6, "9:10", "Combien de pages attendez-vous pour l’état de l’art ?", "pages"),
        Line("nadia", 6, "9:24", "Dix, bien choisies, valent mieux que trente.", under="pages", liked={"agree": 5}),
        Line("a", 6, "9:26", "Parfait, merci.", under="pages"),
        Line("b", 6, "9:40", "Et la bibliographie compte en plus ?", under="pages"),
        Line("nadia", 6, "9:51", "En plus, et avec les cotes d’archives.", under="pages"),
        Line(
            "ines",
            4,
            "14:05",
            "Pour qui mélange ses projections : tout le jeu de la ville est en Lambert 93. Ma conversion, si elle peut"
            " servir :\n\n```bash\nogr2ogr -t_srs EPSG:2154 releves_l93.gpkg releves_wgs84.gpkg\n```",
            "code",
            liked={"thanks": 7, "interesting": 3},
        ),
        Line("c", 4, "14:31", "Je cherchais cela depuis deux jours.", quotes="code"),
        Line(
            "b",
            2,
            "11:18",
            "Quelqu’un sait où est archivée la cote de crue de 1998 ? C’est pour mon deuxième chapitre.",
            "flood",
        ),
        Line(
            "claire",
            2,
            "13:22",
            "183,90 m à l’échelle de la Citadelle. Le rapport est public :"
            " [crues de la Valorne](https://archives.valorne.example/crues/1998).",
            under="flood",
            liked={"thanks": 2},
            leads_to=Page(
                "Crues de la Valorne : le rapport de 1998",
                "Cotes relevées à l’échelle de la Citadelle, photographies et carte des rues inondées.",
                "Archives de la Valorne",
            ),
        ),
        Line("nadia", 2, "13:31", "Et la salle des cartes a les clichés aériens, cote G 112.", under="flood"),
        Line("ines", 2, "13:36", "Je passe à la salle des cartes ce midi, qui vient ?", under="flood"),
        Line("b", 2, "13:38", "Moi, avec plaisir.", under="flood"),
        Line(
            "ines",
            1,
            "9:05",
            "Le repère R2 est introuvable sur la carte de 1974. Je le place à vue ?",
            "r2",
            before="Le repère R2 est introuvable sur la carte de 1947. Je le place à vue ?",
        ),
        Line("c", 1, "9:12", "Je peux regarder aussi.", deleted=True),
        Line(
            "claire",
            1,
            "9:38",
            "@{ines} pour R2, le repère gravé existe toujours : trois traits sous la deuxième marche.",
            quotes="r2",
            liked={"agree": 5, "thanks": 2},
        ),
        Line("claire", 1, "9:39", "Il est trois heures du matin à Montréal, donc vérifiez quand même."),
        Line("a", 1, "9:47", "@{nadia} est-ce que l’on peut citer un repère gravé comme une source ?"),
    ),
    "Mémoires L3",
    "Plans, sources, cartes et relectures.",
    community=0,
    access="community",
    unread={"ines": 3, "nadia": 1},
)
FIELDWORK = Room(
    ("nadia", "ines", "claire", "a", "b", "c", "d"),
    (
        Line(
            "nadia",
            5,
            "17:30",
            "Sortie de samedi : rendez-vous à **8 h**, hall est. Bottes, carnet, pique-nique. Retour vers 17 h.",
            "meet",
            liked={"agree": 6},
            pinned=True,
        ),
        Line("d", 5, "17:44", "Y a-t-il encore de la place dans le bus ?", "bus"),
        Line("nadia", 5, "17:50", "Trois places. Je t’ajoute.", under="bus"),
        Line("claire", 4, "20:12", "Je ne serai là qu’en pensée : regardez bien sous le pont, côté amont."),
        Line("ines", 3, "18:02", "J’ai la mire et les deux GPS. Il manque un décamètre.", "gear"),
        Line("a", 3, "18:20", "J’en apporte un.", quotes="gear", liked={"thanks": 2}),
        Line("b", 2, "8:35", "La météo annonce de la pluie à partir de 15 h."),
        Line("nadia", 2, "8:41", "Alors on commence par R3, et l’on finit au sec à la salle des cartes."),
        Line("c", 1, "18:15", "@{claire} il y a bien une date gravée sous le pont : 1846 ou 1848 ?"),
        Line("d", 1, "18:22", "Je dirais 1846. Les photos arrivent ce soir."),
    ),
    "Sortie de terrain",
    "Qui part, avec quoi, et quand.",
    community=0,
    unread={"claire": 2, "ines": 2},
)
CHOIR = Room(
    ("hugo", "a", "b", "c"),
    (
        Line("hugo", 5, "19:05", "Répétition mardi à 19 h, amphi Valois. Les partitions du Fauré sont imprimées."),
        Line("a", 5, "19:30", "Il manque des ténors sur la troisième page.", "tenors"),
        Line("hugo", 5, "19:33", "J’en parle au club théâtre, ils ont du coffre.", under="tenors", liked={"agree": 4}),
        Line("b", 3, "12:10", "Qui a la clef du placard à pupitres ?"),
        Line("c", 3, "12:26", "Je l’ai, et je la rends à l’accueil ce soir."),
        Line("hugo", 1, "10:02", "Concert de décembre : la chapelle est réservée !", liked={"agree": 8, "thanks": 2}),
    ),
    "Logistique",
    "Salles, partitions et clefs.",
    community=2,
    access="community",
)
CAMPUS = Room(
    ("ines", "sophie", "a", "b", "c"),
    (
        Line(
            "sophie",
            6,
            "10:00",
            "La cafétéria du bâtiment B reste ouverte jusqu’à 20 h pendant les partiels.",
            liked={"agree": 11},
        ),
        Line("a", 5, "9:15", "Vélo de ville à prêter pour deux semaines, bon état, casque compris.", "bike"),
        Line("b", 5, "9:28", "Pour quelle taille, à peu près ?", under="bike"),
        Line("a", 5, "9:31", "Pour qui mesure entre 1,65 m et 1,80 m.", under="bike"),
        Line("ines", 3, "12:41", "Perdu : une trousse bleue, deuxième étage de la bibliothèque."),
        Line("c", 3, "13:05", "Déposée à l’accueil, je viens de la voir.", liked={"thanks": 1}),
        Line("b", 1, "8:58", "@{sophie} est-ce que la navette N2 circule dimanche ?"),
        Line("a", 1, "11:20", "Repas à un euro ce midi au restaurant Citadelle, jusqu’à 13 h 30."),
    ),
    "Bons plans",
    "Ce qui se prête, se trouve et se partage.",
    community=3,
    access="community",
    unread={"sophie": 2, "ines": 2},
)
JOBS = Room(
    ("thomas", "claire", "a", "b"),
    (
        Line("thomas", 6, "18:20", "Deux stages s’ouvrent chez nous au printemps, à Rotterdam. Hydraulique et SIG."),
        Line("a", 6, "18:55", "En anglais, l’entretien ?", "english"),
        Line("thomas", 6, "19:02", "Oui, mais détendu. Je fais volontiers une répétition.", under="english"),
        Line("claire", 3, "15:40", "Une lettre tient en une page. Je relis celles que l’on m’envoie avant jeudi."),
        Line("b", 1, "9:50", "@{claire} je vous envoie la mienne ce soir, merci !"),
    ),
    "Premiers emplois",
    "Offres, lettres et entretiens.",
    community=1,
    access="community",
    unread={"claire": 1},
)
LEFT_BANK = Room(
    ("ines", "malo", "hugo", "a"),
    (
        Line("ines", 5, "16:00", "Voilà le groupe pour R3. Malo nous prête le drone de l’atelier."),
        Line(
            "malo",
            5,
            "16:22",
            "Le drone est réservé pour samedi. Il faut l’autorisation de survol avant vendredi.",
            "drone",
            liked={"thanks": 3},
            pinned=True,
        ),
        Line("a", 5, "17:10", "Je m’occupe de la demande en préfecture.", quotes="drone", liked={"agree": 2}),
        Line("hugo", 3, "9:30", "Pour l’histoire du quai, j’ai trouvé trois plans aux archives.", "plans"),
        Line("ines", 3, "9:34", "Ils sont datés ?", under="plans"),
        Line("hugo", 3, "9:40", "1812, 1846 et un sans date.", under="plans"),
        Line(
            "malo",
            2,
            "14:00",
            "Le script qui transforme les relevés en couche :\n\n```python\nfor releve in releves:\n"
            "    couche.append(point(releve.x, releve.y))\n```",
            liked={"interesting": 2},
        ),
        Line("a", 1, "10:15", "Autorisation signée !", liked={"agree": 3}),
        Line("ines", 1, "10:21", "@{malo} tu peux apporter deux batteries samedi ?"),
    ),
    "Groupe R3, rive gauche",
    unread={"malo": 2, "hugo": 1},
)
CAREERS = Room(
    ("sophie", "malo", "claire", "helene"),
    (
        Line("sophie", 6, "9:00", "Semaine des métiers : je vous réunis ici pour le programme.", liked={"agree": 2}),
        Line("malo", 6, "9:45", "L’atelier ouvre ses portes le mercredi, douze personnes par visite."),
        Line("claire", 5, "16:10", "Je peux parler en visioconférence, après 15 h pour vous."),
        Line("helene", 5, "16:32", "L’amphi Valois est équipé. Essai technique la veille, à 14 h.", "trial"),
        Line("sophie", 4, "11:00", "Le programme part à l’impression demain midi.", "print"),
        Line("claire", 4, "15:20", "Mon titre : « Urbaniste, et après ? »", under="print", liked={"agree": 2}),
        Line("sophie", 1, "15:02", "@{malo} et @{helene}, il me manque vos deux portraits."),
        Line("sophie", 1, "15:03", "Une phrase et une photo suffisent."),
    ),
    "Semaine des métiers",
    unread={"helene": 2, "malo": 2, "claire": 2},
)
DIRECTORY = Room(
    ("helene", "sophie", "nadia"),
    (
        Line("helene", 4, "8:30", "Bascule de l’annuaire jeudi soir, de 20 h à 20 h 30. Rien à faire de votre côté."),
        Line("nadia", 4, "8:47", "Les listes de groupes de travaux dirigés seront à jour vendredi ?"),
        Line("helene", 4, "8:55", "Oui, dès 7 h.", liked={"thanks": 2}),
        Line("sophie", 2, "17:40", "Je prépare le message aux personnels.", "words"),
        Line("helene", 2, "17:52", "Parfait. Une ligne suffit.", quotes="words"),
        Line("nadia", 1, "12:11", "@{helene} deux étudiants arrivés lundi n’y sont pas encore."),
    ),
    "Annuaire et listes",
    unread={"helene": 1, "sophie": 1},
)
PAIRS = (
    Room(
        ("nadia", "ines"),
        (
            Line(
                "ines",
                3,
                "10:10",
                "Bonjour, mon plan de mémoire est dans le dossier partagé. Une heure vous convient ?",
            ),
            Line("nadia", 3, "12:32", "Lu avec plaisir. Jeudi à 11 h, bureau 214 ?", liked={"thanks": 1}),
            Line("ines", 3, "12:40", "Jeudi à 11 h, c’est noté."),
            Line("nadia", 1, "8:55", "Le drone est réservé ! Et votre troisième partie tient bien, gardez-la."),
        ),
        unread={"ines": 1},
    ),
    Room(
        ("claire", "ines"),
        (
            Line("claire", 4, "21:05", "Ton protocole est très clair. Deux remarques en marge, c’est tout."),
            Line("ines", 4, "21:30", "Merci mille fois ! Je corrige ce soir.", liked={"agree": 1}),
            Line("claire", 2, "20:45", "Et si tu passes à Montréal un jour, le canapé est pour toi."),
            Line("ines", 1, "22:10", "Tu me gardes aussi une carte du Vieux-Port ?"),
        ),
        unread={"claire": 1},
    ),
    Room(
        ("hugo", "ines"),
        (
            Line("hugo", 2, "18:02", "Tu viens mardi au chœur ?"),
            Line("ines", 2, "18:20", "Après la bibliothèque, oui."),
            Line("hugo", 2, "18:21", "Je te garde une chaise chez les altos.", liked={"agree": 1}),
        ),
    ),
    Room(
        ("thomas", "claire"),
        (
            Line("claire", 3, "16:00", "Tes chiffres de débit, je peux les citer à la Semaine des métiers ?"),
            Line("thomas", 3, "18:10", "Bien sûr, avec la source. Je t’envoie la version longue."),
            Line("claire", 2, "15:12", "Merci, je lis ça ce soir."),
            Line("thomas", 1, "19:33", "Et pour le tutorat, je prends deux filleuls cette année. Et toi ?"),
        ),
        unread={"claire": 1},
    ),
    Room(
        ("claire", "nadia"),
        (
            Line(
                "nadia", 4, "9:20", "Le carnet de L3 que vous avez retrouvé est une mine. Puis-je le faire numériser ?"
            ),
            Line(
                "claire",
                4,
                "15:31",
                "Avec joie. Je vous confie l’original à mon prochain passage.",
                liked={"thanks": 1},
            ),
            Line("claire", 1, "16:48", "J’arrive le 20. On se voit à la salle des cartes ?"),
        ),
        unread={"nadia": 1},
    ),
    Room(
        ("helene", "sophie"),
        (
            Line("sophie", 2, "9:05", "L’écran du hall affiche encore la semaine dernière."),
            Line("helene", 2, "9:18", "Redémarré. Le cache était plein.", liked={"thanks": 1}),
            Line("helene", 1, "17:05", "Au fait, ton accès aux annonces est prolongé d’un an."),
        ),
        unread={"sophie": 1},
    ),
    Room(
        ("sophie", "malo"),
        (
            Line("malo", 3, "11:00", "Combien de panneaux pour notre stand ?"),
            Line("sophie", 3, "11:24", "Deux, d’un mètre sur deux. Livraison avant lundi."),
            Line("sophie", 1, "14:20", "Le plan du hall est prêt : vous êtes à l’entrée, côté jardin."),
        ),
        unread={"malo": 1},
    ),
    Room(
        ("nadia", "malo"),
        (
            Line("nadia", 5, "10:30", "L’atelier prendrait-il deux stagiaires au printemps ?"),
            Line("malo", 5, "11:12", "Un sûr, deux peut-être. Je le saurai jeudi.", liked={"thanks": 1}),
            Line("malo", 2, "9:48", "Ce sera deux. Envoyez-moi les fiches de stage."),
            Line("nadia", 1, "18:32", "Formidable ! Elles partent demain."),
        ),
        unread={"malo": 1},
    ),
    Room(
        ("nadia", "helene"),
        (
            Line("helene", 2, "10:40", "Votre licence de SIG est renouvelée, quarante postes."),
            Line("nadia", 2, "11:02", "Vous sauvez le semestre.", liked={"agree": 1}),
            Line("nadia", 1, "9:14", "Une dernière chose : la salle 12 peut-elle rester ouverte le samedi ?"),
        ),
        unread={"helene": 1},
    ),
)
ROOMS: Sequence[Room] = (THESES, FIELDWORK, CHOIR, CAMPUS, JOBS, LEFT_BANK, CAREERS, DIRECTORY, *PAIRS)
