"""What of a mail is its author's own words, as clients that are in use write it."""

import time

import pytest

from parvis.postbox.reading.cutting import own_words
from parvis.postbox.reading.html import words_of_html

MINE = "Oui, je viens.\n\nJ’apporte les cartes."
GMAIL_FR = f"""{MINE}

Le mar. 24 nov. 2026 à 18:02, Parvis <reply+rabc@in.example.org> a
écrit :

> Réunion jeudi ?
> > Laquelle ?
"""
GMAIL_EN = f"""{MINE}

On Tue, Nov 24, 2026 at 6:02 PM Parvis <reply+rabc@in.example.org> wrote:

> Meeting on Thursday?
"""
BELOW = f"""On 24/11/2026 18:02, Parvis wrote:
> Meeting on Thursday?

{MINE}
--\u0020
Inès Benali
"""
OUTLOOK_FR = f"""{MINE}

________________________________
De : Parvis <reply+rabc@in.example.org>
Envoyé : mardi 24 novembre 2026 18:02
À : Inès Benali
Objet : Réunion

Réunion jeudi ?
"""
OUTLOOK_EN = f"""{MINE}

From: Parvis <reply+rabc@in.example.org>
Sent: Tuesday, November 24, 2026 6:02 PM
To: Inès Benali
Subject: Meeting

Meeting on Thursday?
"""
OLD_OUTLOOK = f"{MINE}\n\n-----Message d'origine-----\nDe : Parvis\nRéunion jeudi ?"
PHONE = f"{MINE}\n\nEnvoyé de mon iPhone\n\n> Le 24 nov. 2026 à 18:02, Parvis a écrit :\n> Réunion ?"
ANDROID = f"{MINE}\n\nGet Outlook for Android<https://aka.ms/x>\n________________________________\nFrom: Parvis\n"
SIGNED = f"{MINE}\n-- \nInès Benali\nMaster de géographie\n01 02 03 04 05"


@pytest.mark.parametrize(
    "mail", [GMAIL_FR, GMAIL_EN, BELOW, OUTLOOK_FR, OUTLOOK_EN, OLD_OUTLOOK, PHONE, ANDROID, SIGNED, MINE]
)
def test_only_the_authors_own_words_are_left(mail: str) -> None:
    assert own_words(mail) == MINE
    assert own_words(mail.replace("\n", "\r\n")) == MINE


@pytest.mark.parametrize(
    "mail",
    [
        "Le maire a écrit :\nson discours est là.",
        "De : la part de tous, merci.",
        "Merci,\nje viendrai à 18 h.",
        "Thanks,\nI will come at 6.",
        "On 24 November we meet.\n\nShe wrote: nothing.",
        "- un point\n- un autre\n---\nFin",
    ],
)
def test_what_only_looks_like_it_stays(mail: str) -> None:
    assert own_words(mail) == mail


def test_html_alone_is_read_as_a_person_reads_it() -> None:
    source = (
        "<html><head><style>p{color:red}</style><title>Re</title></head><body><p>Oui, je <b>viens</b>.</p>"
        "<p>J’apporte<br>les cartes &amp; le reste.</p><script>alert(1)</script>"
        "<blockquote type=cite><p>Réunion ?</p></blockquote><p>À jeudi</p>"
        '<div class="gmail_quote">Le 24 nov. 2026, Parvis a écrit :<blockquote>x</blockquote></div></body></html>'
    )
    assert own_words(words_of_html(source)) == "Oui, je viens.\n\nJ’apporte\nles cartes & le reste.\n\nÀ jeudi"


@pytest.mark.parametrize(
    "hostile",
    [
        "On " + "a " * 500_000,
        "On 1\n" * 200_000,
        "From:\n" * 200_000,
        "> " * 500_000,
        "\n" * 1_000_000,
        "<" * 300 + "@" * 500_000,
        "On 1 " + "wrote" * 100_000 + "\n" + " " * 500_000 + ":",
    ],
)
def test_a_mail_that_was_made_to_be_slow_is_not(hostile: str) -> None:
    begun = time.process_time()
    own_words(hostile)
    words_of_html(hostile)
    assert time.process_time() - begun < 3
