# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAction(models.Model):
    """Next steps of a visit are action items (policy 3.1.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.action"

    visit_id = fields.Many2one(
        comodel_name="sales.visit",
        string="Agreed on Visit",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    @api.model
    def _get_origin_fields(self):
        return [*super()._get_origin_fields(), "visit_id"]
