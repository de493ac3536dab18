"""What a token may do: one area of the API to read or to change (`account:read`, `people:write`).

The area of an operation is the first tag of its router, so this table follows the routers; a test holds them together.
A scope never gives a right: it only leaves out some of its member's.
"""

from collections.abc import Iterable, Mapping

from parvis.kernel.errors import Text

SCOPES: Mapping[str, Text] = {
    "account:read": {
        "fr": "Lire votre compte : nom, adresses, sessions et jetons.",
        "en": "Read your account: name, addresses, sessions and tokens.",
    },
    "account:write": {
        "fr": "Modifier votre compte et fermer vos sessions.",
        "en": "Change your account and end your sessions.",
    },
    "people:read": {
        "fr": "Lire la liste des personnes et des invitations, si vous l’administrez.",
        "en": "Read the list of people and invitations, if you administer it.",
    },
    "people:write": {
        "fr": "Inviter, suspendre et changer les rôles, si vous administrez les personnes.",
        "en": "Invite, suspend and change roles, if you administer people.",
    },
    "organisation:read": {
        "fr": "Lire la présentation et les réglages de l’organisation.",
        "en": "Read the organisation’s description and settings.",
    },
    "organisation:write": {
        "fr": "Modifier les réglages de l’organisation, si vous l’administrez.",
        "en": "Change the organisation’s settings, if you administer it.",
    },
    "structure:read": {
        "fr": "Lire les composantes, les formations et les promotions.",
        "en": "Read units, programmes and cohorts.",
    },
    "structure:write": {
        "fr": "Modifier les composantes, les formations et les promotions, si vous administrez les personnes.",
        "en": "Change units, programmes and cohorts, if you administer people.",
    },
    "events:read": {
        "fr": "Être averti de ce qui se passe, au moment même, dans ce que les autres permissions laissent lire.",
        "en": "Be told of what happens, as it happens, in what the other permissions let it read.",
    },
    "events:write": {
        "fr": "Ouvrir la connexion par laquelle on est averti au moment même.",
        "en": "Open the connection that tells what happens as it happens.",
    },
    "audit:read": {
        "fr": "Lire et vérifier le journal d’audit, si vous administrez l’organisation.",
        "en": "Read and verify the audit log, if you administer the organisation.",
    },
    "files:read": {
        "fr": "Télécharger les fichiers que vous pouvez voir.",
        "en": "Download the files that you can see.",
    },
    "files:write": {
        "fr": "Déposer des fichiers en votre nom.",
        "en": "Upload files in your name.",
    },
    "profiles:read": {
        "fr": "Lire les profils que vous pouvez voir, et le vôtre.",
        "en": "Read the profiles that you can see, and yours.",
    },
    "profiles:write": {
        "fr": "Modifier votre profil.",
        "en": "Change your profile.",
    },
    "directory:read": {
        "fr": "Chercher des personnes dans l’annuaire.",
        "en": "Look for people in the directory.",
    },
    "contacts:read": {
        "fr": "Lire vos relations, vos demandes et qui vous bloquez.",
        "en": "Read your contacts, your requests and whom you block.",
    },
    "contacts:write": {
        "fr": "Demander et accepter des relations, bloquer des personnes.",
        "en": "Ask for and accept contacts, block people.",
    },
    "mentoring:read": {
        "fr": "Lire vos accompagnements.",
        "en": "Read your mentorships.",
    },
    "mentoring:write": {
        "fr": "Demander un mentorat, répondre et y mettre fin.",
        "en": "Ask for mentoring, answer and end it.",
    },
    "communities:read": {
        "fr": "Lire les communautés que vous pouvez voir.",
        "en": "Read the communities that you can see.",
    },
    "communities:write": {
        "fr": "Créer, rejoindre et gérer des communautés en votre nom.",
        "en": "Create, join and run communities in your name.",
    },
    "posts:read": {
        "fr": "Lire les publications, les commentaires et vos signets.",
        "en": "Read posts, comments and your bookmarks.",
    },
    "posts:write": {
        "fr": "Publier, commenter et réagir en votre nom.",
        "en": "Post, comment and react in your name.",
    },
    "chat:read": {
        "fr": "Lire vos conversations et leurs messages.",
        "en": "Read your conversations and their messages.",
    },
    "chat:write": {
        "fr": "Écrire des messages et gérer des conversations en votre nom.",
        "en": "Write messages and run conversations in your name.",
    },
    "documents:read": {
        "fr": "Lire les dossiers et les documents que vous pouvez voir.",
        "en": "Read the folders and documents that you can see.",
    },
    "documents:write": {
        "fr": "Créer, modifier, partager et supprimer des dossiers et des documents en votre nom.",
        "en": "Make, change, share and delete folders and documents in your name.",
    },
    "audiences:read": {
        "fr": "Lire vos listes de destinataires et celles qui sont partagées, si vous annoncez.",
        "en": "Read your audiences and those that are shared, if you announce.",
    },
    "audiences:write": {
        "fr": "Compter et enregistrer des destinataires, si vous annoncez.",
        "en": "Count and save audiences, if you announce.",
    },
    "announcements:read": {
        "fr": "Lire vos annonces en préparation et les chiffres de celles envoyées, si vous communiquez.",
        "en": "Read the announcements that you write, and figures of those sent, if you announce.",
    },
    "announcements:write": {
        "fr": "Annoncer en votre nom, si vous communiquez, et dire que vous avez lu une annonce.",
        "en": "Announce in your name, if you announce, and say that you have read an announcement.",
    },
    "agenda:read": {
        "fr": "Lire votre agenda.",
        "en": "Read your agenda.",
    },
    "agenda:write": {
        "fr": "Révoquer l’adresse de votre agenda.",
        "en": "Revoke the address of your calendar.",
    },
    "search:read": {
        "fr": "Rechercher dans ce que ce jeton peut lire par ailleurs, et lire vos recherches récentes.",
        "en": "Search in what this token may read otherwise, and read your recent searches.",
    },
    "search:write": {
        "fr": "Retenir et oublier vos recherches récentes.",
        "en": "Remember and forget your recent searches.",
    },
    "notifications:read": {
        "fr": "Lire vos notifications.",
        "en": "Read your notifications.",
    },
    "notifications:write": {
        "fr": "Marquer vos notifications comme lues.",
        "en": "Mark your notifications as read.",
    },
    "moderation:read": {
        "fr": "Lire vos signalements, les décisions sur vos messages, et ce que vous modérez.",
        "en": "Read your reports, decisions on what you said, and what you moderate.",
    },
    "moderation:write": {
        "fr": "Signaler en votre nom, et décider de ce que vous modérez.",
        "en": "Report in your name, and decide on what you moderate.",
    },
    "interests:read": {
        "fr": "Lire vos centres d’intérêt.",
        "en": "Read your interests.",
    },
    "interests:write": {
        "fr": "Modifier vos centres d’intérêt.",
        "en": "Change your interests.",
    },
}


def in_order(scopes: Iterable[str]) -> list[str]:
    """Those of the table, each once, in its order."""
    wanted = set(scopes)
    return [scope for scope in SCOPES if scope in wanted]
