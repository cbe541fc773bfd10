# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import Scope

# Number of parts named for each indicator
LENGTH = 3


class Movers:
    """The parts of a scope that changed most against the same days of last year.

    Parts of sums add up to the change of the whole; of rates, each part's own change is
    told. The growth of a metric is moved by what moves the metric.

    :param IndicatorChoice choice: the choice of the user
    :param metrics: the metrics of the indicators
    """

    def __init__(self, choice, metrics):
        self.env, self._choice, self._metrics = choice.env, choice, metrics

    def get(self):
        """:return: dict metric id → list of dicts of name, change and unit, the largest
        change first"""
        choice = self._choice
        parts = choice.find_parts() if choice.by else ()
        if not parts:
            return {}
        scopes = {
            part: Scope(choice.company.id, **{**choice.place, choice.by: part.id})
            for part in parts
        }
        moved = {metric: self._get_moved(metric) for metric in self._metrics}
        metrics = self._metrics.union(*moved.values())
        periods = (choice.span, choice.last_year)
        values = metrics._evaluate(list(scopes.values()), periods)
        return {
            metric.id: self._rank(part_of, scopes, values)
            for metric, part_of in moved.items()
        }

    @staticmethod
    def _get_moved(metric):
        return metric.base_id if metric.kind == "growth" else metric

    def _rank(self, metric, scopes, values):
        is_additive = metric._is_additive()
        changes = []
        for part, scope in scopes.items():
            now = values[metric.id, scope, self._choice.span]
            then = values[metric.id, scope, self._choice.last_year]
            if is_additive:
                now, then = now or 0, then or 0
            if now is not None and then is not None and now != then:
                changes.append((now - then, part))
        changes.sort(key=lambda change: (-abs(change[0]), change[1].id))
        return [
            {
                "id": part.id,
                # sudo: names are not confidential, figures are; of a customer that the
                # user may not read, they see their own.
                "name": part.sudo().name,
                "path": part.sudo().display_name,
                "change": change,
                "unit": metric.unit,
            }
            for change, part in changes[:LENGTH]
        ]
