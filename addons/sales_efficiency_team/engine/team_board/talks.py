# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain
from odoo.tools import format_date

from ..section import ListSection


class Talks(ListSection):
    """The appraisals that are to be told, those due first."""

    key = "talks"
    action = "sales_efficiency_team.sales_appraisal_action"

    def is_visible(self):
        return self.env["sales.appraisal"].has_access("read")

    def get_title(self):
        return self.env._("Appraisals to Tell")

    def get_empty(self):
        return self.env._("Everybody has been told.")

    def get_domain(self):
        domain = self.page.get_domain() & Domain("is_current", "=", True)
        domain &= Domain("state", "=", "calibration")
        return domain & Domain("cycle_id.state", "=", "told")

    def get_count(self):
        return self.env["sales.appraisal"].search_count(self.get_domain())

    def get_rows(self):
        found = self.env["sales.appraisal"].search(
            self.get_domain(),
            limit=self.length,
            order="date_from, user_name, id",
        )
        return [self._describe(appraisal) for appraisal in found]

    def _describe(self, appraisal):
        deadline = appraisal.cycle_id.tell_deadline
        is_late = deadline and deadline < self.page.today
        return {
            "id": appraisal.id,
            "name": appraisal.user_name,
            "detail": self.env._(
                "%(cycle)s · until %(day)s",
                cycle=appraisal.cycle_id.display_name,
                day=format_date(self.env, deadline),
            ),
            "status": is_late
            and {
                "kind": "development",
                "value": "overdue",
                "name": self.env._("Overdue"),
            },
        }
