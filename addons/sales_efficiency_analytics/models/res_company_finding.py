# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..engine.findings import Window


class ResCompany(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.company"

    sales_finding_month = fields.Date(
        string="Last Search for Findings",
        readonly=True,
        copy=False,
        groups="sales_efficiency_base.group_sales_director",
        help="Month up to which it was searched; empty if it is to be searched at the"
        " next run.",
        prefetch="sales_settings",
    )

    def _is_finding_due(self):
        """Return whether the last two full months were not searched yet."""
        self.ensure_one()
        last = self.sales_finding_month
        return not last or last < Window.before(self._get_sales_today()).second
