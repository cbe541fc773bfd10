# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import Controller, content_disposition, request, route

from ..tools import PayrollSheet

TYPES = {
    "csv": "text/csv;charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class PayrollController(Controller):
    @route(
        "/sales_efficiency_incentive/payout/<int:payout_id>/<any(csv, xlsx):kind>",
        auth="user",
        readonly=True,
    )
    def download_payroll(self, payout_id, kind):
        """Download what a payout visible to the user pays to employees."""
        payout = request.env["sales.incentive.payout"].browse(payout_id)
        # The same answer for those that are not there, and those not to be read.
        payout = payout.exists()._filtered_access("read")
        if not payout:
            raise request.not_found()
        content = PayrollSheet(payout).get_content(kind)
        # The file name may appear in histories and logs: no amounts, no names
        name = f"payroll-{payout.month:%Y-%m}.{kind}"
        return request.make_response(
            content,
            [
                ("Content-Type", TYPES[kind]),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
