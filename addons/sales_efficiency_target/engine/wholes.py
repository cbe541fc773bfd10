# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .results import Results


def find_wholes(targets):
    """Return the targets that make up the whole of each metric: the widest, without
    those inside another.

    :param targets: ``sales.target`` records of one plan
    :return: dict metric -> targets; none for several of a rate, which do not add up
    """
    results = Results(targets.env)
    tops = targets.filtered(lambda target: target.parent_id not in targets)
    rows = [
        {
            **target._get_scope_ids(),
            "is_additive": target.is_additive,
            "place": {k: v for k, v in target._get_scope_ids().items() if v},
            "target": target,
        }
        for target in tops
    ]
    ancestors = results.get_ancestors(rows)
    wholes = {}
    for metric in targets.metric_id:
        same = [row for row in rows if row["target"].metric_id == metric]
        groups = results.choose_whole(same, ancestors)
        whole = groups[0] if len(groups) == 1 else []
        wholes[metric] = tops.browse(row["target"].id for row in whole)
    return wholes
