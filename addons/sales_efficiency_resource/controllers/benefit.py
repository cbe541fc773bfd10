# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import Controller, content_disposition, request, route

from ..engine.expense import MIMETYPE


class SalesExpenseBenefitController(Controller):
    @route("/sales_efficiency_resource/benefit/xlsx", auth="user", readonly=True)
    def download_board(self, kind=None, **asked):
        """Download the benefit board that the user sees, as a workbook."""
        asked["kind"] = int(kind) if (kind or "").isdecimal() else None
        name, content = request.env["sales.expense.benefit"]._get_sheet(asked)
        return request.make_response(
            content,
            [
                ("Content-Type", MIMETYPE),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
