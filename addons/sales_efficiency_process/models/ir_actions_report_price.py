# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        """All formats pass here: a quotation that may not be sent is not printed."""
        if report.model == "sale.order" and docids:
            self.env["sale.order"].browse(docids)._check_may_be_printed()
        if report.model == "sales.solution" and docids:
            self.env["sales.solution"].browse(docids)._check_prices()
        # Superusers print what was checked as the document was fixed.
        if report.model == "agreement" and docids and not self.env.su:
            self.env["agreement"].browse(docids)._check_may_be_printed()
        return super()._get_rendering_context(report, docids, data)
