# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def find_own_targets(target, dimension):
    """Return the targets below a target by the part of its scope that they cover.

    :param str dimension: name of the dimension of the parts
    :return: dict record of the dimension -> ``sales.target``
    """
    dimensions = target._get_dimensions()
    names = list(dimensions)
    # A team implies a region, a salesperson both: wider dimensions may differ.
    same = [
        name
        for name in names
        if name != dimension
        and (
            dimensions[name] != dimensions[dimension]
            or names.index(name) > names.index(dimension)
        )
    ]
    # sudo: users who may see a target may see its parts
    targets = target.env["sales.target"].sudo()
    below = targets.search(
        [
            ("id", "child_of", target.id),
            ("id", "!=", target.id),
            (dimension, "!=", False),
            *((name, "=", target[name].id) for name in same),
        ]
    ).filtered(lambda part: part[dimension] != target[dimension])
    own = below.filtered(
        lambda part: not below & targets.browse(get_path(part)[:-1])
    ).grouped(dimension)
    ids = {record.id for record in own}
    return {
        record: parts
        for record, parts in own.items()
        if ids.isdisjoint(get_path(record)[:-1])
    }


def get_path(record):
    """:return: ids from the root of the record's tree, if it has one, to the record"""
    path = record.parent_path if "parent_path" in record._fields else ""
    return [int(id_) for id_ in (path or "").split("/") if id_] or record.ids
