"""Whom we believe about who sent a mail: our own relay, on DMARC alone, and nobody who speaks under its name."""

import pytest

from parvis.postbox.reading.vouching import is_vouched_for

PASS = "mx.univ.example; dkim=pass header.d=univ.example; dmarc=pass (p=reject dis=none) header.from=univ.example"


@pytest.mark.parametrize(
    "fields",
    [
        [PASS],
        [
            "mx.univ.example; spf=fail smtp.mailfrom=x",
            PASS,
            "mx.elsewhere.example; dmarc=fail header.from=univ.example",
        ],
        ['"mx.univ.example" 1; dmarc = pass header.from = univ.example'],
        ["MX.Univ.Example;\r\n\tdmarc=pass\r\n\theader.from=Univ.Example"],
    ],
)
def test_its_relay_vouches(fields: list[str]) -> None:
    assert is_vouched_for(fields, "mx.univ.example", "univ.example")


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [PASS.replace("dmarc=pass", "dmarc=fail")],
        [PASS.replace("dmarc=pass", "dmarc=none")],
        [PASS.replace("header.from=univ.example", "header.from=other.example")],
        [PASS.replace(" header.from=univ.example", "")],
        [PASS.replace("mx.univ.example", "mx.elsewhere.example")],
        [PASS.replace("mx.univ.example;", "mx.univ.example.evil.example;")],
        [PASS, PASS],
        [PASS, PASS.replace("dmarc=pass", "dmarc=fail")],
        ["mx.univ.example; dkim=pass (dmarc=pass header.from=univ.example)"],
        ['mx.univ.example; dkim=pass reason="; dmarc=pass header.from=univ.example"'],
        ["evil.example; x=y (mx.univ.example; dmarc=pass header.from=univ.example"],
        ["(mx.univ.example) evil.example; dmarc=pass header.from=univ.example"],
        ["mx.univ.example; dmarc=pass header.from=univ.example " + "x" * 9_000],
        ["mx.univ.example; xdmarc=pass header.from=univ.example"],
    ],
)
def test_nobody_else_does(fields: list[str]) -> None:
    assert not is_vouched_for(fields, "mx.univ.example", "univ.example")
