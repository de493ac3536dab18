"""How often Python looks for garbage that goes in circles."""

import gc

YOUNGEST = 10_000
"""Objects made, less those gone, before the youngest are looked through: some ten lists of people. With Python's own
700 the elders were looked through in one request of twelve, which then took twice its time; with 50,000 it happened
less often, and took four times as long."""


def settle() -> None:
    """Sets the collector for a program that has loaded all it needs, and from now on answers requests.

    The program itself is no garbage: to look for some in all of it held up one request in seventy for a fifth of a
    second (`gc.freeze`, Python's manual, module gc).
    """
    gc.freeze()
    gc.set_threshold(YOUNGEST, 10, 10)
