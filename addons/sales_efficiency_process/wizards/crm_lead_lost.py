# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Command

PERSON = "sales_efficiency_base.group_sales_person"


class CrmLeadLost(models.TransientModel):
    """Losing an opportunity asks for the competitors (policy 3.1.1)."""

    _inherit = "crm.lead.lost"

    sales_competitor_ids = fields.Many2many(
        comodel_name="sales.competitor",
        string="Competitors",
        compute="_compute_sales_competitor_ids",
        # Not as superuser: the leads may be any that a client sends.
        compute_sudo=False,
        store=True,
        readonly=False,
        groups=PERSON,
    )
    sales_lost_competitor_id = fields.Many2one(
        comodel_name="sales.competitor",
        string="Lost To",
        groups=PERSON,
        help="Leave empty if nobody got it, or if you do not know.",
    )

    @api.depends("lead_ids")
    def _compute_sales_competitor_ids(self):
        is_known = self.env.user.has_group(PERSON)
        for wizard in self:
            wizard.sales_competitor_ids = (
                is_known and wizard.lead_ids.sales_competitor_ids
            )

    def action_lost_reason_apply(self):
        if self.env.user.has_group(PERSON):
            self._note_competitors()
        return super().action_lost_reason_apply()

    def _note_competitors(self):
        """Add the competitors to the opportunities. Several opportunities keep their
        own ones, beside those that were added to the proposal."""
        winner = self.sales_lost_competitor_id
        competitors = self.sales_competitor_ids | winner
        competitors.check_access("read")
        if len(self.lead_ids) == 1:
            commands = [Command.set(competitors.ids)]
        else:
            added = (competitors - self.lead_ids.sales_competitor_ids) | winner
            commands = [Command.link(competitor.id) for competitor in added]
        vals = {}
        if commands:
            vals["sales_competitor_ids"] = commands
        if winner:
            vals["sales_lost_competitor_id"] = winner.id
        if vals:
            self.lead_ids.write(vals)
