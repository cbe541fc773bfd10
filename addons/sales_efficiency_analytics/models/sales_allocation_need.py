# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAllocationNeed(models.Model):
    """How many people a team or region needs, and how many it would get."""

    _name = "sales.allocation.need"
    _inherit = "sales.guard.mixin"
    _description = "People Needed"
    _order = "allocation_id desc, id"
    _check_company_auto = True

    allocation_id = fields.Many2one(
        comodel_name="sales.allocation",
        string="Scenario",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="allocation_id.company_id", store=True, precompute=True, index=True
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    region_id = fields.Many2one(
        comodel_name="sales.region",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    name = fields.Char(compute="_compute_name")
    customer_count = fields.Integer(string="Customers", readonly=True)
    hours = fields.Float(string="Work (Hours)", readonly=True)
    needed = fields.Float(string="People Needed", digits=(16, 2), readonly=True)
    people_now = fields.Integer(string="People Today", readonly=True)
    people_new = fields.Integer(
        string="People Divided",
        readonly=True,
        help="The people to divide, in proportion to the work.",
    )

    @api.depends("team_id.name", "region_id.name")
    @api.depends_context("lang")
    def _compute_name(self):
        for need in self:
            # sudo: names are not confidential.
            place = need.sudo().team_id or need.sudo().region_id
            need.name = place.display_name or self.env._("None")
