# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def give_places(values, highest_first=True):
    """Rank values: equals share the place, and the next place is left out.

    >>> give_places({"Schlecht": 373_218, "Cantrell": 160_284, "Laflamme": 168_738})
    {'Schlecht': 1, 'Laflamme': 2, 'Cantrell': 3}
    >>> give_places({"a": 5, "b": 7, "c": 7, "d": 4})
    {'b': 1, 'c': 1, 'a': 3, 'd': 4}
    >>> give_places({"slow": 60, "fast": 40, "none": None}, highest_first=False)
    {'fast': 1, 'slow': 2}

    :param dict values: key → value; None takes no place
    :return: dict key → place, from the first place on
    """
    ranked = sorted(
        (key for key, value in values.items() if value is not None),
        key=values.get,
        reverse=highest_first,
    )
    places = {}
    for number, key in enumerate(ranked, start=1):
        before = ranked[number - 2] if number > 1 else None
        shared = before is not None and values[before] == values[key]
        places[key] = places[before] if shared else number
    return places
