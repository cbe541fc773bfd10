# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.http import Controller, content_disposition, request, route

from ..engine.expense import MIMETYPE, BudgetBoard, BudgetBoardSheet

REPORT = "sales_efficiency_resource.sales_budget_board_report"


class SalesBudgetController(Controller):
    @route(
        "/sales_efficiency_resource/budget/<int:plan_id>/xlsx",
        auth="user",
        readonly=True,
    )
    def download_workbook(self, plan_id, scope=None):
        """Download the budget board as the user sees it, as a workbook."""
        board = self._get_board(plan_id, scope)
        content = BudgetBoardSheet(request.env, board).get_content()
        return self._respond(content, MIMETYPE, board, "xlsx")

    @route(
        "/sales_efficiency_resource/budget/<int:plan_id>/pdf",
        auth="user",
        readonly=True,
    )
    def download_pdf(self, plan_id, scope=None):
        """Download the budget board as the user sees it, as a PDF."""
        board = self._get_board(plan_id, scope)
        # sudo: the page shows nothing but the board of the user.
        report = request.env["ir.actions.report"].sudo()
        content, _type = report._render_qweb_pdf(
            REPORT, [plan_id], data={"board": board}
        )
        return self._respond(content, "application/pdf", board, "pdf")

    def _get_board(self, plan_id, scope):
        try:
            board = BudgetBoard(request.env, plan_id, scope).get()
        except AccessError as error:
            raise request.not_found() from error
        if board["plan_id"] != plan_id:
            raise request.not_found()
        return board

    def _respond(self, content, mimetype, board, extension):
        name = board["plan_name"].replace("/", "-")
        return request.make_response(
            content,
            [
                ("Content-Type", mimetype),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(f"{name}.{extension}")),
            ],
        )
