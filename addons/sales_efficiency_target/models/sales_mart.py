# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesMart(models.AbstractModel):
    _inherit = "sales.mart"

    def _get_followers(self, facts, sign):
        """Note by how much the figures of targets change."""
        note = self.env["sales.target.change"]._sql_note(facts, sign)
        return [*super()._get_followers(facts, sign), note]

    def _forget(self, modules):
        """Without what it is narrowed to, a target would ask for something else."""
        res = super()._forget(modules)
        if "sales_efficiency_target" not in modules:
            self.env["sales.target"]._delete_narrowed_by(modules)
        return res

    def _tell_of_repair(self):
        """Have all targets measured anew."""
        res = super()._tell_of_repair()
        self.env["sales.target.change"]._ask_for_everything()
        return res

    def _after_refresh(self):
        """Have the targets measured."""
        res = super()._after_refresh()
        self.env.ref("sales_efficiency_target.ir_cron_results")._trigger()
        return res
