# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    """Limits of the classes of leads (policy 3.1.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.company"

    sales_lead_limit_a = fields.Integer(
        string="Class A From",
        default=60,
        required=True,
        help="Leads with so many points or more are of class A.",
        groups="base.group_user",
        prefetch="sales_settings",
    )
    sales_lead_limit_b = fields.Integer(
        string="Class B From",
        default=30,
        required=True,
        help="Leads with so many points or more are of class B, all others of class C.",
        groups="base.group_user",
        prefetch="sales_settings",
    )

    _sales_lead_limits_ordered = models.Constraint(
        "CHECK (sales_lead_limit_a > sales_lead_limit_b)",
        "Leads of class A need more points than those of class B.",
    )
    _sales_lead_limits_range = models.Constraint(
        "CHECK (sales_lead_limit_a BETWEEN -1000 AND 1000"
        " AND sales_lead_limit_b BETWEEN -1000 AND 1000)",
        "The classes of leads begin at −1,000 to 1,000 points.",
    )

    def write(self, vals):
        res = super().write(vals)
        if not {"sales_lead_limit_a", "sales_lead_limit_b"}.isdisjoint(vals):
            self.env["crm.lead"]._score_again()
        return res
