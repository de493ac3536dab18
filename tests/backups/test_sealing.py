"""Whatever is changed of a sealed stream shows before it is read."""

import os
from io import BytesIO

import pytest

from parvis.backups.sealing import MAGIC, PIECE, SALT_BYTES, TAG_BYTES, Opener, Sealer, WrongKey

KEY = b"a key for tests, and for nothing else"
SEALED = PIECE + TAG_BYTES
BEGIN = len(MAGIC) + SALT_BYTES


def sealed(plain: bytes) -> bytes:
    target = BytesIO()
    sealer = Sealer(target, KEY)
    for start in range(0, len(plain), 700_001):
        sealer.write(plain[start : start + 700_001])
    sealer.close()
    return target.getvalue()


def opened(content: bytes, key: bytes = KEY) -> bytes:
    source = BytesIO(content)
    source.seek(len(MAGIC))
    opener = Opener(source, key)
    return b"".join(iter(lambda: opener.read(512 * 20), b""))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_sealed_is_opened(size: int) -> None:
    plain = os.urandom(size)
    assert opened(sealed(plain)) == plain


def test_another_key_a_change_a_cut_a_swap_and_an_addition_are_seen() -> None:
    whole = sealed(os.urandom(3 * PIECE + 5))
    head, first, second, rest = (
        whole[:BEGIN],
        *(whole[BEGIN + n * SEALED :][:SEALED] for n in (0, 1)),
        whole[BEGIN + 2 * SEALED :],
    )
    assert head + first + second + rest == whole
    for changed in (
        whole[:-1],
        head + first + second,
        head + first,
        head,
        head + second + first + rest,
        head + first + rest,
        whole + b"?",
        whole[: BEGIN + 9] + bytes([whole[BEGIN + 9] ^ 1]) + whole[BEGIN + 10 :],
        whole[: BEGIN - 1] + bytes([whole[BEGIN - 1] ^ 1]) + whole[BEGIN:],
    ):
        with pytest.raises(WrongKey):
            opened(changed)
    with pytest.raises(WrongKey):
        opened(whole, KEY + b"?")
