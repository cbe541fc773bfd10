# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain


class SalesCareerTalk(models.Model):
    """Career talks are escalated if they are not held in time."""

    _inherit = "sales.career.talk"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_overdue_domain(self):
        return Domain("state", "in", ("to_plan", "planned")) & Domain(
            "date_due", "<=", fields.Date.today()
        )

    def _is_overdue_on(self, day):
        # A date after the last day is better than none: both have agreed on it.
        is_agreed = self.date_start and self.date_start > fields.Datetime.now()
        return self.date_due < day and not is_agreed

    def _get_holder(self):
        return self.superior_id

    def _tell_overdue(self, user, day):
        self._ask(user, self._describe_overdue(user), day)
