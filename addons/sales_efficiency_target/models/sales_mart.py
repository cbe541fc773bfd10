# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


class SalesMart(models.AbstractModel):
    _inherit = "sales.mart"

    def _get_followers(self, facts, sign):
        """Record the changes of the figures for the next refresh of targets."""
        note = self.env["sales.target.change"]._sql_note(facts, sign)
        return [*super()._get_followers(facts, sign), note]

    def _forget(self, modules):
        """Delete targets in dimensions of the uninstalled add-ons: without them, the
        scope of a target would be another one."""
        res = super()._forget(modules)
        if "sales_efficiency_target" not in modules:
            self.env["sales.target"]._delete_narrowed_by(modules)
        return res

    def _tell_of_repair(self):
        """Have all targets measured again."""
        res = super()._tell_of_repair()
        self.env["sales.target.change"]._ask_for_everything()
        return res

    def _refresh_now(self):
        """Measure the targets as well, once no change is left."""
        taken, remaining = super()._refresh_now()
        if not remaining:
            self._measure_now()
        return taken, remaining

    def _measure_now(self):
        """Measure changed targets in a separate transaction while the user waits,
        unless the scheduled job is at it."""
        with self.env.registry.cursor() as cr:
            # sudo: results are measured whatever the rights of the current user.
            mart = self.with_env(self.env(cr=cr, su=True))
            try:
                mart._lock("sales_target_result", nowait=True)
            except UserError:
                return
            mart.env["sales.target.result"]._refresh_running()

    def _after_refresh(self):
        """Have the targets measured.

        Like ``_trigger`` of the job, but the scheduler is notified once per burst.
        """
        res = super()._after_refresh()
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "sales_efficiency_target.ir_cron_results"
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO ir_cron_trigger (cron_id, call_at)"
                " SELECT id, date_trunc('second', now() AT TIME ZONE 'UTC')"
                " FROM ir_cron WHERE id = %s AND active",
                cron_id or None,
            )
        )
        self._wake()
        return res
