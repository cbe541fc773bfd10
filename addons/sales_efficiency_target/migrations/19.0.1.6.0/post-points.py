# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Notify on growth targets of rates that their unit is now percentage points."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    targets = env["sales.target"].search(
        [
            ("metric_id.kind", "=", "growth"),
            ("metric_id.unit", "=", "points"),
            ("plan_id.state", "!=", "closed"),
        ]
    )
    for target in targets:
        target = target.with_context(lang=target.plan_id.user_id.lang)
        target.message_post(
            body=target.env._(
                "%(metric)s was measured in percent and is measured in percentage"
                " points now. The number of the target is as before: check whether"
                " %(amount)s is meant.",
                metric=target.metric_id.name,
                amount=target._format_figure(target.amount),
            )
        )
