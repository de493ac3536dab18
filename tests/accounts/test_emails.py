"""One way of writing each address."""

import pytest

from parvis.accounts.emails import MalformedEmail, affiliation_of, kind_of, normalised

DOMAINS = {"univ.example": "student", "alumni.univ.example": "alum"}


@pytest.mark.parametrize(
    "twins",
    [
        ("Ada@Univ.Example", "ada@univ.example"),
        ("élodie@univ.example", "e\u0301lodie@univ.example"),
        ("ada@exämple.org", "ada@xn--exmple-cua.org"),
        ("ada@EXÄMPLE.org", "ada@exämple.org"),
        ("ÉLODIE@univ.example", "élodie@univ.example"),
    ],
)
def test_twins_are_written_alike(twins: tuple[str, str]) -> None:
    assert normalised(twins[0]) == normalised(twins[1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "@univ.example",
        "ada@",
        "ada@univ",
        "a da@univ.example",
        "ada@univ.example\r\nBcc: x@y.example",
        "ada@univ.example,bob@univ.example",
        "Ada <ada@univ.example>",
        "ada@[192.0.2.1]",
        "ada@univ..example",
        "ada\x00@univ.example",
        "ada\u202e@univ.example",
        "ada\u200b@univ.example",
        "a" * 65 + "@univ.example",
        "ada@" + "a" * 250 + ".example",
    ],
)
def test_what_no_mail_could_reach_is_refused(text: str) -> None:
    with pytest.raises(MalformedEmail):
        normalised(text)


def test_only_the_very_domain_counts() -> None:
    assert affiliation_of("ada@univ.example", DOMAINS) == "student"
    for other in ("ada@sub.univ.example", "ada@notuniv.example", "univ.example@mail.example"):
        assert affiliation_of(other, DOMAINS) is None


def test_an_address_that_outlives_the_studies_is_personal() -> None:
    assert kind_of("ada@univ.example", DOMAINS) == "institutional"
    assert kind_of("ada@alumni.univ.example", DOMAINS) == "personal"
    assert kind_of("ada@mail.example", DOMAINS) == "personal"
