# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesLeadPoint(models.Model):
    """Points that a rule gives to a lead, and why (policy 3.1.2). Only
    :class:`.LeadScoring` writes them."""

    _name = "sales.lead.point"
    _inherit = "sales.guard.mixin"
    _description = "Points of a Lead"
    _order = "points desc, id"
    _log_access = False

    lead_id = fields.Many2one(
        comodel_name="crm.lead",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    rule_id = fields.Many2one(
        comodel_name="sales.lead.rule",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    points = fields.Integer(readonly=True)
    reason = fields.Char(related="rule_id.reason")

    _rule_uniq = models.UniqueIndex(
        "(lead_id, rule_id)", "A rule gives its points to a lead once."
    )
