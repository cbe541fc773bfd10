# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.fields import Domain

from ..section import ChartSection


class Grades(ChartSection):
    """How many people of each team have which grade."""

    key = "grades"
    action = "sales_efficiency_team.sales_appraisal_action"
    view_type = "pivot"

    def is_visible(self):
        appraisals = self.env["sales.appraisal"]
        return appraisals.has_access("read") and bool(self._counts)

    def get_title(self):
        cycle = self.page.graded.display_name
        return self.env._("Grades by Team, %s", cycle)

    def get_data(self):
        counts = self._counts
        teams = list(dict.fromkeys(team for team, _grade in counts))
        grades = dict.fromkeys(grade for _team, grade in counts)
        grades = sorted(grades, key=lambda grade: -grade.lowest)
        return {
            "type": "bar",
            "stacked": True,
            "labels": [team.name or self.env._("No team") for team in teams],
            "datasets": [
                {
                    "label": grade.name,
                    "data": [counts.get((team, grade), 0) for team in teams],
                }
                for grade in grades
            ],
            "domain": list(self._get_domain()),
        }

    def _get_domain(self):
        domain = self.page.get_domain() & Domain("is_current", "=", True)
        domain &= Domain("cycle_id", "=", self.page.graded.id)
        return domain & Domain("grade_id", "!=", False)

    @cached_property
    def _counts(self):
        """Dict (team, grade) → number of people"""
        rows = self.env["sales.appraisal"]._read_group(
            self._get_domain(), ["team_id", "grade_id"], ["__count"]
        )
        return {(team, grade): count for team, grade, count in rows}
