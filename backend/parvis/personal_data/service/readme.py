"""What explains a copy to whoever opens it, in both languages."""

from collections.abc import Mapping

from parvis.kernel.errors import Text
from parvis.kernel.i18n import LANGUAGES, Language, pick
from parvis.kernel.personal_data import Part, PersonalData, Withheld

README_NAMES: Mapping[Language, str] = {"fr": "LISEZMOI.txt", "en": "README.txt"}

HEAD: Text = {
    "fr": "Ceci est une copie de tout ce que cette plateforme conserve à votre sujet.\n\n"
    "data.json contient vos données, dans un format que d’autres logiciels savent lire (JSON) : sous chaque nom\n"
    "ci-dessous, la liste de ce qui est conservé. Les heures sont en temps universel (UTC).\n"
    "Le dossier files/ contient vos fichiers, chacun dans un dossier qui porte son numéro (id) dans data.json.\n",
    "en": "This is a copy of all that this platform holds about you.\n\n"
    "data.json holds your data, in a format that other software can read (JSON): under each name below, the list of\n"
    "what is held. Times are in universal time (UTC). The folder files/ holds your files, each in a folder that bears\n"
    "its number (id) in data.json.\n",
}
MISSING: Text = {
    "fr": "Ce qui n’y est pas, et pourquoi",
    "en": "What is not in it, and why",
}
RIGHTS: Text = {
    "fr": "Vous avez le droit de faire rectifier ou effacer ces données : dans vos réglages, ou auprès de la personne\n"
    "déléguée à la protection des données de votre établissement (RGPD, articles 15 à 20).\n",
    "en": "You may have this data corrected or erased: in your settings, or through the data protection officer of\n"
    "your institution (GDPR, articles 15 to 20).\n",
}


def readme(data: PersonalData, name: str) -> str:
    """The text of the file of that name."""
    language = next(language for language in LANGUAGES if README_NAMES[language] == name)
    given = "\n".join(line for part in data.parts for line in _given(part, language))
    return "\n".join((HEAD[language], given, "", _withheld(data, language), RIGHTS[language]))


def _given(part: Part, language: Language) -> list[str]:
    names = [held.key for held in part.holdings if held.is_given]
    return [f"- {pick(part.title, language)} : {', '.join(names)}".replace(" :", _colon(language))] if names else []


def _withheld(data: PersonalData, language: Language) -> str:
    reasons: dict[str, list[str]] = {}
    for held in data.holdings():
        if isinstance(held.given, Withheld):
            reasons.setdefault(pick(held.given.why, language), []).append(held.key)
    lines = [f"- {', '.join(dict.fromkeys(names))}{_colon(language)} {why}" for why, names in reasons.items()]
    return "\n".join([f"{MISSING[language]}{_colon(language)}", *lines, ""])


def _colon(language: Language) -> str:
    return "\u00a0:" if language == "fr" else ":"
