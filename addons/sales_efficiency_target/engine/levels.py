# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict


def by_level(parents):
    """Sort the parts of trees by level.

    >>> by_level({"person": "team", "team": "company", "company": None})
    [['company'], ['team'], ['person']]

    :param dict parents: part -> what it is part of: another part, or anything else
    :return: list of lists of parts, parents first
    """
    depths, levels = {}, defaultdict(list)

    def get_depth(part):
        if part not in depths:
            parent = parents[part]
            depths[part] = get_depth(parent) + 1 if parent in parents else 0
        return depths[part]

    for part in parents:
        levels[get_depth(part)].append(part)
    return [levels[depth] for depth in sorted(levels)]
