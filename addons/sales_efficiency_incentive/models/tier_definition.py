# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_list

_logger = logging.getLogger(__name__)


class TierDefinition(models.Model):
    """Who approves pay is decided by HR managers whom no plan pays.

    Sales directors, who make all other approval rules, are often paid by a plan: they
    would loosen the approval of their own pay. Administrators of access rights could
    give themselves any role, so they are not restricted: if a plan pays them, what they
    change is logged, and sales directors and HR managers are told.
    """

    _inherit = "tier.definition"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._filter_of_pay()._tell_of_payee()
        return rules

    def write(self, vals):
        before = self._filter_of_pay()
        res = super().write(vals)
        (before | self._filter_of_pay())._tell_of_payee()
        return res

    def unlink(self):
        self._filter_of_pay()._tell_of_payee()
        return super().unlink()

    def _check_access(self, operation):
        result = super()._check_access(operation)
        open_ = self - result[0] if result else self
        if operation == "read" or not open_ or self._makes_pay_rules():
            return result
        fixed = open_._filter_of_pay()
        if not fixed:
            return result
        return (self - open_) | fixed, self._make_pay_error

    def _filter_of_pay(self):
        """:return: the rules by which pay is approved"""
        closed = self.env["sales.incentive.approval.mixin"]
        names = closed._get_confidential_model_names()
        # sudo: reading the fields of a rule would check access again, without end.
        return self.filtered(lambda rule: rule.sudo().model in names)

    def _tell_of_payee(self):
        """Tell that somebody has changed who approves their own pay."""
        user = self.env.user
        if not self or self.env.su or not self._is_paid(user):
            return
        _logger.warning(
            "%s (id %s), whom an incentive plan pays, changed approvals of pay: %s",
            user.login,
            user.id,
            self.ids,
        )
        # sudo: who approves, and how rules are called, whoever has changed them.
        rules = self.sudo()
        companies = rules.company_id or user.sudo().company_ids
        people = (
            self.env.ref("hr.group_hr_manager")
            .sudo()
            .all_user_ids.filtered(lambda person: companies & person.company_ids)
        )
        people |= people.union(*(one._get_sales_directors() for one in companies))
        for person in (people - user).filtered("active"):
            told = rules.with_context(lang=person.lang)
            told.env["mail.thread"].message_notify(
                partner_ids=person.partner_id.ids,
                subject=told.env._("Approval rules of pay have changed"),
                body=told.env._(
                    "%(person)s, whom an incentive plan pays, has changed who approves"
                    " pay: %(rules)s. Check these rules.",
                    person=user.name,
                    rules=format_list(told.env, told.mapped("name")),
                ),
            )

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
