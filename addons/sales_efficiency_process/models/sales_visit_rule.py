# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesVisitRule(models.Model):
    """What the plan of a visit must have before it begins (policy 3.1.3)."""

    _name = "sales.visit.rule"
    _inherit = ["sales.guard.mixin", "sales.filter.mixin"]
    _description = "Rule for Visits"
    _filter_model = "res.partner"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        selection=[
            ("on_site", "Visit"),
            ("online", "Online Meeting"),
            ("call", "Call"),
        ],
        default="on_site",
        help="Leave empty for all.",
    )
    domain = fields.Char(string="Customers")
    least_revenue = fields.Monetary(
        string="Expected Revenue From",
        help="Only visits about an opportunity of at least this expected revenue. Enter"
        " 0 for all visits.",
    )
    goal_count = fields.Integer(string="Goals", default=1, help="At least so many.")
    question_count = fields.Integer(
        string="Questions", default=0, help="At least so many."
    )
    needs_contact = fields.Boolean(string="Whom to Meet Is Known")
    is_blocking = fields.Boolean(
        string="No Check-In without Plan",
        help="Otherwise the salesperson is only told what is missing.",
    )

    _counts_range = models.Constraint(
        "CHECK (goal_count BETWEEN 0 AND 20 AND question_count BETWEEN 0 AND 20)",
        "A rule asks for 0 to 20 goals and questions.",
    )
    _revenue_positive = models.Constraint(
        "CHECK (least_revenue >= 0)", "An expected revenue cannot be negative."
    )

    @api.constrains("goal_count", "question_count", "needs_contact")
    def _check_demands(self):
        for rule in self:
            if not (rule.goal_count or rule.question_count or rule.needs_contact):
                raise ValidationError(
                    self.env._(
                        "Say what %s asks for: a goal, a question ...", rule.name
                    )
                )

    @api.model
    def _get_rules(self, visits):
        """Find the rules that apply. The number of queries depends on that of rules.

        :return: dict visit -> rules
        """
        # sudo: rules hold for everybody; a salesperson need not read their filters.
        rules = self.sudo().search([("company_id", "in", visits.company_id.ids)])
        found = dict.fromkeys(visits, self.sudo().browse())
        for rule in rules:
            concerned = visits.filtered(rule._is_about)
            customers = rule._find(concerned.partner_id)
            for visit in concerned:
                if visit.partner_id._origin in customers:
                    found[visit] |= rule
        return found

    def _is_about(self, visit):
        """:return: whether the rule is about such visits, whoever the customer is"""
        self.ensure_one()
        # sudo: only compared with the amount of the rule
        revenue = visit.lead_id.sudo().expected_revenue
        return (
            visit.company_id == self.company_id
            and self.kind in (False, visit.kind)
            and (not self.least_revenue or revenue >= self.least_revenue)
        )

    def _get_missing(self, visit):
        """:return: list of what a visit lacks, in words"""
        goals = max(self.mapped("goal_count"), default=0)
        questions = max(self.mapped("question_count"), default=0)
        env, missing = visit.env, []
        if len(visit.goal_ids) < goals:
            missing.append(env._("goals (at least %s)", goals))
        if len(visit.question_ids) < questions:
            missing.append(env._("questions (at least %s)", questions))
        if any(self.mapped("needs_contact")) and not visit.contact_ids:
            missing.append(env._("whom to meet"))
        return missing
