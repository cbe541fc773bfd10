# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesMetric(models.Model):
    """Our share of the market (policy 6.2.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.metric"

    def _get_market_sizes(self, scopes, periods):
        """Hook for add-ons: how much all suppliers sell.

        :return: amounts in company currency or None, in the order of scopes × periods
        """
        return [None] * (len(scopes) * len(periods))

    def _measure_market_share(self, metric, scopes, periods):
        """Return the base metric in percent of the market; None as long as nobody knows
        how large that is. Signature as that of ``_measure_new_customers``."""
        sizes = self._get_market_sizes(scopes, periods)
        if not any(sizes):
            return sizes
        base = metric.base_id
        amounts = base._evaluate(scopes, periods).column(base.id)
        return [
            100 * amount / size if size and amount is not None else None
            for amount, size in zip(amounts, sizes, strict=True)
        ]
