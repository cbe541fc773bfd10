# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL


class SalesMart(models.AbstractModel):
    _inherit = "sales.mart"

    def _get_followers(self, facts, sign):
        """Note the documents, to compute what they earn."""
        note = self.env["sales.incentive.change"]._sql_note(facts)
        return [*super()._get_followers(facts, sign), note]

    def _tell_of_repair(self):
        """Have everything compared with what is booked."""
        res = super()._tell_of_repair()
        self.env["sales.incentive.change"]._note_everything()
        return res

    def _after_refresh(self):
        """Have incentives computed, see the same method of targets."""
        res = super()._after_refresh()
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "sales_efficiency_incentive.ir_cron_incentives"
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO ir_cron_trigger (cron_id, call_at)"
                " SELECT id, date_trunc('second', now() AT TIME ZONE 'UTC')"
                " FROM ir_cron WHERE id = %s AND active"
                " AND EXISTS (SELECT FROM sales_incentive_change WHERE is_new)",
                cron_id or None,
            )
        )
        return res
