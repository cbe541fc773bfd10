# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain


class SalesAppraisalTalk(models.Model):
    """Appraisal talks are escalated if people are not told in time."""

    _inherit = "sales.appraisal.talk"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_overdue_domain(self):
        return Domain("held_at", "=", False) & Domain(
            "deadline", "<=", fields.Date.today()
        )

    def _is_overdue_on(self, day):
        # Whoever has left cannot be told.
        return not self.held_at and self.deadline < day and self.user_id.active

    def _get_holder(self):
        return self.holder_id

    def _tell_overdue(self, user, day):
        self._create_to_dos(
            [
                self.env["mail.activity"]._prepare_sales_to_do(
                    self,
                    user,
                    self._to_do_type,
                    summary=self._describe_overdue(user),
                    date_deadline=day,
                )
            ]
        )
