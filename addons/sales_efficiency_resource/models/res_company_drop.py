# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.company"

    sales_drop_date = fields.Date(
        string="Last Test of Buying Drops",
        readonly=True,
        copy=False,
        groups="sales_efficiency_base.group_sales_director",
        help="Empty if the customers are to be tested at the next run.",
        prefetch="sales_settings",
    )

    def _is_drop_test_due(self):
        """Return whether the customers were not tested this week."""
        self.ensure_one()
        last = self.sales_drop_date
        return not last or last < self._get_sales_week()
