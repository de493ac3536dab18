"""ID tokens (suite JOSE): a word that the provider did not sign, for us, in answer to this request, is nobody's."""

import hmac
import json
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from parvis.kernel.clock import MovableClock
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.conftest import client_of, serving
from tests.make.people import make_member
from tests.make.security import code_in
from tests.make.university import (
    CLIENT_ID,
    CLIENT_SECRET,
    EC_KEY,
    KEY,
    OTHER_KEY,
    THIRD_KEY,
    Claims,
    Forge,
    University,
    b64,
    come_in,
    signed,
    university,
)
from tests.make.web_server import reply

INES = "ines.benali@univ.example"
PUBLIC_PEM = KEY.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
PUBLIC_DER = KEY.public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture
async def there() -> AsyncIterator[University]:
    async with university() as running:
        yield running


@pytest.fixture
async def settings(settings: Settings, there: University) -> Settings:
    return settings.model_copy(update={"oidc": [there.provider()]})


@pytest.fixture(autouse=True)
async def member(parvis: Parvis) -> None:
    await make_member(parvis, "Inès Benali", identifier=INES)


def saying(**wrong: Any) -> Forge:
    """The right key and other claims; None leaves one out."""
    return lambda there, claims: signed(
        {name: value for name, value in {**claims, **wrong}.items() if value is not None}
    )


def of(change: Callable[[University, Claims], Claims]) -> Forge:
    return lambda there, claims: signed({**claims, **change(there, claims)})


def under(**header: Any) -> Forge:
    """Our claims, signed with the right key under another header."""
    return lambda there, claims: signed(claims, header=header)


def hmac_with(secret: bytes, algorithm: str = "HS256", kid: str | None = "one") -> Forge:
    """What a library verifies that lets a token choose between a secret and a public key."""

    def forge(_there: University, claims: Claims) -> str:
        text = f"{b64(json.dumps({'alg': algorithm, 'kid': kid}).encode())}.{b64(json.dumps(claims).encode())}"
        return f"{text}.{b64(hmac.digest(secret, text.encode(), algorithm.replace('HS', 'sha')))}"

    return forge


def unsigned(algorithm: str) -> Forge:
    def forge(_there: University, claims: Claims) -> str:
        return f"{b64(json.dumps({'alg': algorithm, 'kid': 'one'}).encode())}.{b64(json.dumps(claims).encode())}."

    return forge


HEADERS: Mapping[str, Forge] = {
    "alg none": unsigned("none"),
    "alg None": unsigned("None"),
    "alg empty": unsigned(""),
    "alg of an HMAC, with our secret": hmac_with(CLIENT_SECRET.encode()),
    "HS512 with our secret": hmac_with(CLIENT_SECRET.encode(), "HS512"),
    "HMAC keyed with the public key in PEM": hmac_with(PUBLIC_PEM),
    "HMAC keyed with the public key in DER": hmac_with(PUBLIC_DER),
    "HMAC without kid": hmac_with(PUBLIC_DER, kid=None),
    "an algorithm that it does not publish": lambda there, claims: signed(claims, algorithm="RS512"),
    "PS256 over its RS256 key": lambda there, claims: signed(claims, algorithm="PS256"),
    "ES256 with a key of its own": lambda there, claims: signed(claims, EC_KEY, algorithm="ES256"),
    "kid unknown": lambda there, claims: signed(claims, OTHER_KEY),
    "kid of another key": lambda there, claims: signed(claims, OTHER_KEY, {"kid": "one"}),
    "kid a number": under(kid=1),
    "kid a path": under(kid="../../dev/null"),
    "the key in the header": lambda there, claims: signed(
        claims, OTHER_KEY, {"kid": "one", "jwk": OTHER_KEY.as_dict(private=False)}
    ),
    "jku": under(jku="https://evil.example/jwks"),
    "x5u": under(x5u="https://evil.example/cert.pem"),
    "x5c": under(x5c=[b64(PUBLIC_DER)]),
    "crit": under(crit=["exp"]),
    "b64 false": under(b64=False, crit=["b64"]),
    "zip": under(zip="DEF"),
    "alg a list": under(alg=["RS256"]),
}
SIGNATURES: Mapping[str, Forge] = {
    "signature left out": lambda there, claims: signed(claims).rpartition(".")[0] + ".",
    "signature truncated": lambda there, claims: signed(claims)[:-8],
    "signature of other claims": lambda there, claims: ".".join(
        [signed(claims).split(".")[0], b64(json.dumps({**claims, "sub": "x"}).encode()), signed(claims).split(".")[2]]
    ),
    "JWE": lambda there, claims: "e30.AAAA.AAAA.AAAA.AAAA",
    "no token": lambda there, claims: "token",
    "dots": lambda there, claims: "..",
    "empty": lambda there, claims: "",
    "oversized": saying(padding="a" * 40_000),
    "claims a list": lambda there, claims: signed([claims]),
    "claims deeply nested": lambda there, claims: f"{b64(b'[' * 20_000)}.{b64(b'[' * 9_000)}.AAAA",
}
CLAIMS: Mapping[str, Forge] = {
    "iss of another": saying(iss="https://evil.example"),
    "iss with a slash": of(lambda there, claims: {"iss": claims["iss"] + "/"}),
    "iss left out": saying(iss=None),
    "aud of another client": saying(aud="somebody-else"),
    "aud left out": saying(aud=None),
    "aud of several, without azp": saying(aud=[CLIENT_ID, "somebody-else"]),
    "aud of several, made for another": saying(aud=[CLIENT_ID, "somebody-else"], azp="somebody-else"),
    "azp of another": saying(azp="somebody-else"),
    "exp past": of(lambda there, claims: {"exp": claims["iat"] - 61}),
    "exp left out": saying(exp=None),
    "exp text": saying(exp="soon"),
    "iat future": of(lambda there, claims: {"iat": claims["iat"] + 3600, "exp": claims["iat"] + 7200}),
    "iat left out": saying(iat=None),
    "nbf future": of(lambda there, claims: {"nbf": claims["iat"] + 3600}),
    "nonce of another request": saying(nonce="another"),
    "nonce left out": saying(nonce=None),
    "nonce a list": of(lambda there, claims: {"nonce": [claims["nonce"]]}),
    "at_hash of another token": saying(at_hash=b64(b"0" * 16)),
    "at_hash a number": saying(at_hash=1),
    "sub left out": saying(sub=None),
    "sub empty": saying(sub=""),
    "sub a number": saying(sub=12),
    "sub endless": saying(sub="a" * 256),
    "auth_time text": saying(auth_time="now"),
    "amr text": saying(amr="mfa"),
}
FORGERIES = {**HEADERS, **SIGNATURES, **CLAIMS}


@pytest.mark.parametrize("name", sorted(FORGERIES))
async def test_a_forged_token_lets_nobody_in(client: httpx.AsyncClient, there: University, name: str) -> None:
    there.forge = FORGERIES[name]
    answer = await come_in(client, there)
    assert code_in(answer) == (401, "identity_refused"), answer.text
    assert (await client.get("/api/v1/session")).json()["member"] is None


@pytest.mark.parametrize(
    "forge",
    [
        saying(aud=[CLIENT_ID]),
        saying(aud=[CLIENT_ID, "somebody-else"], azp=CLIENT_ID),
        saying(at_hash=None),
        saying(auth_time=None),
        of(lambda there, claims: {"exp": claims["iat"] - 30}),
        under(typ="JWT", x5t="AAAA"),
        under(kid=None),
    ],
)
async def test_an_honest_one_does_however_it_is_written(
    client: httpx.AsyncClient, there: University, forge: Forge
) -> None:
    there.forge = forge
    answer = await come_in(client, there)
    assert (answer.status_code, answer.json().get("status")) == (200, "signed_in"), answer.text


@pytest.mark.parametrize(
    "published",
    [
        {"id_token_signing_alg_values_supported": ["HS256", "none"]},
        {"id_token_signing_alg_values_supported": []},
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"token_endpoint": "http://evil.example/token"},
        {"token_endpoint": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "//evil.example/authorize"},
        {"jwks_uri": None},
    ],
)
async def test_a_provider_that_publishes_nonsense_is_not_asked(
    client: httpx.AsyncClient, there: University, published: Claims
) -> None:
    there.metadata = published
    answer = await client.post("/api/v1/university-sign-ins", json={"provider": "univ"})
    assert code_in(answer) == (503, "provider_unavailable")


@pytest.mark.parametrize(
    "endpoint",
    ["https://127.0.0.1:1/token", "https://10.0.0.7/token", "https://localhost/token", "http://127.0.0.1:1/"],
)
@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri"])
async def test_what_it_names_on_a_private_network_is_not_fetched(
    client: httpx.AsyncClient, there: University, name: str, endpoint: str
) -> None:
    """The administrator allowed its own origin, and no other."""
    there.metadata = {name: endpoint}
    assert code_in(await come_in(client, there)) == (503, "provider_unavailable")


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/jwks"])
async def test_no_redirect_of_it_is_followed(client: httpx.AsyncClient, there: University, path: str) -> None:
    honest = there.server.answer
    elsewhere = f"{there.issuer}/elsewhere"
    there.server.answer = lambda hit: (
        reply(status=307, location=elsewhere) if hit.path.startswith(path) else honest(hit)
    )
    asked = await client.post("/api/v1/university-sign-ins", json={"provider": "univ"})
    if asked.status_code == 200:
        given = {"provider": "univ", **there.visit(asked.json()["authorization_url"])}
        asked = await client.post("/api/v1/sessions/university", json=given)
    assert code_in(asked) == (503, "provider_unavailable")
    assert not any(hit.path == "/elsewhere" for hit in there.server.hits)


@pytest.mark.parametrize(
    "token_reply",
    [
        reply(b"not json"),
        reply(b"[]"),
        reply(b"{}"),
        reply(b'{"id_token": 1}'),
        reply(b"{" * 300_000),
        reply(status=500),
        b"not http\r\n\r\n",
    ],
)
async def test_an_answer_that_is_none_is_not_taken_for_one(
    client: httpx.AsyncClient, there: University, token_reply: bytes
) -> None:
    there.token_reply = token_reply
    assert code_in(await come_in(client, there)) == (503, "provider_unavailable")


async def test_a_new_key_is_found_but_not_looked_for_at_each_token(
    client: httpx.AsyncClient, there: University, moved_clock: MovableClock
) -> None:
    await come_in(client, there)
    there.key, there.jwks = OTHER_KEY, {"keys": [OTHER_KEY.as_dict(private=False)]}
    assert code_in(await come_in(client, there)) == (401, "identity_refused"), "the keys were read a moment ago"
    moved_clock.advance(timedelta(seconds=61))
    assert (await come_in(client, there)).json()["status"] == "signed_in"
    there.key = THIRD_KEY
    for _ in range(3):
        assert (await come_in(client, there)).status_code == 401
    assert there.asked.count("/jwks") == 2


async def test_keys_that_are_not_for_signing_are_left_out(settings: Settings, there: University) -> None:
    public = KEY.as_dict(private=False)
    for wrong in (
        {**public, "use": "enc"},
        {**public, "alg": "RS512"},
        {**public, "n": public["n"][:170]},
        {"kty": "oct", "k": b64(b"k" * 32), "kid": "one"},
        {"kty": "RSA", "kid": "one"},
        {"kty": "unknown"},
        "key",
    ):
        there.jwks = {"keys": [wrong]}
        async with serving(settings) as app, client_of(app) as browser:
            assert (await come_in(browser, there)).status_code == 401
    there.jwks = {"keys": "none"}
    async with serving(settings) as app, client_of(app) as browser:
        assert code_in(await come_in(browser, there)) == (503, "provider_unavailable")
