# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from ..engine import FactTriggers

LEAVINGS = "sales_efficiency_base.mart_has_leavings"


class SalesMart(models.AbstractModel):
    """Adapts the mart to add-ons that are uninstalled: their sources, measures and
    dimensions go with them."""

    _inherit = "sales.mart"

    def _register_hook(self):
        """Remove leftovers of uninstalled add-ons once the registry is rebuilt."""
        res = super()._register_hook()
        # sudo: a parameter of ours, whoever loads the registry
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param(LEAVINGS):
            self._clear_leavings()
            parameters.set_param(LEAVINGS, False)
        return res

    def _forget(self, modules):
        """Prepare for the uninstallation of add-ons.

        Drop their triggers now; the rest is cleaned up afterwards.

        :param modules: names of the add-ons
        """
        source = self.env["sales.fact.source"]
        left = source._get_watches(without=modules)
        for name, watch in source._get_watches().items():
            if name not in left:
                FactTriggers(self.env, watch).drop()
            elif left[name] != watch:
                FactTriggers(self.env, left[name]).install()
        if self._get_cell_dimensions(modules):
            # Nobody may write cells again until the columns are gone.
            self._lock()
            # Cells that differ only in it would have the same key. They are summed
            # anew afterwards.
            self.env.cr.execute("DELETE FROM sales_fact_cell")
        if "sales_efficiency_base" not in modules:
            # sudo: runs while add-ons are uninstalled; the flag holds no data.
            self.env["ir.config_parameter"].sudo().set_param(LEAVINGS, True)

    def _get_cell_dimensions(self, modules):
        """:return: names of dimensions of the cells that only these add-ons bring"""
        return [
            name
            for name, field in self.env["sales.fact"]._fields.items()
            if getattr(field, "in_cells", False) and set(field._modules) <= set(modules)
        ]

    def _clear_leavings(self):
        """Adapt the mart to the remaining sources, measures and dimensions."""
        self._lock()
        codes = [source._code for source in self.env["sales.fact"]._get_sources()]
        self.env.cr.execute(
            SQL("DELETE FROM sales_fact WHERE source <> ALL(%s)", codes)
        )
        self.env.cr.execute("DELETE FROM sales_fact_cell")
        for name in self.pool.descendants(["sales.mart.sums"], "_inherit"):
            self.env[name]._drop_unknown_columns()
        # Dropping the columns of dimensions has dropped their indexes.
        for name in self.pool.descendants(
            ["sales.scope.mixin", "sales.mart.sums"], "_inherit"
        ):
            if not self.pool[name]._abstract:
                self.env[name]._add_sql_constraints()
        self._sum_anew()
        self.env["sales.metric"]._archive_unmeasured()
        # ``documents`` depends on the dimensions that there are.
        sources = self.env["sales.mart.source"].search([("code", "in", codes)])
        sources._queue_rebuild()
        self._tell_of_repair()
