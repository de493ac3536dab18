"""Which passwords are accepted."""

from unicodedata import normalize

import pytest

from parvis.accounts.passwords import LONGEST, accepted
from parvis.kernel.errors import Invalid

KNOWN = ["Benoît Martin", "benoit.martin@univ.example", "Université d’Exemple"]


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "bicyclette-violette-au-grenier",
        "kT9$xw2Lq0Zp",
        "Le chat dort sur le toit",
        "benoit aime les tartines",
        "un vélo bleu au garage",
        "éàüöçñßœæêîôù",
        "  trois espaces  devant",
        "x7!" * 40 + "correct horse staple",
        "日本語のパスワードは長い方が良い",
    ],
)
def test_long_words_of_one_s_own_are_accepted(password: str) -> None:
    assert accepted(password, KNOWN)


@pytest.mark.parametrize(
    "password, code",
    [
        ("kT9$xw2Lq0Z", "too_short"),
        ("", "too_short"),
        ("motdepasse123!", "too_common"),
        ("Password2024!!", "too_common"),
        ("P@ssw0rd1234", "too_common"),
        ("azertyuiop123", "too_common"),
        ("qwerty123456789", "too_common"),
        ("123456789012", "too_common"),
        ("0612345678 2004", "too_common"),
        ("aaaaaaaaaaaaaaaaaaaa", "too_common"),
        ("abcabcabcabcabc", "too_common"),
        ("iloveyouforever", "too_common"),
        ("ＭotDePasse１２３４", "too_common"),
        ("BenoitMartin2026!", "too_personal"),
        ("nitram.Benoît.Martin", "too_personal"),
        ("martin@univ.example", "too_personal"),
        ("correct horse battery staple" * 10, "too_long"),
    ],
)
def test_what_is_tried_first_is_refused_with_its_reason(password: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        accepted(password, KNOWN)
    assert refused.value.fields[0].code == code
    assert refused.value.fields[0].path == "password"
    assert set(refused.value.fields[0].message) == {"fr", "en"}


def test_the_same_letters_typed_on_another_keyboard_are_the_same_password() -> None:
    typed = "été à la plage, encore"
    composed, decomposed = normalize("NFC", typed), normalize("NFD", typed)
    assert composed != decomposed
    assert accepted(composed) == accepted(decomposed)


def test_nothing_shorter_than_the_longest_is_cut() -> None:
    longest = ("correct horse battery staple " * 12)[:LONGEST]
    assert accepted(longest) == longest
