"""How numbers, texts and bytes are written in what Yjs says (lib0), read with bounds."""

LARGEST_UINT = 2**53 - 1
"""What a number of JavaScript holds."""
DEEPEST_ANY = 32
SIGNED, TEXT, OBJECT, LIST, BYTES = 125, 119, 118, 117, 116
SIZED = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}
"""Kinds of values that are always as long: undefined, null, numbers, false, true."""


class Malformed(ValueError):
    """These bytes are not what they should be."""


class Reading:
    """Reads bytes from the first to the last. Each method raises `Malformed` where they end, or say something else."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    @property
    def left(self) -> int:
        return len(self.data) - self.at

    def byte(self) -> int:
        if self.at >= len(self.data):
            raise Malformed("it ends too soon")
        self.at += 1
        return self.data[self.at - 1]

    def uint(self) -> int:
        found = shift = 0
        while True:
            part = self.byte()
            found |= (part & 0x7F) << shift
            if found > LARGEST_UINT:
                raise Malformed("a number is too large")
            if part < 0x80:
                return found
            shift += 7
            if shift > 56:
                raise Malformed("a number is too long")

    def count(self) -> int:
        """How many things follow, of a byte at least each: no more than there are bytes."""
        found = self.uint()
        if found > self.left:
            raise Malformed("it has less than it says")
        return found

    def bytes(self) -> bytes:
        length = self.count()
        self.at += length
        return self.data[self.at - length : self.at]

    def skip(self, length: int) -> None:
        if length > self.left:
            raise Malformed("it ends too soon")
        self.at += length

    def text(self) -> str:
        try:
            return self.bytes().decode()
        except UnicodeDecodeError:
            raise Malformed("a text is not UTF-8") from None

    def signed(self) -> None:
        """A number that may be below zero: nobody here asks for which."""
        part = self.byte()
        length = 1
        while part >= 0x80:
            part = self.byte()
            length += 1
            if length > 9:
                raise Malformed("a number is too long")

    def any(self, depth: int = 0) -> None:
        """A value of any kind: nobody here asks for which."""
        if depth > DEEPEST_ANY:
            raise Malformed("values stand too deep in each other")
        kind = self.byte()
        if kind == SIGNED:
            self.signed()
        elif kind in SIZED:
            self.skip(SIZED[kind])
        elif kind == TEXT:
            self.text()
        elif kind in {OBJECT, LIST}:
            for _ in range(self.count()):
                if kind == OBJECT:
                    self.text()
                self.any(depth + 1)
        elif kind == BYTES:
            self.bytes()
        else:
            raise Malformed("a value of no kind")


def uint(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(0x80 | (number & 0x7F))
        number >>= 7
    written.append(number)
    return bytes(written)


def sized(content: bytes) -> bytes:
    """Bytes, after how many they are."""
    return uint(len(content)) + content
