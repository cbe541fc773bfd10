# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SalesIncentiveAssignment(models.Model):
    """Who is paid: a user or an agent, and as whom accounting knows them."""

    _inherit = "sales.incentive.assignment"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _find_paying(self, users, period):
        """Find where a month can pay people something by hand.

        :return: dict user → an assignment whose terms are valid in the month, of a plan
            that is not confidential
        """
        if not period:
            return {}
        assignments = self.search(
            Domain("user_id", "in", users.ids)
            & Domain("company_id", "=", period.company_id.id)
            & Domain("plan_id.is_confidential", "=", False)
            & Domain("date_from", "<=", period.date_to)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", period.month))
        )
        paying = assignments.filtered(
            lambda assignment: assignment.plan_id.version_ids.filtered(
                lambda version: version.state == "approved"
            )._get_in_effect(period.month)
        )
        return {assignment.user_id: assignment for assignment in paying}

    @api.model
    def _get_answered_dimensions(self):
        """Hook: name the dimensions that a payee may answer for, besides teams."""
        return ["region_id", "categ_id", "channel_id"]

    def _get_own_place(self):
        """Hook: say by what the payee's own sales are known.

        :return: name of a dimension, and an id or False
        """
        self.ensure_one()
        name = "user_id" if self.user_id else "channel_id"
        return name, self[name].id

    def _sells_by_channel(self):
        """Return whether the payee's own sales are all those of a channel."""
        self.ensure_one()
        return self._get_own_place()[0] == "channel_id"

    def _get_payee_name(self):
        self.ensure_one()
        # sudo: names of people are no secret.
        payee = self.sudo()
        return payee.user_id.name or payee.partner_id.name

    def _get_employee(self):
        """:return: the employee who is paid, also one who has left; none of an agent"""
        self.ensure_one()
        # sudo: whoever pays people need not see their employment.
        user = self.sudo().with_context(active_test=False).user_id
        employees = user.employee_ids.filtered(
            lambda employee: employee.company_id == self.company_id
        )
        return employees.sorted("active", reverse=True)[:1]

    def _get_paid_partner(self):
        """:return: the contact whom accounting pays; of an agent the company"""
        self.ensure_one()
        payee = self.sudo()  # sudo: as in _get_employee
        if payee.partner_id:
            return payee.partner_id.commercial_partner_id
        return payee._get_employee().work_contact_id or payee.user_id.partner_id

    def _get_analytic_account(self):
        """:return: the analytic account of the person's team"""
        self.ensure_one()
        # sudo: who is in which team is no secret.
        team = self.sudo().user_id.sale_team_id or self.sudo().team_ids[:1]
        return team._get_incentive_analytic_account(self.company_id)

    def _get_payee_language(self):
        """:return: code of the language of the person who is paid"""
        self.ensure_one()
        payee = self.sudo()  # sudo: the language of somebody else
        return payee.user_id.lang or payee.partner_id.lang or self.env.lang

    def _get_paid_users(self):
        """:return: the users who are paid, also as agents, whoever may see it"""
        # sudo: only compares people
        assignments = self.sudo()
        partners = assignments.partner_id | assignments.partner_id.commercial_partner_id
        users = assignments.user_id | partners.user_ids
        return users.with_env(self.env)

    def _check_is_not_own(self):
        """:raise UserError: if the user would decide on their own pay"""
        if not self.env.su and self.env.user in self._get_paid_users():
            raise UserError(
                self.env._("Nobody decides on their own pay. Ask a colleague to do it.")
            )
