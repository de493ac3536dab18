import pytest
from starlette.requests import Request

from parvis.kernel.errors import PreconditionFailed, PreconditionRequired
from parvis.kernel.etag import check_if_match, etag_of, not_modified


def request(*headers: tuple[str, str]) -> Request:
    return Request({"type": "http", "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers]})


def test_a_version_number_is_its_own_tag_and_bytes_are_tagged_by_their_hash() -> None:
    assert etag_of(3) == '"3"'
    assert etag_of(b"page") == etag_of(b"page")
    assert etag_of(b"page") != etag_of(b"pages")
    assert len(etag_of(b"page")) == 24


@pytest.mark.parametrize("value", ['"3"', "*", '"1", "3"', ' "2","3" ', '"a,b", "3"'])
def test_a_change_to_the_version_seen_passes(value: str) -> None:
    check_if_match(request(("if-match", value)), '"3"')


@pytest.mark.parametrize("value", ['"2"', 'W/"3"', "3", "", '"33"', '"3', "**"])
def test_a_change_to_another_version_fails_and_tells_the_present_one(value: str) -> None:
    with pytest.raises(PreconditionFailed) as failed:
        check_if_match(request(("if-match", value)), '"3"')
    assert failed.value.headers["ETag"] == '"3"'


def test_several_header_lines_are_one_list() -> None:
    check_if_match(request(("if-match", '"1"'), ("if-match", '"3"')), '"3"')


def test_without_if_match_a_change_passes_unless_it_is_required() -> None:
    check_if_match(request(), '"3"')
    with pytest.raises(PreconditionRequired):
        check_if_match(request(), '"3"', required=True)


def test_a_reader_who_holds_the_version_needs_no_body() -> None:
    assert not_modified(request(("if-none-match", '"3"')), '"3"')
    assert not_modified(request(("if-none-match", 'W/"3"')), '"3"')
    assert not_modified(request(("if-none-match", "*")), '"3"')
    assert not not_modified(request(("if-none-match", '"2"')), '"3"')
    assert not not_modified(request(), '"3"')
