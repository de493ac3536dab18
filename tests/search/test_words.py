import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from parvis.search.words import understood
from tests.make.communities import Someone
from tests.make.search import SEARCH


@pytest.mark.parametrize(
    "typed, words, phrases, excluded",
    [
        ("cartes du relief", ["cartes", "du", "relief"], [], []),
        ('"carte du relief" crue', ["crue"], ["carte du relief"], []),
        ("« carte du relief » crue", ["crue"], ["carte du relief"], []),
        ("“carte du relief”", [], ["carte du relief"], []),
        ("crue -étiage", ["crue"], [], ["étiage"]),
        ('crue -"basses eaux"', ["crue"], [], ["basses eaux"]),
        ("co-voiturage", ["co-voiturage"], [], []),
        ("crue - étiage", ["crue", "étiage"], [], []),
        ('"carte du', [], ["carte du"], []),
        ('- -- "" «»', [], [], []),
    ],
)
def test_what_is_typed_is_understood(typed: str, words: list[str], phrases: list[str], excluded: list[str]) -> None:
    asked = understood(typed)
    assert (list(asked.words), list(asked.phrases), list(asked.excluded)) == (words, phrases, excluded)


TYPED = st.text(alphabet=st.sampled_from("ab é'’\"«»“”-:*()^|&!<>~_\\/.+,;œß2"), min_size=1, max_size=60)


@hypothesis_settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED | st.text(min_size=1, max_size=60))
async def test_nothing_typed_breaks_it(ana: Someone, typed: str) -> None:
    for path in (SEARCH, f"{SEARCH}/suggestions"):
        reply = await ana.browser.get(path, params={"q": typed.encode("utf-8", "ignore").decode()})
        assert reply.status_code in {200, 422}, reply.text
