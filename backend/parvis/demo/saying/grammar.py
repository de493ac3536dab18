"""French before the name of a city."""


def of(city: str) -> str:
    """ "de Lyon", "d’Orléans", "des Écluses"."""
    if city.startswith("Les "):
        return f"des {city[4:]}"
    if city.startswith("La "):
        return f"de {city}"
    return f"d’{city}" if city[0] in "AÀEÉÈIOUYH" else f"de {city}"


def at(city: str) -> str:
    """ "à Lyon", "aux Écluses"."""
    return f"aux {city[4:]}" if city.startswith("Les ") else f"à {city}"
