# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

COMPARED = ("quantity", "uom", "price_unit", "discount", "taxes", "subtotal")


def compare_lines(older, newer):
    """Pair the lines of two versions of an offer: those of the same product in their
    order, texts by what they say.

    >>> line = {"key": "shelf", "quantity": 10, "price_unit": 100}
    >>> less = {**line, "price_unit": 95}
    >>> lamp = {"key": "lamp", "quantity": 1, "price_unit": 80}
    >>> [change for change, _old, _new in compare_lines([line], [less, lamp])]
    ['changed', 'added']
    >>> [change for change, _old, _new in compare_lines([line, lamp], [line])]
    ['same', 'removed']

    Of several lines of a product, those that are the same belong together:

    >>> rows = compare_lines([line, less], [less])
    >>> [change for change, _old, _new in rows]
    ['same', 'removed']

    :param list older: dicts with a ``key`` and the values to compare
    :param list newer: the same of the other version
    :return: list of (change, line of the older, line of the newer version), as they
        stand in the newer one, and last what is not there any more
    """
    waiting = defaultdict(list)
    for line in older:
        waiting[line["key"]].append(line)
    unchanged = [_take(waiting[line["key"]], line) for line in newer]
    rows = []
    for same, line in zip(unchanged, newer, strict=True):
        others = waiting[line["key"]]
        if same is not None:
            rows.append(("same", same, line))
        elif others:
            rows.append(("changed", others.pop(0), line))
        else:
            rows.append(("added", None, line))
    left = {id(line) for lines in waiting.values() for line in lines}
    return rows + [("removed", line, None) for line in older if id(line) in left]


def _take(lines, line):
    """Take the first of some lines that is the same as another one.

    :return: the line, or None if there is none
    """
    for number, former in enumerate(lines):
        if all(former.get(name) == line.get(name) for name in COMPARED):
            return lines.pop(number)
    return None
