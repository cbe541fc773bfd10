# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine.deal import select_unsigned, select_versions
from ..engine.funnel import WasteCause


class SalesWaste(models.Model):
    """Signatures that wait, and quotations that go back and forth, cost time, too
    (policy 1.3.2)."""

    _inherit = "sales.waste"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_waste_causes(self):
        return [
            *super()._get_waste_causes(),
            WasteCause(
                code="signature",
                name=self.env._("Contracts that wait for signatures"),
                description=self.env._(
                    "Contracts: the days from the agreement to the signature, beyond"
                    " those that the settings allow."
                ),
                model="agreement",
                select=select_unsigned,
            ),
            WasteCause(
                code="versions",
                name=self.env._("Quotations with many versions"),
                description=self.env._(
                    "Quotations sent in three versions and more: the days from the"
                    " first version to the last one."
                ),
                model="sale.order",
                select=select_versions,
            ),
        ]
