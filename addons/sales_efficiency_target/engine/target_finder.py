# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import Scope

# Plans in these states are approved: only their targets are binding.
STATES = ("running", "closed")


class TargetFinder:
    """Finds the targets of scopes and metrics.

    :param env: environment of the user; record rules of targets apply
    """

    def __init__(self, env):
        self.env = env
        self.dimensions = env["sales.target.scope"]._get_dimensions()

    def find(self, scopes, metrics, periods):
        """Find the targets of scopes and metrics.

        :return: dict (:class:`Scope`, metric id) -> ``sales.target`` records
        """
        scopes = [
            s for s in scopes if self.dimensions.keys() >= dict(s.dimensions).keys()
        ]
        found = self.env["sales.target"]
        if scopes and metrics and periods:
            found = found.search_fetch(
                self._get_targets_domain(scopes, metrics, periods),
                [
                    "plan_id",
                    "metric_id",
                    "parent_path",
                    "is_additive",
                    *self.dimensions,
                ],
            )
        targets = defaultdict(found.browse)
        for group in found.grouped("plan_id").values():
            for key, matching in self._match(group).items():
                targets[key] |= matching
        return targets

    def _match(self, targets):
        """Return the targets of a plan by scope: exact matches, else implied ones.

        :return: dict (:class:`Scope`, metric id) -> ``sales.target`` records
        """
        exact, implied = defaultdict(targets.browse), defaultdict(targets.browse)
        for target in targets:
            scope = target._get_scope()
            exact[scope, target.metric_id.id] |= target
            place = self.get_place(target._get_scope_ids())
            implied[Scope(scope.company_id, **place), target.metric_id.id] |= target
        return {
            key: exact.get(key) or self._drop_nested(implied[key])
            for key in {*exact, *implied}
        }

    @staticmethod
    def _drop_nested(targets):
        """Leave out targets inside another one, which already includes them."""
        ids = set(targets.ids)
        return targets.filtered(
            lambda target: ids.isdisjoint(
                int(step) for step in target.parent_path.split("/")[:-2]
            )
        )

    def _get_targets_domain(self, scopes, metrics, periods):
        by_names = defaultdict(lambda: defaultdict(set))
        for scope in scopes:
            names = tuple(name for name, _ids in scope.dimensions)
            for name, ids in scope.dimensions:
                by_names[names][name].update(ids)
            by_names[names]["company_id"].add(scope.company_id)
        return Domain.AND(
            [
                Domain("plan_id.state", "in", STATES),
                Domain("plan_id.date_from", "<=", max(p.end for p in periods)),
                Domain("plan_id.date_to", ">=", min(p.start for p in periods)),
                Domain("metric_id", "in", metrics.ids),
                Domain.OR(
                    self._get_scopes_domain(names, ids)
                    for names, ids in by_names.items()
                ),
            ]
        )

    def _get_scopes_domain(self, names, ids):
        """Return the domain of targets with these dimensions, and no others except
        implied ones."""
        targets = self.env["sales.target.scope"]
        organization = targets._get_dimensions_of("organization")
        named = [organization.index(name) for name in names if name in organization]
        implied = organization[: max(named, default=0)]
        others = set(self.dimensions).difference(names, implied)
        return Domain.AND(
            [
                *(Domain(name, "in", list(some)) for name, some in ids.items()),
                *(Domain(name, "=", False) for name in sorted(others)),
            ]
        )

    def get_place(self, row):
        """Return the dimensions set in a row, without implied ones such as the team of
        a salesperson."""
        named = [name for name in self.dimensions if row[name]]
        names = self.env["sales.target.scope"]._leave_out_wider(named)
        return {name: row[name] for name in names}
