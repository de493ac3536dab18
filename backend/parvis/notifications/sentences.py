"""What is told, in words, for mails: who did what. The application has its own for its lists."""

from collections.abc import Mapping, Sequence
from typing import Literal

from parvis.kernel.i18n import Language

from .models import Reason

About = Literal["post", "question", "page"]
Verb = tuple[str, str]
"""Of one, of several."""
DONE: Mapping[Reason, Mapping[Language, Verb]] = {
    "mention": {"fr": ("parle de vous", "parlent de vous"), "en": ("names you", "name you")},
    "call": {
        "fr": ("appelle toute la communauté", "appellent toute la communauté"),
        "en": ("calls the whole community", "call the whole community"),
    },
    "accepted": {
        "fr": ("a retenu votre réponse", "ont retenu votre réponse"),
        "en": ("accepted your answer", "accepted your answer"),
    },
    "reply": {
        "fr": ("a répondu à votre commentaire", "ont répondu à votre commentaire"),
        "en": ("replied to your comment", "replied to your comment"),
    },
    "comment": {
        "fr": ("a commenté votre publication", "ont commenté votre publication"),
        "en": ("commented on your post", "commented on your post"),
    },
    "answered": {
        "fr": ("a répondu dans un fil que vous suivez", "ont répondu dans un fil que vous suivez"),
        "en": ("answered in a thread that you follow", "answered in a thread that you follow"),
    },
    "request": {
        "fr": ("demande à rejoindre cette communauté", "demandent à rejoindre cette communauté"),
        "en": ("asks to join this community", "ask to join this community"),
    },
    "invitation": {
        "fr": ("vous invite dans cette communauté", "vous invitent dans cette communauté"),
        "en": ("invites you to this community", "invite you to this community"),
    },
    "let_in": {
        "fr": ("a accepté votre demande", "ont accepté votre demande"),
        "en": ("accepted your request", "accepted your request"),
    },
    "contact_asked": {
        "fr": ("souhaite faire partie de vos contacts", "souhaitent faire partie de vos contacts"),
        "en": ("would like to be your contact", "would like to be your contacts"),
    },
    "contact_accepted": {
        "fr": ("a accepté votre demande de contact", "ont accepté votre demande de contact"),
        "en": ("accepted your contact request", "accepted your contact request"),
    },
    "mentoring_asked": {
        "fr": ("vous demande un échange", "vous demandent un échange"),
        "en": ("asks you for mentoring", "ask you for mentoring"),
    },
    "mentoring_accepted": {
        "fr": ("a accepté l’échange que vous demandiez", "ont accepté l’échange que vous demandiez"),
        "en": ("agreed to mentor you", "agreed to mentor you"),
    },
    "mentoring_declined": {
        "fr": ("ne peut pas donner suite à votre demande d’échange", "ne peuvent pas donner suite à votre demande"),
        "en": ("cannot mentor you", "cannot mentor you"),
    },
    "document_added": {
        "fr": ("a ajouté des documents", "ont ajouté des documents"),
        "en": ("added documents", "added documents"),
    },
    "version_added": {
        "fr": ("a déposé de nouvelles versions", "ont déposé de nouvelles versions"),
        "en": ("uploaded new versions", "uploaded new versions"),
    },
    "page_named": {
        "fr": ("parle de vous dans cette page", "parlent de vous dans cette page"),
        "en": ("names you in this page", "name you in this page"),
    },
    "task_given": {
        "fr": ("vous a attribué une tâche", "vous ont attribué des tâches"),
        "en": ("gave you a task", "gave you tasks"),
    },
}
HAPPENED: Mapping[Reason, Mapping[Language, str]] = {
    "cancelled": {"fr": "L’événement est annulé", "en": "The event is cancelled"},
    "moved": {"fr": "L’événement change de date ou de lieu", "en": "The event has another date or place"},
    "seat": {"fr": "Une place s’est libérée pour vous", "en": "A seat came free for you"},
    "reminder": {"fr": "C’est bientôt", "en": "It is soon"},
    "announcement": {"fr": "Une annonce pour vous", "en": "An announcement for you"},
    "not_read": {"fr": "Rappel : vous ne l’avez pas encore lue", "en": "Reminder: you have not read it yet"},
    "reported": {"fr": "Un signalement attend votre décision", "en": "A report waits for your decision"},
    "decided": {"fr": "La modération a décidé d’un de vos messages", "en": "Moderators decided on a message of yours"},
    "examined": {"fr": "Votre signalement a été examiné", "en": "Your report was examined"},
    "task_due": {"fr": "Une de vos tâches est pour aujourd’hui", "en": "A task of yours is due today"},
}
OF_PAGES: Mapping[Language, Verb] = {
    "fr": ("a commenté votre page", "ont commenté votre page"),
    "en": ("commented on your page", "commented on your page"),
}
OF_QUESTIONS: Mapping[Language, Verb] = {
    "fr": ("a répondu à votre question", "ont répondu à votre question"),
    "en": ("answered your question", "answered your question"),
}
SOMEBODY: Mapping[Language, str] = {"fr": "Quelqu’un", "en": "Somebody"}
COMMENTED: Mapping[About, Mapping[Language, Verb]] = {"page": OF_PAGES, "question": OF_QUESTIONS}
MORE_POSTS: Mapping[Language, Verb] = {
    "fr": ("Et une autre publication.", "Et {count} autres publications."),
    "en": ("And one more post.", "And {count} more posts."),
}
MORE_SAID: Mapping[Language, Verb] = {
    "fr": ("Et une autre réponse.", "Et {count} autres réponses."),
    "en": ("And one more answer.", "And {count} more answers."),
}
MORE_MESSAGES: Mapping[Language, Verb] = {
    "fr": ("Et un autre message.", "Et {count} autres messages."),
    "en": ("And one more message.", "And {count} more messages."),
}
PUBLISHED: Mapping[Language, str] = {"fr": "{who} a publié", "en": "{who} posted"}
WRITES: Mapping[Language, str] = {"fr": "{who} vous écrit", "en": "{who} writes to you"}
WROTE: Mapping[Language, Verb] = {
    "fr": ("Un message que vous n’avez pas lu", "{count} messages que vous n’avez pas lus"),
    "en": ("A message that you have not read", "{count} messages that you have not read"),
}


def sentence(reason: Reason, names: Sequence[str], count: int, about: About, language: Language) -> str:
    """« Claire Vasseur et 4 autres ont répondu à votre question ». `names`: of those whom the reader may find."""
    if reason in HAPPENED:
        return HAPPENED[reason][language]
    verb = COMMENTED.get(about, DONE[reason]) if reason == "comment" else DONE[reason]
    return f"{who(names, count, language)} {verb[language][0 if count == 1 else 1]}"


def who(names: Sequence[str], count: int, language: Language) -> str:
    """« Claire Vasseur », « Claire Vasseur et Inès Benali », « Claire Vasseur et 4 autres »."""
    first = names[0] if names else SOMEBODY[language]
    if count == 1:
        return first
    if count == 2 and len(names) > 1:
        return f"{first} {'et' if language == 'fr' else 'and'} {names[1]}"
    others = count - 1
    if language == "fr":
        return f"{first} et {'une autre personne' if others == 1 else f'{others} autres'}"
    return f"{first} and {'one other person' if others == 1 else f'{others} others'}"


def counted(words: Mapping[Language, Verb], count: int, language: Language) -> str:
    """As so many are said."""
    return words[language][0 if count == 1 else 1].format(count=count)
