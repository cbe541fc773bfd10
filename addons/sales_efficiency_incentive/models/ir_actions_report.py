# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import MissingError


class IrActionsReport(models.Model):
    """Papers of our records are refused before anything of them is printed.

    Otherwise the template stumbles over the first field, and what the user is not
    allowed to read looks like an error of the program.
    """

    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        if report.model.startswith("sales."):
            documents = self.env[report.model].browse(docids)
            if documents.exists() != documents:
                raise MissingError(self.env._("There is no such document any more."))
            documents.check_access("read")
        return super()._get_rendering_context(report, docids, data)
