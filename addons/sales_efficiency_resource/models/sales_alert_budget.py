# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesAlert(models.Model):
    """Warnings about budgets, in words of budgets (policy 5.3.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.alert"

    purpose = fields.Selection(related="target_id.purpose")

    def _prepare_to_do(self):
        values = super()._prepare_to_do()
        if self.target_id.purpose != "budget":
            return values
        return values | {
            "summary": self.env._(
                "%(budget)s: more used than planned", budget=self.display_name
            ),
            "note": self.env._(
                "Planned to date %(planned)s, used %(used)s. Give the cause and your"
                " actions.",
                planned=self._format_figure(self.expected),
                used=self._format_figure(self.actual),
            ),
        }
