# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesNeed(models.Model):
    """A need that a visit brought to light (policy 3.1.3, 3.2.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.need"

    visit_id = fields.Many2one(
        comodel_name="sales.visit",
        string="Found on Visit",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
        check_company=True,
        domain="[('partner_id', '=', partner_id)]",
    )
