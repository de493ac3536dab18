"""What is said on the walls of the demonstration. Without a gender, so that each suits whoever says it."""

from collections.abc import Mapping, Sequence

from .english import IN_ENGLISH
from .said import Language, Said

__all__ = ["Said"]


KNOWN: Mapping[str, Sequence[Said]] = {
    "International students": IN_ENGLISH,
    "Géographie et aménagement": (
        Said(
            "message",
            "Sortie de terrain du 18 mars : inscriptions ouvertes",
            "Le protocole est à jour grâce au carnet de Claire. Il reste **R3**, en rive gauche : bottes obligatoires,"
            " vue imprenable.",
            ("Je prends R3.", "Le bus part bien de la Citadelle ?", "Oui, à 8 h, devant le hall est."),
        ),
        Said(
            "question",
            "Zonage « rouge » : où trouver la version opposable ?",
            "Je trouve trois cartes différentes du plan de prévention des inondations. Laquelle fait foi pour un"
            " mémoire ?",
            (
                "Celle annexée à l’arrêté préfectoral. Je dépose le PDF et la couche SIG dans la semaine.",
                "Même question l’an dernier : la carte du site de la ville n’est qu’indicative.",
            ),
        ),
        Said(
            "poll",
            "Quel fond de carte pour l’exposition ?",
            "On imprime jeudi, en A0.",
            options=("La carte d’état-major", "L’orthophotographie de 1950", "Le relevé de Claire"),
        ),
        Said(
            "idea",
            "Un prêt de GPS entre promotions",
            "Il en dort six dans l’armoire du labo. Une feuille de prêt suffirait.",
            ("Avec une caution symbolique ?", "Je veux bien tenir la feuille."),
            status="planned",
            outcome="Le laboratoire est **d’accord**. Première permanence en janvier.",
        ),
        Said(
            "message",
            "Retrouvé : un carnet de terrain de L3",
            "La Valorne avant les travaux de berge. Si votre groupe refait les relevés ce printemps, je peux confier"
            " les points R1 à R3 pour comparer à quinze ans d’écart.",
            ("Précieux ! Je l’ajoute au dossier de la sortie.",),
        ),
    ),
    "Passerelle mentorat": (
        Said(
            "question",
            "Combien de rendez-vous prévoir avec son mentor ?",
            "Une fois par mois me semble peu, chaque semaine beaucoup.",
            (
                "Toutes les trois semaines, avec un ordre du jour d’une ligne.",
                "Au début plus souvent, puis à la demande.",
            ),
        ),
        Said(
            "message",
            "Ce qui aide dans un premier message",
            "Trois lignes : ce que vous faites, ce que vous cherchez, et **une** question précise. On répond toujours"
            " à une question précise.",
            ("Je confirme, et cela change tout.",),
        ),
    ),
    "Chœur universitaire": (
        Said(
            "poll",
            "Quel programme pour le concert de juin ?",
            "Les partitions se commandent en janvier.",
            options=("Fauré, *Cantique de Jean Racine*", "Brahms, *Liebeslieder*", "Chansons de la Renaissance"),
        ),
        Said(
            "message",
            "Répétition de mardi",
            "Salle haute, **18 h 30**. On reprend à la lettre C, altos d’abord. Débutantes et débutants bienvenus.",
            ("Je serai là avec dix minutes de retard.", "Il reste des partitions en salle basse ?"),
        ),
    ),
    "Vie du campus Citadelle": (
        Said(
            "idea",
            "Un abri à vélos sous l’auvent du hall est",
            "Vingt places, éclairées, à la place des bancs que personne n’utilise.",
            ("Oui, et une pompe !", "Les bancs servent le midi quand il pleut."),
            status="studied",
            outcome="Le service du patrimoine **visite** les lieux ce mois-ci et rend son avis avant les congés.",
        ),
        Said(
            "message",
            "Navette N2 : un passage de plus le soir",
            "Dernier départ à **0 h 30** pendant les examens, depuis l’arrêt Bibliothèque.",
            ("Enfin !", "Et le samedi ?", "Le samedi aussi, jusqu’au 19."),
        ),
        Said(
            "question",
            "Où imprimer en grand format sur le campus ?",
            "Un poster A1 pour vendredi.",
            (
                "Au fablab, bâtiment C, sur réservation. Compter deux heures.",
                "La reprographie le fait aussi, en couleur.",
            ),
        ),
    ),
}
"""By the name of the community, the last said first."""

MESSAGES: Sequence[Said] = (
    Said(
        "message",
        "",
        "Bonjour à toutes et à tous. Je viens d’arriver, et je suis là pour apprendre. Au plaisir de vous lire.",
        ("Bienvenue !", "Bienvenue parmi nous. La prochaine rencontre est le bon moment pour commencer."),
    ),
    Said(
        "message",
        "Compte rendu de la dernière rencontre",
        "Nous étions quatorze.\n\n- Le calendrier du semestre est fixé.\n- Deux volontaires pour l’accueil.\n"
        "- Le matériel est **rangé**, et l’inventaire à jour.",
        ("Merci pour le compte rendu.", "Je me propose pour l’accueil de décembre."),
    ),
    Said(
        "message",
        "Prochaine rencontre jeudi",
        "Rendez-vous à **18 h** devant le hall est. Venez comme vous êtes, et dites-le à une personne qui n’ose pas.",
        ("J’y serai.", "Je viens avec une amie.", "Impossible pour moi, à la prochaine."),
    ),
    Said(
        "message",
        "",
        "Quelqu’un a laissé une écharpe grise lundi soir. Elle attend à l’accueil du bâtiment B.",
        ("C’est la mienne, merci !",),
    ),
    Said(
        "message",
        "Une lecture pour les vacances",
        "Un article court et clair, trouvé par hasard, qui dit en dix pages ce que je cherchais depuis deux ans. Je"
        " l’apporte à qui veut.",
        ("Volontiers.", "Je le lis ce soir et je rends demain."),
    ),
    Said(
        "message",
        "Merci à celles et ceux qui ont aidé samedi",
        "Tout était prêt à l’heure, et les sourires aussi. On recommence au printemps.",
        ("C’était un beau moment.",),
    ),
    Said(
        "message",
        "Changement de salle",
        "La salle 204 est en travaux : nous sommes en **salle 112** jusqu’à la fin du mois.",
        ("Noté.", "Est-elle accessible en fauteuil ?", "Oui, par l’entrée du parvis."),
    ),
    Said(
        "message",
        "",
        "Pour information : la bibliothèque prête désormais du matériel photo, sur présentation de la carte.",
    ),
    Said(
        "message",
        "Appel à témoignages",
        "Vous êtes passé par ici il y a cinq, dix ou vingt ans ? Racontez en quelques lignes ce qui vous en reste.",
        ("Une équipe qui se parle. Je ne l’ai pas toujours retrouvée ensuite.", "Le goût de vérifier deux fois."),
    ),
)
QUESTIONS: Sequence[Said] = (
    Said(
        "question",
        "Comment s’inscrire quand on arrive en cours d’année ?",
        "Je n’étais pas là en septembre.",
        ("Il suffit de venir une fois, puis d’écrire à l’accueil.", "Aucune date limite, en tout cas l’an dernier."),
    ),
    Said(
        "question",
        "Quel logiciel pour suivre ses références ?",
        "J’en suis à cent vingt fiches, et je m’y perds.",
        ("Un logiciel libre de gestion bibliographique, avec un dossier partagé.", "Peu importe lequel, mais un seul."),
    ),
    Said(
        "question",
        "Faut-il du matériel pour commencer ?",
        "Je préfère demander avant d’acheter.",
        ("Rien du tout : on prête pendant les trois premiers mois.",),
    ),
    Said(
        "question",
        "Une adresse pour se loger près du campus en janvier ?",
        "Pour un semestre seulement, et au calme si possible.",
        ("La résidence du quai a des départs à Noël, appelez cette semaine.", "Je quitte mon studio en janvier."),
    ),
    Said(
        "question",
        "Qui connaît la convention pour un stage à l’étranger ?",
        "Le formulaire demande une assurance que personne ne semble connaître.",
        ("Le bureau des relations internationales la fournit, sans frais.", "Compter dix jours pour la signature."),
    ),
    Said(
        "question",
        "Y a-t-il un créneau le week-end ?",
        "Je travaille en semaine.",
    ),
)
POLLS: Sequence[Said] = (
    Said(
        "poll",
        "Quel jour vous arrange ?",
        "On garde le même jour tout le semestre.",
        options=("Lundi, 18 h", "Mercredi, 12 h 30", "Jeudi, 18 h", "Samedi matin"),
    ),
    Said(
        "poll",
        "Où fêter la fin du semestre ?",
        "Chacun apporte quelque chose.",
        ("Je peux apporter des tables.",),
        options=("Au foyer", "Au jardin partagé", "Au bord de la Valorne"),
    ),
    Said(
        "poll",
        "Faut-il un canal en anglais ?",
        "Plusieurs d’entre nous ne parlent pas encore français.",
        options=("Oui", "Non, on traduit au besoin"),
    ),
    Said(
        "poll",
        "Quelle couleur pour le nouveau maillot ?",
        "Le devis est pour trente pièces.",
        options=("Bleu Valorne", "Rouge brique", "Vert sapin"),
    ),
)
EVENTS: Sequence[Said] = (
    Said("event", "Réunion de rentrée", "Chacun se présente en deux lignes.", day=-12, hour=17, place="Salle B 204"),
    Said("event", "Atelier d’écriture", "Venez avec un texte commencé.", day=5, hour=17, place="Médiathèque", seats=6),
    Said("event", "Repas partagé", "Un plat, une boisson, une chaise.", day=9, hour=11, place="Jardin partagé"),
    Said(
        "event",
        "Rencontre : métiers et parcours",
        "Trois alumni répondent à vos questions.",
        day=12,
        hour=17,
        link="https://visio.univ-valorne.example/rencontre",
    ),
    Said("event", "Visite des réserves", "Dix places, pas une de plus.", day=16, hour=13, place="Musée", seats=10),
)
IDEAS: Sequence[Said] = (
    Said(
        "idea",
        "Une étagère de livres à emprunter",
        "Sans registre : on prend, on rend, on ajoute.",
        ("J’ai deux cartons prêts.",),
        status="done",
        outcome="Elle est **posée**, au premier étage. Merci pour les livres.",
    ),
    Said(
        "idea",
        "Jumeler nos rencontres avec une autre université",
        "Une fois par an, chez l’une ou chez l’autre.",
        ("Bonne idée, mais qui paie le train ?",),
    ),
    Said(
        "idea",
        "Commencer à l’heure, finir à l’heure",
        "Pour celles et ceux qui ont un dernier bus.",
        status="planned",
        outcome="Dès la prochaine fois : **18 h** précises, fin à 19 h 30.",
    ),
    Said(
        "idea",
        "Un parrainage pour les personnes qui arrivent",
        "Un nom, un café, et le reste vient tout seul.",
        ("Je parraine volontiers.", "Moi aussi."),
        status="studied",
        outcome="Nous cherchons douze volontaires avant de commencer.",
    ),
    Said(
        "idea",
        "Des gobelets réutilisables",
        "Trente suffisent.",
        status="declined",
        outcome="Le foyer en **prête** déjà : inutile d’en acheter.",
    ),
)
ANSWERS: Mapping[Language, Sequence[str]] = {
    "fr": (
        "Merci, c’est exactement ce que je cherchais.",
        "Entièrement d’accord.",
        "Je veux bien aider, dites-moi quand.",
        "Bonne nouvelle.",
        "Est-ce ouvert à tout le monde ?",
        "Je relaie autour de moi.",
        "Très utile, merci.",
        "À garder sous la main.",
    ),
    "en": (
        "Thank you, exactly what I was looking for.",
        "I can help, tell me when.",
        "Is it open to everyone?",
        "Very useful, thanks.",
        "Passing it on.",
    ),
}
REPLIES: Mapping[Language, Sequence[str]] = {
    "fr": ("Merci !", "Oui, tout à fait.", "Parfait, à jeudi.", "Bien vu.", "Avec plaisir."),
    "en": ("Thank you!", "Yes, exactly.", "Well spotted.", "With pleasure."),
}
TOGETHER = Said(
    "message",
    "Forum des associations : on y va ensemble ?",
    "Jeudi de **12 h à 16 h**, sous l’arcade. Une table pour plusieurs communautés : passez dire bonjour, ou tenez une"
    " heure de permanence.",
    ("Je tiens 14 h.", "Et moi 15 h, avec l’affiche."),
)
"""Said once, in several communities."""
