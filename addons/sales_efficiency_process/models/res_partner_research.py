# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records

PERSON = "sales_efficiency_base.group_sales_person"


class ResPartner(models.Model):
    """Market research about a single customer (policy 3.1.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.partner"

    sales_research_count = fields.Integer(
        string="Research",
        compute="_compute_sales_research_count",
        groups=PERSON,
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_sales_research_count(self):
        counts = {}
        researches = self.env["sales.research"]
        if researches.has_access("read"):
            counts = dict(
                researches._read_group(
                    [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
                )
            )
        for partner in self:
            partner.sales_research_count = counts.get(partner._origin, 0)

    @api.readonly
    def action_open_sales_researches(self):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_process.sales_research_action",
            [("partner_id", "=", self.id)],
            name=self.env._("Research: %s", self.display_name),
            context={"default_partner_id": self.id},
        )
