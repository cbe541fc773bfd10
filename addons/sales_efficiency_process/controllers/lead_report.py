# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import Controller, content_disposition, request, route

from odoo.addons.sales_efficiency_resource.engine.expense import MIMETYPE


class SalesLeadReportController(Controller):
    @route("/sales_efficiency_process/leads/xlsx", auth="user", readonly=True)
    def download_report(self, **asked):
        """Download the report on lead sources that the user sees, as a workbook."""
        name, content = request.env["sales.lead.report"]._get_sheet(asked)
        return request.make_response(
            content,
            [
                ("Content-Type", MIMETYPE),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
