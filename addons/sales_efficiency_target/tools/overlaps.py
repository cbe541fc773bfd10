# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from itertools import product


def get_overlaps(parts):
    """Return the dimensions of parts that may count the same sales.

    Two parts overlap if they restrict the whole by different dimensions, or if one lies
    inside the other.

    >>> region, team, person = {"region": [1, 2]}, {"team": [7]}, {"user": [3]}
    >>> sorted(get_overlaps([region, team]))
    ['region', 'team']
    >>> sorted(get_overlaps([region, {"region": [1, 4]}, {"region": [5], **team}]))
    []
    >>> sorted(get_overlaps([region, {"region": [1]}]))
    ['region']
    >>> sorted(get_overlaps([person, {"user": [4]}]))
    []
    >>> sorted(get_overlaps([region, {**region, **team}]))
    ['region', 'team']

    :param list parts: dicts dimension -> ids of the ancestors of its place and, last,
        of the place itself
    :return: set of dimensions
    """
    kinds = defaultdict(set)
    for part in parts:
        kinds[tuple(part)].add(tuple(path[-1] for path in part.values()))
    found = set()
    for part in parts:
        for kind, places in kinds.items():
            if part.keys().isdisjoint(kind):
                found |= {*part, *kind}
            elif part.keys() >= set(kind):
                above = set(product(*(part[name] for name in kind)))
                itself = {tuple(path[-1] for path in part.values())}
                if (above & places) - (itself if tuple(part) == kind else set()):
                    found |= {*part, *kind}
    return found
