# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class TierDefinition(models.Model):
    """Who approves pay is decided by HR managers whom no plan pays.

    Sales directors, who make all other approval rules, are often paid by a plan: they
    would loosen the approval of their own pay. Administrators of access rights could
    give themselves any role, so they are not restricted.
    """

    _inherit = "tier.definition"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        open_ = self - result[0] if result else self
        if operation == "read" or not open_ or self._makes_pay_rules():
            return result
        closed = self.env["sales.incentive.confidential.mixin"]
        names = closed._get_confidential_model_names()
        # sudo: reading the fields of a rule would check access again, without end.
        fixed = open_.filtered(lambda rule: rule.sudo().model in names)
        if not fixed:
            return result
        return (self - open_) | fixed, self._make_pay_error

    @api.model
    def _makes_pay_rules(self):
        """:return: whether the user decides who approves pay"""
        user = self.env.user
        if user.has_group("base.group_erp_manager"):
            return True
        return user.has_group("hr.group_hr_manager") and not self._is_paid(user)

    @api.model
    def _is_paid(self, user):
        # sudo: only whether somebody is paid. Terms that have ended may still pay.
        assignments = self.env["sales.incentive.assignment"].sudo()
        partner = user.partner_id
        domain = Domain("user_id", "=", user.id) | Domain(
            "partner_id", "in", (partner | partner.commercial_partner_id).ids
        )
        return bool(assignments.search_count(domain, limit=1))

    @api.model
    def _make_pay_error(self):
        return AccessError(
            self.env._(
                "Approval rules of incentives are changed by an HR manager whom no"
                " incentive plan pays, or by an administrator of access rights."
            )
        )
