# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAction(models.Model):
    """What is done about a cause of lost time is an action item (policy 1.3.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.action"

    waste_id = fields.Many2one(
        comodel_name="sales.waste",
        string="Against Lost Time",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    @api.model
    def _get_origin_fields(self):
        return [*super()._get_origin_fields(), "waste_id"]
