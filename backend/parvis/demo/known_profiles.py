"""What those known by name say of themselves, and to whom."""

from collections.abc import Mapping, Sequence
from typing import Any

from parvis.profiles.schemas.fields import Mastery, PathKind

from .people import Said


def _step(kind: PathKind, title: str, place: str, since: str, until: str | None = None, text: str = "") -> Any:
    return {"kind": kind, "title": title, "place": place, "since": since, "until": until, "text": text}


def _place(city: str, country: str, time_zone: str) -> Said:
    return Said("place", value={"city": city, "country": country, "time_zone": time_zone})


def _languages(**spoken: Mastery) -> Said:
    return Said("languages", value=[{"code": code, "level": level} for code, level in spoken.items()])


def _link(url: str) -> Said:
    return Said("links", value=[{"label": "", "url": url}])


def _mentors(text: str, capacity: int, *languages: str) -> Said:
    offer = {"text": text, "capacity": capacity, "minutes": 30, "formats": ["video"], "languages": list(languages)}
    return Said("mentoring", value=offer)


SAID: Mapping[str, Sequence[Said]] = {
    "Inès Benali": (
        Said("pronouns", value="elle"),
        Said("headline", value="En L3, les pieds dans la Valorne et la tête sur une carte"),
        Said("skills", value=["Cartographie", "QGIS", "Entretiens"]),
        _languages(fr="native", ar="B2", en="B2"),
        _place("Valorne", "FR", "Europe/Paris"),
    ),
    "Claire Vasseur": (
        Said("pronouns", value="elle"),
        Said("headline", value="Urbaniste à la Ville de Montréal, où les rivières débordent aussi"),
        Said(
            "path",
            value=[
                _step(
                    "work",
                    "Urbaniste",
                    "Ville de Montréal",
                    "2019",
                    text="Plans de quartier, adaptation des berges, concertation.",
                ),
                _step(
                    "work",
                    "Chargée d’études",
                    "Atelier Rivières, Valorne",
                    "2014",
                    "2019",
                    "Deux communes, onze digues, beaucoup de réunions publiques.",
                ),
            ],
        ),
        Said("skills", value=["Aménagement", "Cartographie", "Concertation", "QGIS", "Droit de l’urbanisme"]),
        Said(
            "biography",
            value="J’ai appris la géographie au bord de la Valorne, et j’y reviens dès que je peux.\n\n"
            "Mon mémoire : *Habiter la boucle*, dirigé par Nadia Cherkaoui. Écrivez-moi avant de partir au Québec, "
            "surtout en janvier.",
        ),
        _languages(fr="native", en="C1", es="B1"),
        _mentors("Relire un mémoire, parler du métier, préparer un départ au Québec.", 3, "fr", "en"),
        _place("Montréal", "CA", "America/Toronto"),
        _link("https://clairevasseur.example/"),
        Said("email", "publics", 0),
    ),
    "Nadia Cherkaoui": (
        Said("pronouns", value="elle"),
        Said("headline", value="Géographe des rivières habitées, et de leurs crues"),
        Said("skills", value=["Hydrologie", "Terrain", "Encadrement de mémoires"]),
        Said("biography", value="Je réponds plus vite à une question précise, et toujours avant le vendredi."),
        _languages(fr="native", ar="native", en="C1"),
        _mentors("Choisir un master, préparer un terrain, écrire un premier article.", 2, "fr"),
        _place("Valorne", "FR", "Europe/Paris"),
        Said("email", value=0),
    ),
    "Malo Ricard": (
        Said("headline", value="Atelier Rivières : des berges qui tiennent, et des stages qui servent"),
        Said("skills", value=["Génie végétal", "Conduite de chantier"]),
        _place("Valorne", "FR", "Europe/Paris"),
        _link("https://atelier-rivieres.example/"),
    ),
    "Thomas Nguyen": (
        Said("pronouns", value="il"),
        Said("headline", value="Hydrologue, sous le niveau de la mer"),
        Said("skills", value=["Hydraulique", "Python", "Modélisation"]),
        _languages(fr="native", nl="C1", en="C2"),
        _mentors("Chercher un premier poste aux Pays-Bas, se spécialiser dans les crues.", 2, "fr", "en"),
        _place("Rotterdam", "NL", "Europe/Amsterdam"),
        Said("links", "contacts", [{"label": "Carnet de crues", "url": "https://carnet-de-crues.example/"}]),
    ),
    "Hugo Ferreira": (
        Said("headline", value="Historien en herbe, machiniste le soir"),
        Said("skills", value=["Archives", "Lumières de scène"]),
        _languages(fr="native", pt="C1"),
    ),
}
