# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import Controller, content_disposition, request, route

from ..engine.presentations import StudyWorkbook


class SalesStudyController(Controller):
    @route(
        "/sales_efficiency_analytics/study/<int:result_id>/xlsx",
        auth="user",
        readonly=True,
    )
    def download(self, result_id):
        """Download an answer with its figures as a workbook."""
        result = request.env["sales.study.result"].browse(result_id).exists()
        # The same answer for what is not there, and what may not be read.
        if not (result and result.has_access("read") and result._get_answer()):
            raise request.not_found()
        content = StudyWorkbook(result).get_content()
        name = result.name.replace("/", "-")
        return request.make_response(
            content,
            [
                ("Content-Type", StudyWorkbook.mimetype),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(f"{name}.xlsx")),
            ],
        )
