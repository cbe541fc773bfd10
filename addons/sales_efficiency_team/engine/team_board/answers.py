# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.fields import Domain
from odoo.tools import format_date

from ..section import ListSection


class Answers(ListSection):
    """The people whose raters have not all answered: numbers only."""

    key = "answers"
    action = "sales_efficiency_team.sales_appraisal_turnout_action"

    def is_visible(self):
        return self.env["sales.appraisal.turnout"].has_access("read")

    def get_title(self):
        return self.env._("Ratings Still to Come")

    def get_empty(self):
        return self.env._("No rating is waited for.")

    def get_domain(self):
        return self.page.get_domain() & Domain("cycle_id.state", "=", "rating")

    def get_count(self):
        return len(self._waiting)

    def get_rows(self):
        return [self._describe(*row) for row in self._waiting[: self.length]]

    @cached_property
    def _waiting(self):
        """Appraisals with the number of those asked and answered, the fewest first"""
        rows = self.env["sales.appraisal.turnout"]._read_group(
            self.get_domain(), ["appraisal_id"], ["asked:sum", "answered:sum"]
        )
        waiting = [row for row in rows if row[2] < row[1]]
        return sorted(waiting, key=lambda row: row[2] / row[1])

    def _describe(self, appraisal, asked, answered):
        deadline = appraisal.cycle_id.rating_deadline
        is_late = deadline and deadline < self.page.today
        return {
            "id": appraisal.id,
            "name": appraisal.user_name,
            "detail": self.env._("until %s", format_date(self.env, deadline)),
            "figure": self.env._(
                "%(answered)s of %(asked)s", answered=answered, asked=asked
            ),
            "progress": 100 * answered / asked,
            "status": is_late
            and {
                "kind": "development",
                "value": "overdue",
                "name": self.env._("Overdue"),
            },
            "action": "sales_efficiency_team.sales_appraisal_action",
        }
