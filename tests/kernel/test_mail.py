import asyncio
import json
import re
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import get_args

import pytest
from jinja2 import UndefinedError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.jobs import Job
from parvis.kernel.mail import Mail, Template, TrayMail, render, send_mail
from parvis.kernel.runtime import Parvis
from tests.conftest import serving
from tests.make.mailbox import Mailbox, html_of, link_in, text_of

LINK = "https://testserver/verify#Zm9v_bar-baz?a=1&b=2"
WORDS: dict[Template, dict[str, str | int]] = {
    "verify_address": {},
    "sign_in_link": {"minutes": 15},
    "password_reset": {"minutes": 15},
    "invitation": {"inviter": "Nadia Cherkaoui"},
    "activation": {},
    "proof_code": {"code": "204518", "minutes": 10},
    "security_notice": {"what": "Nouvelle clé d’accès", "when": "dimanche à 8 h 10", "where": "Firefox, Lyon"},
    "address_change": {"address": "noël@exemple.fr"},
    "address_changed": {"address": "noël@exemple.fr", "days": 7},
    "personal_address": {"day": "30 juin 2027"},
    "recovery": {},
    "contact_request": {"name": "Inès Benali"},
    "event_reminder": {"title": "Sortie de terrain", "when": "jeudi", "where": "Hall est"},
    "community_invitation": {"name": "Inès Benali", "community": "Chœur universitaire"},
    "announcement": {"title": "Bibliothèque de nuit", "words": "Ouverte jusqu’à minuit.", "facts": ""},
    "told": {"news": "Inès Benali parle de vous", "about": "Sortie de terrain, Hydrologie"},
    "daily_digest": {"count": 3},
    "weekly_digest": {"count": 3},
    "moderated": {"decision": "Votre message a été masqué", "reason": "Contraire à la charte."},
    "guest_invitation": {"name": "Inès Benali", "community": "Chœur universitaire"},
    "mentorship_asked": {"name": "Inès Benali"},
    "mentorship_answered": {"name": "Claire Vasseur"},
    "export_ready": {"days": 7},
    "deletion_requested": {"day": "9 décembre 2026"},
    "reply_to_confirm": {"words": "Je serai là, avec les cartes.", "files": "plan.pdf"},
    "files_left_out": {"files": "plan.pdf, carte.png"},
}
REASONS = {
    "fr": ("Ce message vous est envoyé par", "Cette annonce vous est envoyée par"),
    "en": ("This message comes from", "This announcement comes from"),
}
TEMPLATES: tuple[Template, ...] = get_args(Template)


def mail(
    template: Template = "verify_address", language: str = "fr", to: str = "lea@exemple.fr", **data: str | int
) -> Mail:
    given = {"link": LINK, "organisation": "Université d’Été", **WORDS[template], **data}
    return Mail(template, to, "fr" if language == "fr" else "en", given)


async def send(session: AsyncSession, *mails: Mail, key: str | None = None) -> None:
    for each in mails:
        send_mail(session, each, key=key)


async def waiting(parvis: Parvis) -> list[Job]:
    async with parvis.database.reading() as session:
        return list(await session.scalars(select(Job).where(Job.ended_at.is_(None))))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
async def test_every_mail_arrives_as_one_sentence_one_button_and_a_reason(
    parvis: Parvis, mailbox: Mailbox, template: Template, language: str
) -> None:
    await parvis.database.write(send, mail(template, language))
    await parvis.jobs.run_once()
    [message] = mailbox.messages_to("lea@exemple.fr")
    text, html = text_of(message), html_of(message)
    assert link_in(message) == LINK
    assert html.count(f'href="{LINK.replace("&", "&amp;")}"') == 2  # The button, and the address to copy.
    assert set(re.findall(r"https?://[^\s\"'<]+", html)) == {LINK.replace("&", "&amp;"), "http://www.w3.org/1999/xhtml"}
    assert not re.search(r"<(img|script|link|iframe)\b|@import|url\(", html)
    for body in (text, html):
        assert "Université d’Été" in body
        assert any(reason in body for reason in REASONS[language])
        assert not re.search(r"\{\{|\{%|Undefined", body)
        assert all(str(word) in body for name, word in WORDS[template].items())
    assert f'<html lang="{language}"' in html
    assert "prefers-color-scheme: dark" in html
    assert message["Content-Language"] == language
    assert text.count("http") == 1


async def test_the_message_is_well_formed(parvis: Parvis, mailbox: Mailbox, settings: Settings) -> None:
    await parvis.database.write(send, mail(to="lea@exemple.fr"))
    await parvis.jobs.run_once()
    [message] = mailbox.messages_to("lea@exemple.fr")
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert {part.get_content_charset() for part in message.iter_parts()} == {"utf-8"}
    assert message["From"] == settings.mail_from
    assert message["To"] == "lea@exemple.fr"
    assert message["Subject"] == "Confirmez votre adresse"
    assert message["Auto-Submitted"] == "auto-generated"
    assert abs((parsedate_to_datetime(message["Date"]) - clock.now()).total_seconds()) < 60
    assert re.fullmatch(r"<[0-9a-f-]{36}@localhost>", message["Message-ID"])
    [envelope] = mailbox.envelopes
    assert isinstance(envelope.content, bytes)
    assert envelope.content.isascii()
    assert max(len(line) for line in envelope.content.splitlines()) <= 78 + 2
    assert (envelope.mail_from, envelope.rcpt_tos) == ("parvis@localhost", ["lea@exemple.fr"])


@pytest.mark.parametrize("padding", range(8))
async def test_accents_and_spaces_survive_the_subject_wherever_it_folds(
    parvis: Parvis, mailbox: Mailbox, padding: int
) -> None:
    words = "x" * padding + " Clé « été » ajoutée : œuvre " + "é à " * 20 + "fin"
    await parvis.database.write(send, mail("security_notice", what=words))
    await parvis.jobs.run_once()
    [message] = mailbox.messages_to("lea@exemple.fr")
    assert message["Subject"] == f"Sécurité de votre compte\u00a0: {words}"


def test_what_people_wrote_is_text_and_nothing_else() -> None:
    letter = render(
        mail("invitation", inviter="<b>{{ 7*7 }}</b> <mj-text>& Cie</mj-text>\r\nBcc: x@y.fr", organisation="A\r\nB: c")
    )
    assert "&lt;b&gt;{{ 7*7 }}&lt;/b&gt; &lt;mj-text&gt;&amp; Cie" in letter.html
    assert "<b>" not in letter.html
    assert "49" not in letter.text
    assert letter.subject == "Votre invitation\u00a0: A B: c"


def test_a_mail_without_its_data_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render(Mail("sign_in_link", "lea@exemple.fr", "fr", {"link": LINK}))


async def test_nothing_is_sent_by_a_change_that_failed(parvis: Parvis, mailbox: Mailbox) -> None:
    async def fail(session: AsyncSession) -> None:
        send_mail(session, mail())
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 — our own, and no other
        await parvis.database.write(fail)
    assert await waiting(parvis) == []
    assert await parvis.jobs.run_once() == 0
    assert mailbox.envelopes == []


async def test_a_link_is_unreadable_while_it_waits_and_forgotten_once_sent(parvis: Parvis, mailbox: Mailbox) -> None:
    await parvis.database.write(send, mail(to="lea@exemple.fr"))
    [job] = await waiting(parvis)
    for secret in (LINK, "Zm9v", "lea@exemple.fr", "verify_address"):
        assert secret not in json.dumps(job.payload)
    await parvis.jobs.run_once()
    async with parvis.database.reading() as session:
        assert (await session.get_one(Job, job.id)).payload == {}
    assert len(mailbox.envelopes) == 1


def test_a_link_does_not_show_in_logs() -> None:
    assert LINK not in repr(mail())


async def test_a_mail_goes_out_once_when_several_workers_are_at_it(parvis: Parvis, mailbox: Mailbox) -> None:
    await parvis.database.write(send, *(mail(to=f"m{number}@exemple.fr") for number in range(8)))
    async with serving(parvis.settings) as other:
        await asyncio.gather(*(each.jobs.run_once() for each in (parvis, other.state.parvis) for _ in range(3)))
    assert sorted(envelope.rcpt_tos[0] for envelope in mailbox.envelopes) == [f"m{n}@exemple.fr" for n in range(8)]


async def test_of_mails_with_one_key_one_waits_at_a_time(parvis: Parvis, mailbox: Mailbox) -> None:
    await parvis.database.write(send, mail(), mail(), key="reset lea")
    await parvis.database.write(send, mail(), key="reset lea")
    await parvis.jobs.run_once()
    assert len(mailbox.envelopes) == 1


async def test_a_server_that_is_away_gets_the_same_message_later(
    parvis: Parvis, mailbox: Mailbox, moved_clock: clock.MovableClock
) -> None:
    mailbox.answers[:] = ["451 Greylisted", "421 Going down"]
    await parvis.database.write(send, mail())
    [job] = await waiting(parvis)
    for _ in range(3):
        await parvis.jobs.run_once()
        moved_clock.advance(timedelta(hours=2))
    [message] = mailbox.messages_to("lea@exemple.fr")
    assert str(job.payload["mail"]) in message["Message-ID"]
    assert await waiting(parvis) == []


async def test_an_address_that_is_refused_for_good_is_given_up(
    parvis: Parvis, mailbox: Mailbox, moved_clock: clock.MovableClock
) -> None:
    mailbox.answers[:] = ["554 No such person"]
    await parvis.database.write(send, mail())
    await parvis.jobs.run_once()
    assert await waiting(parvis) == []
    moved_clock.advance(timedelta(hours=2))
    assert await parvis.jobs.run_once() == 0
    assert mailbox.envelopes == []


async def test_an_address_with_a_line_break_sends_nothing(parvis: Parvis, mailbox: Mailbox) -> None:
    await parvis.database.write(send, mail(to="lea@exemple.fr\r\nBcc: tous@exemple.fr"))
    await parvis.jobs.run_once()
    assert mailbox.envelopes == []


async def test_the_demonstration_keeps_mails_in_a_tray(settings: Settings, mailbox: Mailbox) -> None:
    demonstration = settings.model_copy(update={"demo": True})
    async with serving(demonstration) as app:
        parvis: Parvis = app.state.parvis
        await parvis.database.write(send, mail())
        [job] = await waiting(parvis)
        await parvis.jobs.run_once()
        async with parvis.database.reading() as session:
            [kept] = await session.scalars(select(TrayMail))
    assert (str(kept.id), kept.to, kept.subject) == (job.payload["mail"], "lea@exemple.fr", "Confirmez votre adresse")
    assert LINK in kept.text
    assert "<html" in kept.html
    assert mailbox.envelopes == []


async def test_without_the_demonstration_nobody_keeps_a_mail(parvis: Parvis, mailbox: Mailbox) -> None:
    await parvis.database.write(send, mail())
    await parvis.jobs.run_once()
    async with parvis.database.reading() as session:
        assert list(await session.scalars(select(TrayMail))) == []
    assert len(mailbox.envelopes) == 1


async def test_without_a_server_a_mail_waits(settings: Settings) -> None:
    async with serving(settings.model_copy(update={"smtp_url": None})) as app:
        parvis: Parvis = app.state.parvis
        await parvis.database.write(send, mail())
        await parvis.jobs.run_once()
        [job] = await waiting(parvis)
        assert "PARVIS_SMTP_URL" in (job.error or "")


def test_the_plain_text_reads_as_a_letter() -> None:
    assert render(mail("security_notice")).text == (
        "Un changement sur votre compte\n\n"
        "Si ce changement ne vient pas de vous, vérifiez votre compte sans attendre.\n\n"
        "Quoi\u00a0: Nouvelle clé d’accès\nQuand\u00a0: dimanche à 8 h 10\nOù\u00a0: Firefox, Lyon\n\n"
        f"Vérifier mon compte\u00a0:\n{LINK}\n\n-- \nUniversité d’Été\n"
        "Ce message vous est envoyé par Université d’Été, parce que chaque changement de sécurité est signalé à toutes "
        "vos adresses vérifiées."
    )
