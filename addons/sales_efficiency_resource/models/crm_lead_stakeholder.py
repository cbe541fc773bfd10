# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records


class CrmLead(models.Model):
    """Who decides on an opportunity (policy 5.1.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "crm.lead"

    sales_stakeholder_ids = fields.One2many(
        comodel_name="sales.stakeholder",
        inverse_name="lead_id",
        string="Stakeholders",
        copy=False,
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_customer_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Customer of the Stakeholders",
        groups="sales_efficiency_base.group_sales_person",
    )

    def _merge_dependences(self, opportunities):
        """Stakeholders stay with the opportunity that is left."""
        res = super()._merge_dependences(opportunities)
        # sudo: those of the merged opportunities, which the user may merge
        lead_sudo = self.sudo().with_context(active_test=False)
        others = opportunities.sudo().with_context(active_test=False)
        (others - lead_sudo).sales_stakeholder_ids._follow_lead(lead_sudo)
        return res

    @api.readonly
    def action_open_sales_stakeholders(self):
        """Open all who decide at the customer, on this opportunity or in general."""
        self.ensure_one()
        self.check_access("read")
        customer = self.sales_customer_id
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_stakeholder_action",
            [("partner_id", "=", customer.id), ("lead_id", "in", [self.id, False])],
            context={"default_partner_id": customer.id, "default_lead_id": self.id},
        )
