# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def get_branches(paths, chosen=()):
    """Return the nodes that separate the leaves of trees, none below another.

    These are the chosen nodes and, beside them, the topmost nodes where the paths
    diverge. A leaf on the common trunk belongs to none of them.

    >>> get_branches([[1, 2, 5], [1, 2, 6], [1, 3]])
    [2, 3]
    >>> get_branches([[1, 2, 5], [1, 2, 6], [1, 3]], chosen=[5])
    [5, 6, 3]
    >>> get_branches([[1], [1, 2, 5], [1, 2, 6]])
    [5, 6]
    >>> get_branches([[1, 2]])
    [2]

    :param list paths: ids from the root to each leaf; chosen nodes are also leaves
    :return: list of ids, in the order of the paths
    """
    chosen = set(chosen)
    above = {
        node for path in paths if path[-1] in chosen for node in path[:-1]
    } - chosen
    depth = 0
    while any(len(path) > depth + 1 for path in paths) and (
        len({path[depth] for path in paths if len(path) > depth}) == 1
    ):
        depth += 1
    branches = {}
    for path in paths:
        nodes = [node for node in path if node in chosen]
        nodes += [node for node in path[depth:] if node not in above]
        branches |= dict.fromkeys(nodes[:1])
    return list(branches)
