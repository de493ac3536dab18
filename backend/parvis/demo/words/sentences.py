"""What people write of themselves. In the first person and without a gender, so that each suits whoever says it."""

from collections.abc import Mapping, Sequence

HEADLINES: Mapping[str, Sequence[str]] = {
    "student": (
        "{programme}, et les yeux ouverts sur le reste",
        "En {programme}, pour comprendre avant de choisir",
        "{programme} le jour, chorale le soir",
        "Cherche un stage autour de ceci : {skill}",
        "{skill} et cafés serrés",
        "En {programme}, aime surtout ceci : {skill}",
        "D’abord curiosité, ensuite méthode",
        "{programme}",
    ),
    "alum": (
        "{trade}, {employer}",
        "{trade}, {employer}",
        "{trade} {at_city}",
        "{trade}, et un pied resté à Valorne",
        "{trade} depuis {since}",
    ),
    "staff": (
        "{post}",
        "{post}, porte ouverte le jeudi",
        "{post} : {skill}",
        "{post}, à Valorne depuis {since}",
    ),
    "partner": (
        "{post}, {company}",
        "{company}, au bord de l’eau",
        "{post}, {company} : des stages toute l’année",
    ),
}
OPENINGS: Mapping[str, Sequence[str]] = {
    "student": (
        "J’étudie en {programme} et je découvre Valorne à vélo.",
        "Me voici en {programme}, après avoir longtemps hésité entre trois formations.",
        "En {programme}, avec un goût certain pour la pratique : {skill}.",
        "Ce qui m’a fait venir ici : une journée portes ouvertes et une bibliothèque qui donne sur la rivière.",
    ),
    "alum": (
        "Les années passées à Valorne m’ont appris à poser des questions avant de répondre.",
        "Je travaille {at_city} ; le métier s’apprend sur place, la méthode s’apprend à l’université.",
        "De la fac, j’ai gardé des amis, une bibliographie et l’habitude de vérifier.",
        "Je réponds volontiers à qui hésite sur son orientation.",
    ),
    "staff": (
        "Je travaille à l’université depuis {since}.",
        "Mon bureau est ouvert : on y parle de cours, de projets et parfois de rivières.",
        "J’aime que les services se parlent, et que les questions trouvent leur réponse en une visite.",
        "Mes travaux portent sur un sujet vaste, que je résume ainsi : {skill}.",
    ),
    "partner": (
        "Nous accueillons des stagiaires chaque printemps, et nous leur confions de vrais sujets.",
        "{company} travaille avec l’université depuis {since}.",
        "Je cherche des gens curieux plutôt que des profils parfaits.",
    ),
}
CLOSINGS: Sequence[str] = (
    "Le week-end : jardin, rivière et longues marches.",
    "Je joue dans la fanfare, avec plus d’élan que de justesse.",
    "Bénévole à l’épicerie solidaire le mardi soir.",
    "On me trouve souvent au café de la Citadelle.",
    "Volontaire pour une sortie de terrain ou une bonne lecture.",
    "J’apprends une langue de plus, lentement.",
    "Écrivez-moi sans façons.",
)
OFFERS: Sequence[str] = (
    "Relire un mémoire, parler du métier, préparer un départ.",
    "Un échange d’une demi-heure sur le métier et les façons d’y arriver.",
    "Préparer un entretien ou relire une candidature.",
    "Parler d’un projet de thèse, sans détour.",
    "Dire ce que l’on fait vraiment de ses journées dans ce métier.",
    "Aider à trouver un premier stage dans la région.",
)
"""What who mentors proposes."""
