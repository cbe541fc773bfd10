# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.fields import Domain

from ..section import ChartSection


class Judgements(ChartSection):
    """What people reached against how their superiors rate them: whoever lies far off
    the others is judged by something else than figures."""

    key = "judgements"
    action = "sales_efficiency_team.sales_appraisal_action"

    def is_visible(self):
        parts = self.env["sales.appraisal.part"]
        return parts.has_access("read") and bool(self._points)

    def get_title(self):
        cycle = self.page.graded.display_name
        return self.env._("Attainment against Rating, %s", cycle)

    def get_data(self):
        return {
            "type": "scatter",
            "labels": [],
            "datasets": [{"label": self.env._("People"), "data": self._points}],
            "x_title": self.env._("Score of the KPIs"),
            "y_title": self.env._("Rating of the superior"),
            "domain": list(self._get_domain()),
        }

    def _get_domain(self):
        domain = self.page.get_domain() & Domain("is_current", "=", True)
        return domain & Domain("cycle_id", "=", self.page.graded.id)

    @cached_property
    def _points(self):
        parts = self.env["sales.appraisal.part"].search(
            Domain("appraisal_id", "any", self._get_domain())
            & Domain("kind", "in", ("kpi", "superior"))
            & Domain("is_counted", "=", True)
        )
        scores = {}
        for part in parts:
            scores.setdefault(part.appraisal_id, {})[part.kind] = part.score
        return [
            {"name": person.user_name, "x": found["kpi"], "y": found["superior"]}
            for person, found in scores.items()
            if len(found) == 2
        ]
