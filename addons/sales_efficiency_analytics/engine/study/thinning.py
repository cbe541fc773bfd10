# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def thin(figures, found, most):
    """Keep every n-th row of the data of an answer, as charts of points do.

    Sentences, charts and tables are made of what a method found, and stay; only what is
    told of each single row goes.

    :param dict figures: see :class:`Figures`
    :param dict found: what the method found of them
    :param int most: rows that are kept at most
    :return: both, with these rows only

    >>> figures = {"keys": [1, 2, 3], "labels": ["a", "b", "c"], "apart": []}
    >>> figures["columns"] = {"sales": [10.0, None, 30.0]}
    >>> figures, found = thin(figures, {"result": {"groups": [1, 1, 2]}}, 2)
    >>> figures["labels"], figures["columns"], found
    (['a', 'c'], {'sales': [10.0, 30.0]}, {'result': {'groups': [1, 2]}})
    """
    kept = slice(None, None, max(-(-len(figures["keys"]) // most), 1))
    figures = {
        **figures,
        "keys": figures["keys"][kept],
        "labels": figures["labels"][kept],
        "columns": {code: some[kept] for code, some in figures["columns"].items()},
    }
    result = found.get("result") or {}
    if "groups" in result:
        found = {**found, "result": {**result, "groups": result["groups"][kept]}}
    return figures, found
