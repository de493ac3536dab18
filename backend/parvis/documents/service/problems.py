"""Why something cannot be done with folders and documents."""

from parvis.kernel.errors import Conflict, InsufficientStorage


class NameTaken(Conflict):
    """`document_id` or `folder_id` say what has it, to who may read that."""

    code = "name_taken"
    title = {
        "fr": "Ce nom est déjà pris dans ce dossier.",
        "en": "This name is taken in this folder.",
    }


class Locked(Conflict):
    """`until` says how long, `by` who, to who may find him."""

    code = "locked"
    title = {
        "fr": "Quelqu’un modifie ce document en ce moment.",
        "en": "Somebody is changing this document now.",
    }


class IntoItself(Conflict):
    code = "into_itself"
    title = {
        "fr": "Un dossier ne se place pas dans lui-même.",
        "en": "A folder is not put into itself.",
    }


class TooDeep(Conflict):
    code = "too_deep"
    title = {
        "fr": "Les dossiers s’emboîtent sur vingt niveaux au plus.",
        "en": "Folders stand in each other twenty deep at most.",
    }


class TooMany(Conflict):
    code = "too_many"
    title = {
        "fr": "C’est trop en une fois, ou pour un seul espace.",
        "en": "This is too much at once, or for a single space.",
    }


class VersionKept(Conflict):
    code = "version_kept"
    title = {
        "fr": "La version actuelle et celles qui sont figées ne se suppriment pas.",
        "en": "The current version, and those that are frozen, are not deleted.",
    }


class IsPage(Conflict):
    code = "is_page"
    title = {
        "fr": "Une page s’écrit ici : elle ne se remplace pas par un fichier.",
        "en": "A page is written here: no file takes its place.",
    }


class NotAlone(Conflict):
    """Something in it is not for the actor to take away, or to take elsewhere."""

    code = "holds_what_is_not_yours"
    title = {
        "fr": "Ce dossier contient des éléments que vous ne pouvez pas déplacer ni supprimer.",
        "en": "This folder holds things that you cannot move or delete.",
    }


class SpaceFull(InsufficientStorage):
    code = "space_full"
    title = {
        "fr": "Cet espace est plein.",
        "en": "This space is full.",
    }
