# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.base.models.ir_model import field_xmlid


class IrModelData(models.Model):
    _inherit = "ir.model.data"

    @api.model
    def _process_end(self, modules):
        """Create the columns of an add-on's dimensions in all models, and keep them.

        An add-on that defines a dimension may be updated before models of independent
        add-ons are loaded. For those models Odoo would create no column, and would drop
        an existing one.
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
