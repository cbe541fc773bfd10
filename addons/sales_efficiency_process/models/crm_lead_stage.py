# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

PERSON = "sales_efficiency_base.group_sales_person"


class CrmLead(models.Model):
    """How long an opportunity stays in its stages (policy 1.3.2)."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "sales.alert.mixin"]

    alert_ids = fields.One2many(groups=PERSON)
    open_alert_count = fields.Integer(groups=PERSON)
    sales_stay_ids = fields.One2many(
        comodel_name="sales.stage.report",
        string="Stays in Stages",
        compute="_compute_sales_stay_ids",
        groups=PERSON,
    )

    # Computed: triggers write the stays, behind the back of the cache.
    @api.depends("active", "stage_id", "type", "user_id", "won_status")
    @api.depends_context("uid")
    def _compute_sales_stay_ids(self):
        stays = self.env["sales.stage.report"].search(
            [("lead_id", "in", self._origin.ids)], order="entered_at nulls first, id"
        )
        by_lead = stays.grouped("lead_id")
        for lead in self:
            lead.sales_stay_ids = by_lead.get(lead._origin, stays.browse())

    def _merge_dependences(self, opportunities):
        """Keep the history of the oldest opportunity."""
        res = super()._merge_dependences(opportunities)
        self.env["sales.stage.history"]._join(self, opportunities - self)
        return res
