"""What a push says of something, in its reader's language."""

from collections.abc import Mapping
from typing import Any

from parvis.kernel.errors import Text
from parvis.kernel.i18n import Language, pick, write_number
from parvis.notifications.models import Reason
from parvis.notifications.queries import Line, Seen

LONGEST = 160
"""Letters of a line."""
NEW: Text = {"fr": "Du nouveau pour vous", "en": "Something new for you"}
SAID: Mapping[Reason, Text] = {
    "announcement": {"fr": "Annonce", "en": "Announcement"},
    "not_read": {"fr": "Une annonce vous attend", "en": "An announcement waits for you"},
    "cancelled": {"fr": "Événement annulé", "en": "Event cancelled"},
    "moved": {"fr": "Événement déplacé", "en": "Event moved"},
    "seat": {"fr": "Une place s’est libérée pour vous", "en": "A seat is yours"},
    "reminder": {"fr": "C’est bientôt", "en": "It is soon"},
    "mention": {"fr": "On parle de vous", "en": "You are named"},
    "call": {"fr": "Appel à toute la communauté", "en": "The whole community is called"},
    "accepted": {"fr": "Votre réponse est retenue", "en": "Your answer is accepted"},
    "reply": {"fr": "Réponse", "en": "Reply"},
    "comment": {"fr": "Commentaire", "en": "Comment"},
    "answered": {"fr": "Réponse", "en": "Reply"},
    "request": {"fr": "Demande d’adhésion", "en": "Request to join"},
    "invitation": {"fr": "Invitation", "en": "Invitation"},
    "let_in": {"fr": "Votre demande est acceptée", "en": "Your request is accepted"},
    "reported": {"fr": "Signalement", "en": "Report"},
    "decided": {"fr": "Décision de modération", "en": "Moderators’ decision"},
    "examined": {"fr": "Votre signalement est examiné", "en": "Your report was examined"},
    "mentoring_asked": {"fr": "Demande de mentorat", "en": "Mentoring asked for"},
    "mentoring_accepted": {"fr": "Mentorat accepté", "en": "Mentoring accepted"},
    "mentoring_declined": {"fr": "Réponse à votre demande de mentorat", "en": "Answer to your request for mentoring"},
    "contact_asked": {"fr": "Demande de contact", "en": "Contact request"},
    "contact_accepted": {"fr": "Nouveau contact", "en": "New contact"},
    "document_added": {"fr": "Nouveau document", "en": "New document"},
    "version_added": {"fr": "Nouvelle version", "en": "New version"},
    "page_named": {"fr": "Une page parle de vous", "en": "A page names you"},
    "task_given": {"fr": "Une tâche pour vous", "en": "A task for you"},
    "task_due": {"fr": "Tâche à rendre", "en": "Task due"},
}
MORE: Text = {"fr": " (et {count} autres nouveautés)", "en": " (and {count} other news)"}
ONE_MORE: Text = {"fr": " (et une autre nouveauté)", "en": " (and one more)"}
OTHERS: Text = {"fr": "{name} et {count} autres", "en": "{name} and {count} others"}
ONE_OTHER: Text = {"fr": "{name} et une autre personne", "en": "{name} and one other"}

Message = Mapping[str, Any]


def only_new(language: Language, to: str) -> Message:
    """Nothing but that there is something."""
    return _message("Parvis", pick(NEW, language), to, "new")


def of_notification(seen: Seen, others: int, language: Language) -> Message:
    """Of what one is told last, and how many there are beside it."""
    about = seen.notification.about_id
    to = {"post": f"/posts/{about}", "conversation": f"/messages/{about}"}.get(seen.notification.kind, "/notifications")
    body = " · ".join(filter(None, [_said(seen, language), _who(seen.lines[0], language) if seen.lines else ""]))
    if others:
        body += pick(MORE if others > 1 else ONE_MORE, language).format(count=write_number(others, language))
    return _message(seen.words or "Parvis", body, to if not others else "/notifications", str(seen.notification.id))


def of_message(author: str, conversation: str, conversation_id: object, said: str) -> Message:
    title = f"{author} · {conversation}" if conversation else author
    return _message(title, said, f"/messages/{conversation_id}", str(conversation_id))


def _message(title: str, body: str, to: str, tag: str) -> Message:
    return {"title": title[:LONGEST], "body": body[:LONGEST], "to": to, "tag": tag}


def _said(seen: Seen, language: Language) -> str:
    return pick(SAID[seen.lines[0].reason], language) if seen.lines else pick(NEW, language)


def _who(line: Line, language: Language) -> str:
    if not line.people:
        return ""
    name, others = line.people[0].name, line.count - 1
    if others < 1:
        return name
    return pick(OTHERS if others > 1 else ONE_OTHER, language).format(name=name, count=write_number(others, language))
