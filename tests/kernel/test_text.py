import re
from html.parser import HTMLParser
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.kernel.text import MARKDOWN, SANITISER, Referred, beginning, fold, render_markdown
from tests.kernel.xss import PAYLOADS

SAFE_TAGS = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "s", "blockquote", "pre", "code"),
    *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
SAFE_ATTRIBUTES = {("a", "href"), ("a", "title"), ("a", "rel"), ("ol", "start")}
SAFE_LINK = re.compile(r"https?:|mailto:|#|/(?![/\\])")
SAFE_CLASSES = {"code": "language-", "th": "align-", "td": "align-"}


class Inspector(HTMLParser):
    """Fails on anything in a page that could act."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SAFE_TAGS, tag
        for name, value in attrs:
            if name == "class":
                assert (value or "").startswith(SAFE_CLASSES[tag])
                continue
            assert (tag, name) in SAFE_ATTRIBUTES, (tag, name)
            if name == "href":
                assert SAFE_LINK.match(value or ""), value

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def inspect(html: str) -> None:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_is_inert(payload: str) -> None:
    inspect(render_markdown(payload))
    inspect(render_markdown(f"- > {payload}\n\n|a|\n|-|\n|{payload}|\n"))


LETTERS = "abé .,;:!?'\"()-+=%€@/12\n\n\n$^{}\xa0\u202f\u3000\u2028\u00ad\u200b\ufeff\x85\t’…ﬁ😀"


@given(st.text(alphabet=LETTERS, max_size=40) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_words_alone_come_out_as_by_the_whole_of_markdown(source: str) -> None:
    assert render_markdown(source) == SANITISER.clean(MARKDOWN.render(source, {}))


@given(st.text(alphabet="<>[]()!`*_#|:-\\/&\"' \n\tajvscriptonerrhfimgxlku=;0", max_size=200))
def test_no_text_makes_an_active_page(source: str) -> None:
    inspect(render_markdown(source))


def test_what_people_write_comes_out_as_they_mean_it() -> None:
    assert render_markdown("**Bonjour** *à toutes* ~~et~~ `tous`") == (
        "<p><strong>Bonjour</strong> <em>à toutes</em> <s>et</s> <code>tous</code></p>\n"
    )
    assert '<pre><code class="language-python">x = 1\n</code></pre>' in render_markdown("```python\nx = 1\n```")
    assert "<blockquote>" in render_markdown("> cité")
    assert "<li>un</li>" in render_markdown("- un\n- deux")
    assert '<ol start="3">' in render_markdown("3. trois")
    assert '<a href="https://exemple.fr/a?b=1&amp;c=2"' in render_markdown("[lien](https://exemple.fr/a?b=1&c=2)")


def test_links_give_nothing_away() -> None:
    assert 'rel="nofollow noopener noreferrer ugc"' in render_markdown("<https://exemple.fr>")


def test_tables_align_by_class_since_inline_style_is_forbidden() -> None:
    html = render_markdown("|a|b|c|d|\n|:-|-:|:-:|-|\n|1|2|3|4|")
    assert "style" not in html
    for cell in ('<th class="align-left">a', '<td class="align-right">2', '<td class="align-center">3', "<td>4"):
        assert cell in html


def test_headings_start_below_those_of_the_page() -> None:
    assert render_markdown("# Un\n\n## Deux\n\n###### Six") == "<h3>Un</h3>\n<h4>Deux</h4>\n<h6>Six</h6>\n"


def test_images_are_links_so_that_reading_fetches_nothing() -> None:
    html = render_markdown('![un *chat*](https://exemple.fr/chat.png "titre")')
    assert "<img" not in html
    assert '<a href="https://exemple.fr/chat.png"' in html
    assert ">un *chat*</a>" in html
    assert ">https://exemple.fr/x.png</a>" in render_markdown("![](https://exemple.fr/x.png)")


def test_raw_html_is_shown_as_text() -> None:
    assert render_markdown("<b>gras</b>") == "<p>&lt;b&gt;gras&lt;/b&gt;</p>\n"


@pytest.mark.parametrize("unit", ["[", "![", "`", "**a ", "<", "> ", "- ", "[a](", "|a", "\\", "&", "_a*", "~~a "])
def test_time_grows_no_faster_than_the_text_by_far(unit: str) -> None:
    def seconds(times: int) -> float:
        source = unit * times
        started = perf_counter()
        render_markdown(source)
        return perf_counter() - started

    seconds(10)
    small = min(seconds(1000) for _ in range(3))
    large = min(seconds(8000) for _ in range(3))
    assert large < max(small, 0.001) * 8 * 12, f"8 times the text took {large / small:.0f} times as long"


@pytest.mark.parametrize(
    "written, folded",
    [
        ("Benoît", "benoit"),
        ("CŒUR", "coeur"),
        ("cœur", "coeur"),
        ("Ægidius", "aegidius"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("ﬁn ﬂûte", "fin flute"),
        ("Łódź", "lodz"),
        ("Đặng Thị", "dang thi"),
        ("Søren Þór", "soren thor"),
        ("İstanbul ısı", "istanbul isi"),
        ("l’Élève", "l'eleve"),
        ("Noe\u0308l", "noel"),
        ("１２３ Ａ", "123 a"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("Чайковский", "чаиковскии"),
        ("हिन्दी", "हिन्दी".replace("\u094d", "")),
        ("", ""),
    ],
)
def test_words_fold_to_what_readers_type(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper().lower()) == fold(text.upper())


@pytest.mark.parametrize("address", ["/communities/1", "#suite", "https://exemple.fr", "mailto:a@exemple.fr"])
def test_links_lead_outside_or_to_our_own_pages(address: str) -> None:
    assert f'href="{address}"' in render_markdown(f"[x]({address})")


@pytest.mark.parametrize("address", ["//exemple.fr", "page", "ftp://exemple.fr", "tel:17"])
def test_other_addresses_are_no_links(address: str) -> None:
    assert "href" not in render_markdown(f"[x]({address})")


def refer(address: str) -> Referred | None:
    """Somebody whose name is hostile, and somebody who is not to be seen."""
    known = {
        "person:1": Referred("/people/1", "<b>*Bob*</b>](https://evil.example)"),
        "person:2": Referred(None, "…"),
        "person:3": Referred("javascript:alert(1)", "Eve"),
    }
    return known.get(address)


@pytest.mark.parametrize(
    "source, expected",
    [
        (
            "@[x](person:1)!",
            (
                '<p>@<a href="/people/1" rel="nofollow noopener noreferrer ugc">'
                "&lt;b&gt;*Bob*&lt;/b&gt;](https://evil.example)</a>!</p>\n"
            ),
        ),
        ("Avec @[*Nom* `caché`](person:2).", "<p>Avec @….</p>\n"),
        ("`@[x](person:2)`", "<p><code>@[x](person:2)</code></p>\n"),
    ],
)
def test_a_link_of_our_own_says_what_it_names_and_nothing_of_what_was_written(source: str, expected: str) -> None:
    assert render_markdown(source, refer=refer) == expected


def test_what_a_link_of_our_own_names_passes_the_sanitiser_too() -> None:
    assert "javascript" not in render_markdown("[x](person:3)", refer=refer)


@pytest.mark.parametrize(
    "source, expected",
    [
        (
            "# Titre\n\nUn *mot*, un [lien](https://a.example/b), `du code` et\nla suite.",
            "Titre Un mot, un lien, du code et la suite.",
        ),
        ("", ""),
        ("Une phrase qui est trop longue, de beaucoup", "Une phrase qui est trop longue…"),
        ("x" * 200, "x" * 33 + "…"),
    ],
)
def test_a_text_begins_by_its_words(source: str, expected: str) -> None:
    assert beginning(source, 45 if source.startswith("#") else 33) == expected
