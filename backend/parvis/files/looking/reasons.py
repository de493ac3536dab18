"""Why there is nothing to be seen of a file, or less than one might expect."""

from collections.abc import Mapping
from typing import Literal

from parvis.kernel.errors import Text

Reason = Literal["unknown", "too_heavy", "too_many_pixels", "protected", "broken", "too_much", "not_drawn", "elsewhere"]
REASONS: Mapping[str, Text] = {
    "unknown": {
        "fr": "Ce type de fichier n’a pas d’aperçu.",
        "en": "Files of this type have no preview.",
    },
    "too_heavy": {
        "fr": "Ce fichier est trop lourd pour un aperçu.",
        "en": "This file is too large for a preview.",
    },
    "too_many_pixels": {
        "fr": "Cette image a trop de points pour un aperçu : 40 millions au plus.",
        "en": "This picture has too many pixels for a preview: 40 million at most.",
    },
    "protected": {
        "fr": "Ce fichier est protégé par un mot de passe.",
        "en": "This file is protected by a password.",
    },
    "broken": {
        "fr": "Ce fichier est abîmé, ou n’est pas ce que dit son nom.",
        "en": "This file is damaged, or is not what its name says.",
    },
    "too_much": {
        "fr": "Ce fichier demande trop de travail ou de mémoire pour être ouvert ici.",
        "en": "This file takes too much work or memory to be opened here.",
    },
    "not_drawn": {
        "fr": "Les pages de ce fichier ne sont pas dessinées ici ; son texte l’est.",
        "en": "The pages of this file are not drawn here; its text is shown.",
    },
    "elsewhere": {
        "fr": "Ce fichier montre des images qui sont ailleurs : ses pages ne sont pas dessinées.",
        "en": "This file shows pictures that are elsewhere: its pages are not drawn.",
    },
}
