# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL


class SalesImportProgress(models.Model):
    """Progress of an import. The job locks the row of the import itself, so another
    transaction tells the progress, in a table of its own."""

    _name = "sales.import.progress"
    _inherit = "sales.import.part"
    _description = "Progress of an Import"
    _log_access = False

    share = fields.Float(string="Done (%)", readonly=True)

    def _get_teller(self, total):
        """:return: function that tells how many of the rows are saved"""

        def tell(done):
            with self.env.registry.cursor() as cr:
                cr.execute(
                    SQL(
                        "UPDATE sales_import_progress SET share = %s"
                        " WHERE id = ANY(%s)",
                        100 * done / max(total, 1),
                        self.ids,
                    )
                )

        return tell
