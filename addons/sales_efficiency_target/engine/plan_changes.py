# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.addons.sales_efficiency_base.tools import grow


class PlanChanges:
    """Compares the versions of a plan, and its present figures (policy 2.1.1).

    Users see the targets that they may read. Of those that are gone, directors and the
    reviewers of the plan see all, others none.

    :param plan: a ``sales.target.plan`` record in the environment of the user
    """

    def __init__(self, plan):
        self.env = plan.env
        self._plan = plan
        versions = self.env["sales.target.plan.version"]
        self._sees_all = versions.has_access("read") or plan._is_reviewer()
        # sudo: what is read of them is restricted below.
        self._versions = versions.sudo().search([("plan_id", "=", plan.id)])
        targets = self.env["sales.target"]
        if self._sees_all:
            targets = targets.sudo()
        self._targets = targets.search([("plan_id", "=", plan.id)])

    def compare(self, before_id=None, after_id=None):
        """Return what has changed between two versions, as JSON.

        :param before_id: the earlier one; if there is none, the last that was submitted
            before now
        :param after_id: the later one; if there is none, the present figures
        """
        before = self._choose(before_id) or self._get_last()
        after = self._choose(after_id)
        return {
            "versions": [
                {"id": version.id, "name": version.display_name}
                for version in self._versions
            ],
            "before_id": before.id,
            "after_id": after.id,
            "currency_id": self._plan.currency_id.id,
            "rows": self._get_rows(before, after) if before else [],
        }

    def _choose(self, version_id):
        return self._versions.filtered(lambda version: version.id == version_id)

    def _get_last(self):
        """:return: the version before the one that waits for approval, else the last"""
        waits = self._plan.state == "submitted" and len(self._versions) > 1
        return self._versions[1:2] if waits else self._versions[:1]

    def _get_rows(self, before, after):
        old, new = self._index(before), self._index(after)
        keys = [key for key in old | new if old.get(key) != new.get(key)]
        names = self._name(keys)
        metrics = self.env["sales.metric"].browse({key[0] for key in keys}).exists()
        rows = [
            self._describe(metric, key, names[key], old.get(key), new.get(key))
            for key in keys
            for metric in metrics
            if metric.id == key[0]
        ]
        return sorted(rows, key=lambda row: (row["metric_id"], row["name"]))

    def _index(self, version):
        """:return: dict (metric, scope) -> months, of what the user may see"""
        figures = (
            version.figures if version else self._versions._read_figures(self._targets)
        )
        indexed = {self._get_key(row): row["months"] for row in figures}
        if self._sees_all:
            return indexed
        seen = {self._get_key_of(target) for target in self._targets}
        return {key: months for key, months in indexed.items() if key in seen}

    @staticmethod
    def _get_key(row):
        return (row["metric_id"], *sorted(row["scope"].items()))

    def _get_key_of(self, target):
        scope = {k: v for k, v in target._get_scope_ids().items() if v}
        return self._get_key({"metric_id": target.metric_id.id, "scope": scope})

    def _name(self, keys):
        """:return: dict key -> name of its scope"""
        targets = self.env["sales.target"]
        ids = defaultdict(set)
        for _metric, *scope in keys:
            for name, id_ in scope:
                if name in targets._fields:
                    ids[name].add(id_)
        # sudo: names are not confidential, see _get_scope_name.
        places = {
            (name, place.id): place.display_name
            for name, some in ids.items()
            for place in targets[name].sudo().browse(some).exists()
        }
        order = targets._get_naming_dimensions()
        company = self._plan.company_id.name
        gone = self.env._("Deleted")
        named = {}
        for key in keys:
            scope = dict(key[1:])
            names = [
                places.get((name, scope[name]), gone) for name in order if name in scope
            ]
            named[key] = " · ".join(names) or company
        return named

    def _describe(self, metric, key, name, old, new):
        before, after = (self._get_year(metric, months) for months in (old, new))
        return {
            "key": repr(key),
            "metric_id": metric.id,
            "metric": metric.name,
            "unit": metric.unit,
            "name": name,
            "before": before,
            "after": after,
            "difference": (after or 0) - (before or 0),
            "percent": grow(after, before, not metric._is_additive()),
            "month_count": sum(
                was != now for was, now in zip(old or (), new or (), strict=False)
            ),
        }

    def _get_year(self, metric, months):
        if months is None:
            return None
        total = sum(months)
        return round(total if metric._is_additive() else total / len(months), 2)
