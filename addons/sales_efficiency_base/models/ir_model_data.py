# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.base.models.ir_model import field_xmlid


class IrModelData(models.Model):
    _inherit = "ir.model.data"

    @api.model
    def _process_end(self, modules):
        """Give all models the dimensions of an add-on, and keep them.

        Models of add-ons that are loaded after the one that brings a dimension, but do
        not depend on it, are not there yet when Odoo updates it. Odoo would give them
        no column, and would drop the one that they have.
        """
        names = self.pool.descendants(["sales.scope.mixin"], "_inherit")
        for name in names:
            for field in self.pool[name]._fields.values():
                self.pool.loaded_xmlids.update(
                    field_xmlid(module, name, field.name)
                    for module in field._modules
                    if module in modules
                )
        lacking = [name for name in names if self.env[name]._lacks_dimensions()]
        if lacking:
            self.pool.init_models(self.env.cr, lacking, {"models_to_check": True})
        return super()._process_end(modules)
