# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass, field

from .cascade_shares import CascadeShares


@dataclass
class Branch:
    """A part in the preview, with its own parts.

    :param cascade: virtual break-down of its target, None on the lowest level
    :param dict values: those of its line
    """

    values: dict
    cascade: object = None
    branches: list = field(default_factory=list)


class CascadeTree:
    """The preview of a target broken down over several levels (policy 2.1.1, 2.1.3).

    The actuals of a level are measured together. Below the first level, the parts add
    up to what is broken down: over-assignment is a reserve of the whole.

    :param cascade: a ``sales.target.cascade`` record
    """

    def __init__(self, cascade):
        self.env = cascade.env
        self._cascade = cascade
        self.kept_weight = 0.0

    def get_lines(self):
        """:return: list of values of the lines, each part before its own parts"""
        root = Branch({"key": "", "amount": 0.0}, self._cascade)
        level = [root]
        for dimension in self._cascade._get_levels():
            level = self._break_down(level, dimension)
        self.kept_weight = root.values.get("kept_weight", 0.0)
        return list(self._walk(root))

    def _walk(self, branch):
        for part in branch.branches:
            yield part.values
            yield from self._walk(part)

    def _break_down(self, level, dimension):
        """Break down all branches of a level.

        :return: list of the branches of the next level
        """
        previews = []
        for branch in level:
            if branch.values["key"]:
                branch.cascade = self._imagine(branch, dimension)
            previews.append((branch, branch.cascade._get_parts()))
        actuals = None
        if self._cascade.method == "last_year" and any(p for _b, p in previews):
            actuals = CascadeShares.measure([(b.cascade, p) for b, p in previews])
        for branch, parts in previews:
            branch.branches = self._get_branches(branch, dimension, parts, actuals)
        return [part for branch in level for part in branch.branches]

    def _imagine(self, branch, dimension):
        """:return: a break-down of a part that may not be a target yet"""
        whole = self._cascade
        targets = self.env["sales.target"]
        target = targets.browse(branch.values["child_id"] or ())
        if not target:
            names = targets._get_dimensions()
            scope = {name: branch.values.get(name) for name in names}
            target = targets.new(
                {
                    **scope,
                    "plan_id": whole.target_id.plan_id.id,
                    "metric_id": whole.target_id.metric_id.id,
                }
            )
        return whole.new(
            {
                "target_id": target.id,
                "dimension": dimension,
                "method": whole.method,
                "considers_leave": whole.considers_leave,
                "line_ids": [],
            }
        )

    def _get_branches(self, branch, dimension, parts, actuals):
        cascade = branch.cascade
        shares = CascadeShares(cascade, parts, actuals)
        weights = shares.get_weights()
        kept = branch.values["kept_weight"] = shares.get_kept_weight(weights)
        if branch.values["key"]:
            amount = branch.values["amount"]
            amounts = self._cascade._allocate_below(amount, weights.values(), kept)
        else:
            cascade.kept_weight = kept
            amounts = cascade._allocate(weights.values())
        scope = cascade.target_id._get_scope_ids()
        return [
            Branch(
                {
                    **{name: id_ for name, id_ in scope.items() if id_},
                    dimension: record.id,
                    "level_dimension": dimension,
                    "depth": branch.values.get("depth", -1) + 1,
                    "key": f"{branch.values['key']}/{dimension}:{record.id}",
                    "parent_key": branch.values["key"],
                    "child_id": parts[record].id,
                    "presence": 100 * shares.presences.get(record, 1.0),
                    "weight": weight,
                    "allocated_weight": weight,
                    "amount": amount,
                    "allocated_amount": amount,
                }
            )
            for (record, weight), amount in zip(weights.items(), amounts, strict=True)
        ]
