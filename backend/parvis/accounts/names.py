"""What is made of a person's name, which people write as they please."""

from parvis.kernel.text import fold

LONGEST = 120


def sort_name(name: str) -> str:
    """The form that lists are ordered by and names are found by: "Élodie Le Goff" gives "elodie le goff"."""
    return " ".join(fold(name).split())


def given_name(name: str) -> str:
    """How the product greets: the first word of the name."""
    return name.split(maxsplit=1)[0] if name.strip() else name
