# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

PERSON = "sales_efficiency_base.group_sales_person"


class CrmLead(models.Model):
    """Who else wants the deal, and who got it (policy 3.1.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "crm.lead"

    sales_competitor_ids = fields.Many2many(
        comodel_name="sales.competitor",
        relation="crm_lead_sales_competitor_rel",
        column1="lead_id",
        column2="competitor_id",
        string="Competitors",
        copy=False,
        domain="[('company_id', 'in', [company_id, False])]",
        groups=PERSON,
    )
    sales_lost_competitor_id = fields.Many2one(
        comodel_name="sales.competitor",
        string="Lost To",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        tracking=True,
        domain="[('company_id', 'in', [company_id, False])]",
        groups=PERSON,
    )

    def _merge_dependences(self, opportunities):
        """The opportunity that is left names the competitors of all."""
        res = super()._merge_dependences(opportunities)
        # sudo: those of the merged opportunities, which the user may merge, also
        # without a sales role
        lead_sudo, others_sudo = self.sudo(), (opportunities - self).sudo()
        lead_sudo.sales_competitor_ids |= others_sudo.sales_competitor_ids
        if not lead_sudo.sales_lost_competitor_id:
            lead_sudo.sales_lost_competitor_id = others_sudo.sales_lost_competitor_id[
                :1
            ]
        return res
