"""Why a link does not let somebody in. What is wrong with a link itself is not told: it is not there."""

from parvis.kernel.errors import Forbidden


class LinksOff(Forbidden):
    code = "share_links_off"
    title = {
        "fr": "Les liens de partage ne sont pas permis ici.",
        "en": "Share links are not allowed here.",
    }


class NotOpened(Forbidden):
    """`POST /shared/{token}/unlock` first: there was no ticket, or it holds no more."""

    code = "not_opened"
    title = {
        "fr": "Ouvrez d’abord ce lien.",
        "en": "Open this link first.",
    }


class WrongPassword(Forbidden):
    code = "wrong_password"
    title = {
        "fr": "Ce n’est pas le bon mot de passe.",
        "en": "This is not the right password.",
    }


class NoDownload(Forbidden):
    code = "no_download"
    title = {
        "fr": "Ce lien permet de voir, pas de télécharger.",
        "en": "This link lets you look, not download.",
    }
