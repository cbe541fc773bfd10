# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Date
from odoo.http import Controller, content_disposition, request, route

from ..tools import ReconciliationSheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExpenseReconciliationController(Controller):
    @route(
        "/sales_efficiency_resource/expense_reconciliation/<first>/<last>",
        auth="user",
        readonly=True,
    )
    def download(self, first, last):
        """Download the reconciliation of some months of the user's companies."""
        try:
            days = Date.to_date(first), Date.to_date(last)
        except ValueError as error:
            raise request.not_found() from error
        rows = request.env["sales.expense.reconciliation"]
        # The same answer for what is not there, and what may not be read.
        if not rows.has_access("read"):
            raise request.not_found()
        cids = request.cookies.get("cids", "").replace("-", ",").split(",")
        allowed = request.env.user._get_company_ids()
        companies = [int(cid) for cid in cids if cid.isdigit() and int(cid) in allowed]
        rows = rows.with_context(allowed_company_ids=companies or list(allowed)).search(
            [("month", ">=", days[0]), ("month", "<=", days[1])]
        )
        content = ReconciliationSheet(rows).get_content()
        name = f"expenses-{days[0]:%Y-%m}-{days[1]:%Y-%m}.xlsx"
        return request.make_response(
            content,
            [
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
