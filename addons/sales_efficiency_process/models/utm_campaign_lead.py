# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

PERSON = "sales_efficiency_base.group_sales_person"
# Sources that come with the add-on, by type of campaign
SOURCES = {
    "advertisement": "sales_efficiency_process.utm_source_online",
    "fair": "sales_efficiency_process.utm_source_fair",
    "mailing": "sales_efficiency_process.utm_source_online",
}


class UtmCampaign(models.Model):
    """Where the leads of a campaign come from: its expenses are the cost of this source
    (policy 3.1.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "utm.campaign"

    sales_source_id = fields.Many2one(
        comodel_name="utm.source",
        string="Source of Its Leads",
        compute="_compute_sales_source_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="set null",
        tracking=True,
        help="What was spent with the campaign is what leads of this source cost.",
    )
    sales_medium_id = fields.Many2one(
        comodel_name="utm.medium",
        string="Medium of Its Leads",
        ondelete="set null",
        tracking=True,
    )

    @api.depends("sales_type")
    def _compute_sales_source_id(self):
        """Propose the source that fits the type; another one that was chosen stays."""
        ready = {
            type_: self.env.ref(xml_id, raise_if_not_found=False)
            for type_, xml_id in SOURCES.items()
        }
        for campaign in self:
            source = campaign.sales_source_id
            if not source or source in ready.values():
                source = ready.get(campaign.sales_type) or source
            campaign.sales_source_id = source

    @api.model
    def _propose_sales_sources(self):
        """Give the campaigns that there are the source that fits their type."""
        campaigns = self.with_context(tracking_disable=True, active_test=False)
        campaigns.search([("sales_source_id", "=", False)])._compute_sales_source_id()
