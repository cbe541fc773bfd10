# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Let rates grow by percentage points, and put the sum of all days to win away: it
    is only what the sales cycle is made of."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    metrics = env["sales.metric"].with_context(active_test=False)
    growths = metrics.search([("kind", "=", "growth")])
    env.add_to_compute(metrics._fields["unit"], growths)
    won_days = env.ref(
        "sales_efficiency_base.sales_metric_won_days", raise_if_not_found=False
    )
    if won_days:
        won_days.active = False
