# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import take_turns


class SalesGradeOverride(models.Model):
    """The approval of overrides: none comes into force without it."""

    _inherit = "sales.grade.override"  # pylint: disable=consider-merging-classes-inherited

    def action_submit(self):
        """Send it to those who approve it."""
        self.check_access("write")
        self._check_state_is("draft")
        for override in self:
            override._check_can_happen()
        return self._submit()

    def _after_rejection(self):
        # sudo: reviewers may not write it; that it is their turn has been checked.
        self.sudo().with_context(skip_validation_check=True).state = "rejected"

    def _approve(self):
        """Put it into force, at once if its first day has come."""
        self._check_state_is("submitted")
        # sudo: who may approve has been checked. The reviewed content stays.
        override = self.sudo().with_context(skip_validation_check=True)
        # A run that is confirmed meanwhile gives the customer its first grade.
        gradings = self.env["sales.grading"].sudo().with_context(active_test=False)
        take_turns(gradings.search([("company_id", "=", override.company_id.id)]))
        override.state = "approved"
        override._follow()

    def _check_can_happen(self):
        """:raise UserError: why the override makes no sense"""
        if self.date_to < self.company_id._get_sales_today():
            raise UserError(
                self.env._("The last day is over. Choose today or a later day.")
            )
        if self.grade_id == self.computed_grade_id:
            raise UserError(
                self.env._(
                    "%(customer)s has the grade %(grade)s already.",
                    customer=self.partner_id.name,
                    grade=self.grade_id.name,
                )
            )

    def _get_tier_validation_readonly_domain(self):
        return "state != 'draft'"
