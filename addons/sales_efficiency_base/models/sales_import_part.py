# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesImportPart(models.AbstractModel):
    """A question of an import, or a line of its preview. The program creates them;
    users only write their answers, until the import runs."""

    _name = "sales.import.part"
    _inherit = "sales.guard.mixin"
    _description = "Part of an Import"
    _order = "id"
    _fixed_fields = ("import_id",)
    # Fields that users answer in
    _answers = ()

    import_id = fields.Many2one(
        comodel_name="sales.import", required=True, index=True, ondelete="cascade"
    )

    @api.constrains(lambda self: self._answers)
    def _check_answers(self):
        for line in self - self._filter_possible():
            line.import_id._refuse_answer(line.display_name)

    def write(self, vals):
        is_answer = not set(self._answers).isdisjoint(vals)
        if is_answer:
            self.import_id._check_is_editable()
        res = super().write(vals)
        if is_answer:
            self.import_id._ask_again()
        return res

    def _filter_possible(self):
        """Hook: return the lines whose answers are among those to choose from."""
        return self
