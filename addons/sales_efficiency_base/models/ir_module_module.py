# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def module_uninstall(self):
        """Remove the contributions of these add-ons from the data mart."""
        self.env["sales.mart"]._forget(self.mapped("name"))
        return super().module_uninstall()
