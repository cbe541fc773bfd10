# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesImportTotal(models.Model):
    _inherit = "sales.import.total"

    kind = fields.Selection(
        selection_add=[("target", "Target")], ondelete={"target": "cascade"}
    )
