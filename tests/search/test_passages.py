import pytest

from parvis.kernel.analysis import terms_of
from parvis.search.passages import Marker, plain


def marked(text: str, query: str) -> list[str]:
    return [piece.text for piece in Marker(terms_of(query)).marked(text) if piece.is_match]


@pytest.mark.parametrize(
    "text, query, found",
    [
        ("Le cœur des Étudiantes bat.", "coeur etudiant", ["cœur", "Étudiantes"]),
        ("LES CRUES de 1998", "crue 1998", ["CRUES", "1998"]),
        ("Œuvre au noir, œuvres", "oeuvre", ["Œuvre", "œuvres"]),
        ("Großes Straße", "strasse", ["Straße"]),
        ("snake_case est un mot", "case", ["case"]),
        ("Cartographie", "carto", ["Cartographie"]),
        ("Décartographie", "carto", []),
        ("L’eau, l'été", "ete", ["été"]),
        ("rien", "autre", []),
    ],
)
def test_words_are_marked_in_any_form(text: str, query: str, found: list[str]) -> None:
    assert marked(text, query) == found


def test_nothing_is_lost_of_a_text_that_is_marked() -> None:
    text = "Une carte, des cartes : la carte."
    assert "".join(piece.text for piece in Marker(terms_of("carte")).marked(text)) == text


def test_a_passage_begins_before_what_is_found_and_ends_with_a_word() -> None:
    text = f"{'mot ' * 100}la crue de la rivière {'fin ' * 100}"
    [passage] = Marker(terms_of("crue riviere")).passages(text, 2)
    said = "".join(piece.text for piece in passage)
    assert [piece.text for piece in passage if piece.is_match] == ["crue", "rivière"]
    assert said.startswith("…mot")
    assert said.endswith("fin…")
    assert len(said) <= 200


def test_two_passages_tell_of_different_words() -> None:
    text = f"La crue {'x ' * 300} et la rivière {'y ' * 300}"
    first, second = Marker(terms_of("crue riviere")).passages(text, 2)
    assert [piece.text for piece in (*first, *second) if piece.is_match] == ["crue", "rivière"]


@pytest.mark.parametrize(
    "markdown, words",
    [
        ("# Titre\n\n- **gras** et [lien](https://example.org)", "Titre gras et lien"),
        ("Le `git_log` de __plan_de_cours__ et _ceci_", "Le git_log de plan_de_cours et ceci"),
        ("2 * 3 vaut 6, ~20 % de moins", "2 * 3 vaut 6, ~20 % de moins"),
        ("| a | b |\n|---|:-:|\n| c | d |", "a | b c | d"),
        ("- [x] fait\n1. un\n> dit\n\n---\n\n```python\nx = 1\n```", "fait un dit x = 1"),
        ('![Carte des crues](x.png "Crues") ***là***', "Carte des crues là"),
    ],
)
def test_marks_of_markdown_are_not_shown(markdown: str, words: str) -> None:
    assert plain(markdown).split() == words.split()
