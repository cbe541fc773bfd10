# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import Controller, content_disposition, request, route

from ..tools.target_sheet_writer import TargetSheetWriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SalesTargetController(Controller):
    @route(
        "/sales_efficiency_target/plan/<int:plan_id>/xlsx", auth="user", readonly=True
    )
    def download_plan(self, plan_id):
        """Download the targets of a plan visible to the user, as a workbook."""
        plan = request.env["sales.target.plan"].browse(plan_id).exists()
        if not plan:
            raise request.not_found()
        plan.check_access("read")
        content = TargetSheetWriter(plan).get_content()
        return request.make_response(
            content,
            [
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                (
                    "Content-Disposition",
                    content_disposition(plan._get_workbook_name()),
                ),
            ],
        )
