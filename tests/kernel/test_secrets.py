import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.kernel.secrets import Vault, VaultSealed, derive_key, hash_token, new_token

ROOT = b"a root secret of at least thirty-two bytes"


def test_tokens_are_long_url_safe_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(len(token) == 43 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)


def test_a_token_is_stored_as_its_sha256() -> None:
    assert hash_token("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_key_is_for_one_purpose_of_one_root() -> None:
    assert derive_key(ROOT, "a") == derive_key(ROOT, "a")
    assert len({derive_key(ROOT, "a"), derive_key(ROOT, "b"), derive_key(ROOT + b"!", "a")}) == 3
    assert len(derive_key(ROOT, "a", 16)) == 16


@given(st.binary(max_size=300), st.binary(max_size=20))
def test_what_is_sealed_opens_in_its_place(plain: bytes, context: bytes) -> None:
    vault = Vault(ROOT, "test")
    assert vault.decrypt(vault.encrypt(plain, context), context) == plain


def test_the_same_secret_never_looks_the_same() -> None:
    vault = Vault(ROOT, "test")
    assert vault.encrypt(b"secret") != vault.encrypt(b"secret")
    assert b"secret" not in vault.encrypt(b"secret")


@given(st.integers(min_value=0), st.integers(1, 255))
def test_one_changed_byte_keeps_it_shut(at: int, flip: int) -> None:
    sealed = bytearray(Vault(ROOT, "test").encrypt(b"secret", b"row 1"))
    sealed[at % len(sealed)] ^= flip
    with pytest.raises(VaultSealed):
        Vault(ROOT, "test").decrypt(bytes(sealed), b"row 1")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(11), b"\x02" + bytes(40), bytes(40)])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(VaultSealed):
        Vault(ROOT, "test").decrypt(sealed)


def test_it_opens_nowhere_else() -> None:
    sealed = Vault(ROOT, "test").encrypt(b"secret", b"row 1")
    for vault, context in [
        (Vault(ROOT, "test"), b"row 2"),
        (Vault(ROOT, "other"), b"row 1"),
        (Vault(ROOT + b"!", "test"), b"row 1"),
    ]:
        with pytest.raises(VaultSealed):
            vault.decrypt(sealed, context)


HERE = Path(__file__).parents[2]
DERIVED = re.compile(r"(?:derive_key|Vault|__init__)\((?:\w+\.)?\w*(?:root|secret)\w*, \"([^\"]+)\"")


def test_every_purpose_that_a_key_is_derived_for_is_in_the_inventory() -> None:
    sources = [path.read_text() for path in (HERE / "backend").rglob("*.py")]
    purposes = {purpose for source in sources for purpose in DERIVED.findall(source)}
    inventory = (HERE / "docs" / "security" / "keys.md").read_text()
    assert len(purposes) > 12
    assert [purpose for purpose in sorted(purposes) if f"`{purpose}`" not in inventory] == []
