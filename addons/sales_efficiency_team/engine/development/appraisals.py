# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.tools import formatLang

from ..section import ListSection


class Appraisals(ListSection):
    """The person's last appraisals, as far as they have been told."""

    key = "appraisals"
    action = "sales_efficiency_team.sales_appraisal_action_mine"
    length = 4

    def is_visible(self):
        return self.page.is_selling and self._appraisals.has_access("read")

    def get_title(self):
        return self.env._("My Appraisals")

    def get_empty(self):
        return self.env._("You see your appraisal here once you have been told.")

    def get_domain(self):
        return [
            ("user_id", "=", self.env.uid),
            ("company_id", "=", self.page.company.id),
            ("is_current", "=", True),
        ]

    def get_count(self):
        return self._appraisals.search_count(self.get_domain())

    def get_rows(self):
        found = self._appraisals.search(self.get_domain(), limit=self.length)
        return [
            {
                "id": appraisal.id,
                "name": appraisal.cycle_id.display_name,
                "detail": self._describe_grade(appraisal),
                "figure": formatLang(self.env, appraisal.score, digits=2)
                if appraisal.is_scored
                else "–",
            }
            for appraisal in found
        ]

    @cached_property
    def _appraisals(self):
        return self.env["sales.appraisal"]

    def _describe_grade(self, appraisal):
        if not appraisal.grade_name:
            return ""
        return self.env._("Grade %s", appraisal.grade_name)
