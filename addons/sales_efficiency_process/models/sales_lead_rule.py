# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

# What the points of leads depend on
SCORING = {"active", "company_id", "domain", "points"}


class SalesLeadRule(models.Model):
    """What makes a lead promising, in points (policy 3.1.2)."""

    _name = "sales.lead.rule"
    _inherit = ["sales.guard.mixin", "sales.filter.mixin"]
    _description = "Rule for Leads"
    _filter_model = "crm.lead"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Leave empty to share it between all companies.",
    )
    domain = fields.Char(
        string="Leads", required=True, help="Leads that get the points."
    )
    points = fields.Integer(
        required=True,
        default=10,
        aggregator=None,
        help="Added to those of other rules. Negative points speak against a lead.",
    )
    reason = fields.Char(
        required=True,
        translate=True,
        help="Shown on the lead, e.g. Visited our stand at the fair.",
    )
    lead_count = fields.Integer(
        string="Open Leads", compute="_compute_lead_count", aggregator=None
    )

    _points_range = models.Constraint(
        "CHECK (points BETWEEN -100 AND 100 AND points <> 0)",
        "A rule gives 1 to 100 points, or takes as many.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_lead_count(self):
        counts = dict(
            self.env["sales.lead.point"]._read_group(
                [("rule_id", "in", self.ids), ("lead_id.won_status", "=", "pending")],
                ["rule_id"],
                ["__count"],
            )
        )
        for rule in self:
            rule.lead_count = counts.get(rule._origin, 0)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self.env["crm.lead"]._score_again()
        return rules

    def write(self, vals):
        res = super().write(vals)
        if not SCORING.isdisjoint(vals):
            self.env["crm.lead"]._score_again()
        return res

    def unlink(self):
        res = super().unlink()
        self.env["crm.lead"]._score_again()
        return res
