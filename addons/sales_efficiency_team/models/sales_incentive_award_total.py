# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list, formatLang

from ..engine import hides_people

# Those who read what confidential plans pay, beside the person
ENTITLED = (
    "hr.group_hr_manager,account.group_account_user,account.group_account_manager"
)


class SalesIncentiveAward(models.Model):
    """What awards add up to, and who reads it.

    Figures of others come from sums: values that are read as superuser would stay in
    the cache, for the user to find.
    """

    _inherit = "sales.incentive.award"  # pylint: disable=consider-merging-classes-inherited

    # Decided when it is submitted: what comes later neither opens nor closes it.
    is_total_open = fields.Boolean(
        readonly=True, copy=False, export_string_translation=False
    )
    line_count = fields.Integer(compute="_compute_total")
    people_count = fields.Integer(string="Awarded", compute="_compute_total")
    total = fields.Monetary(compute="_compute_total")
    remaining = fields.Monetary(string="Left", compute="_compute_total")
    shows_total = fields.Boolean(compute="_compute_total")
    can_open_lines = fields.Boolean(compute="_compute_rights")
    can_prepare = fields.Boolean(compute="_compute_rights")
    corrected_names = fields.Char(
        string="Corrected Since",
        compute="_compute_corrected_names",
        help="People whose grade was corrected after the award was computed.",
    )

    @api.depends("line_ids.amount", "state", "budget", "is_confidential")
    @api.depends_context("uid")
    def _compute_total(self):
        # sudo: how many people there are, and totals as far as they are shown.
        lines = self.env["sales.incentive.award.line"].sudo()
        domain = [("award_id", "in", self.ids)]
        counts = dict(lines._read_group(domain, ["award_id"], ["__count"]))
        sums = {
            award: figures
            for award, *figures in lines._read_group(
                [*domain, ("amount", "!=", 0)], ["award_id"], ["__count", "amount:sum"]
            )
        }
        is_entitled = self._is_entitled()
        for award in self:
            # What is saved decides: in a form clients send what they like.
            saved = award._origin
            award.line_count = counts.get(saved, 0)
            award.people_count, total = sums.get(saved, (0, 0.0))
            is_open = not saved.is_confidential or is_entitled or saved._is_told()
            award.shows_total = is_open
            award.total = total if is_open else 0.0
            award.remaining = award.budget - total if is_open else 0.0

    @api.depends("is_confidential")
    @api.depends_context("uid")
    def _compute_rights(self):
        is_entitled = self._is_entitled()
        writes = self.browse().has_access("write")
        writes_all = self.env.su or self.env.user.has_group("hr.group_hr_manager")
        for award in self:
            is_open = not award.is_confidential
            award.can_open_lines = is_entitled or is_open
            award.can_prepare = writes and (writes_all or is_open)

    @api.depends("line_ids.appraisal_id", "state")
    @api.depends_context("lang")
    def _compute_corrected_names(self):
        corrected = self._read_corrected()
        for award in self:
            award.corrected_names = corrected.get(award._origin, False)

    def _read_corrected(self):
        """:return: dict award → names of those whose grade was corrected since"""
        # sudo: whose grade was corrected, not what it is.
        lines = self.env["sales.incentive.award.line"].sudo()
        return {
            award: format_list(self.env, sorted(names))
            for award, names in lines._read_group(
                [
                    ("award_id", "in", self.ids),
                    ("award_id.state", "in", ("draft", "submitted")),
                    ("appraisal_id.corrected_by_ids", "!=", False),
                ],
                ["award_id"],
                ["payee:array_agg"],
            )
        }

    @api.model
    def _is_entitled(self):
        """:return: whether the user reads what confidential plans pay"""
        return self.env.su or self.env.user.has_groups(ENTITLED)

    def _is_told(self):
        """:return: whether everybody who sees the award reads its total"""
        return self.is_total_open and self.state != "draft"

    def _hides_people(self):
        """Return whether the total tells nothing about a person, see the function.

        What was told before are other attempts at the same award; what is approved
        counts in each of them.
        """
        told = self.search(
            [
                ("plan_id", "=", self.plan_id.id),
                ("cycle_id", "=", self.cycle_id.id),
                ("id", "!=", self.id),
                ("is_total_open", "=", True),
                ("state", "in", ("submitted", "rejected", "cancelled")),
            ]
        )
        return hides_people(
            self._get_amounts(), [award._get_amounts() for award in told]
        )

    def _get_amounts(self):
        """Return what people get, before the company factor: who knows two totals and
        their factors must not learn what is between them.

        :return: dict assignment id → number
        """
        factor = self.factor or 1.0
        return {
            line.assignment_id.id: round(line.amount / factor, 2)
            for line in self.line_ids
        }

    def _check_is_complete(self):
        """:raise UserError: naming what is missing, or what is above the budget"""
        lines = self.line_ids
        if not lines.filtered("amount"):
            raise UserError(
                self.env._(
                    "%s awards nobody anything. Look at the grades, and at what the"
                    " rule pays for them.",
                    self.display_name,
                )
            )
        if lacking := lines.filtered(lambda line: line.rate and not line.base):
            raise UserError(
                self.env._(
                    "There is nothing to pay these people by: %(people)s. Enter their"
                    " %(base)s.",
                    people=format_list(self.env, lacking.mapped("payee")),
                    base=self._get_base_name(),
                )
            )
        excess = sum(lines.mapped("amount")) - self.budget
        if self.currency_id.compare_amounts(excess, 0) > 0:
            raise UserError(
                self.env._(
                    "The awards are %s above the budget. Lower the company factor, or"
                    " raise the budget.",
                    formatLang(self.env, excess, currency_obj=self.currency_id),
                )
            )

    def _get_base_name(self):
        return {
            "wage": self.env._("wage"),
            "value": self.env._("monthly value of awards"),
            "incentive": self.env._("target incentive"),
        }[self.award_base]
