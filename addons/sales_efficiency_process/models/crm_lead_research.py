# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records

PERSON = "sales_efficiency_base.group_sales_person"


class CrmLead(models.Model):
    """What market research knows of the customer and the competitors (policy 3.1.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "crm.lead"

    sales_research_count = fields.Integer(
        string="Research",
        compute="_compute_sales_research_count",
        groups=PERSON,
    )

    @api.depends_context("uid")
    @api.depends("partner_id", "sales_competitor_ids")
    def _compute_sales_research_count(self):
        researches = self.env["sales.research"].search(
            self._get_sales_research_domain()
        )
        for lead in self:
            customer = lead.partner_id.commercial_partner_id
            lead.sales_research_count = sum(
                bool(customer and research.partner_id == customer)
                or bool(research.competitor_ids & lead.sales_competitor_ids._origin)
                for research in researches
            )

    def _get_sales_research_domain(self):
        return Domain(
            "partner_id", "in", self.partner_id.commercial_partner_id.ids
        ) | Domain("competitor_ids", "in", self.sales_competitor_ids.ids)

    @api.readonly
    def action_open_sales_researches(self):
        """Open what is known of the customer and the competitors."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_process.sales_research_action",
            self._get_sales_research_domain(),
            name=self.env._("Research: %s", self.display_name),
        )
