import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.kernel.analysis import LONGEST, MOST_WORDS, STEM, Language, terms_of, tokens_of, words_of


def finds(query: str, text: str, language: Language = "fr") -> bool:
    tokens = tokens_of(text, language)
    return all(
        set(term.tokens) & set(tokens) or (term.beginning and any(token.startswith(term.beginning) for token in tokens))
        for term in terms_of(query)
    )


@pytest.mark.parametrize(
    "query, text",
    [
        ("benoit", "Benoît Le Goff"),
        ("BENOÎT", "benoit"),
        ("etudiante", "les étudiants de géographie"),
        ("preparation", "préparer un oral"),
        ("eleve", "Élèves"),
        ("coeur", "cœurs"),
        ("cœur", "COEUR"),
        ("eau", "droit de l’eau"),
        ("droit de l'eau", "Droit (eaux)"),
        ("vass", "Claire Vasseur"),
        ("Jean Pierre", "Jean-Pierre"),
        ("université", "université"),
        ("rivières et droit de l’eau", "Rivières ; droit ; eau"),
    ],
)
def test_words_are_found_without_accents_by_their_stem_or_their_beginning(query: str, text: str) -> None:
    assert finds(query, text)


def test_english_is_found_by_its_own_stems() -> None:
    assert finds("mentoring", "She mentors students", "en")


@pytest.mark.parametrize("query, text", [("droit geographie", "droit"), ("vasseur claire", "Vasseur"), ("ea", "eau")])
def test_what_lacks_a_word_is_not_found(query: str, text: str) -> None:
    assert not finds(query, text)


def test_a_stem_is_never_taken_for_a_word() -> None:
    assert words_of("Marin") == ["marin"]
    assert not set(words_of("Marin")) & {token for term in terms_of("marine") for token in term.tokens}


def test_small_words_count_only_where_there_are_no_others() -> None:
    assert [term.tokens[0] for term in terms_of("le droit de la mer")] == ["droit", "mer"]
    assert [term.tokens[0] for term in terms_of("Le")] == ["le"]


def test_a_query_without_words_looks_for_nothing() -> None:
    assert terms_of(' "* :() - ') == []


@given(st.text(max_size=200), st.sampled_from(["fr", "en"]))
def test_whatever_is_written_tokens_are_letters_and_digits_and_queries_find_it(text: str, language: Language) -> None:
    tokens = tokens_of(text, language)
    assert all(token.removeprefix(STEM).isalnum() and len(token) <= LONGEST + 1 for token in tokens)
    assert len(terms_of(text)) <= MOST_WORDS
    assert finds(text, text, language)
