# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

# Descriptions that are no longer true, and what is true now
DESCRIPTIONS = {
    "sales_metric_margin_rate": (
        "Share of the ordered amount that remains after the cost of the products"
        " (policy 2.2.2, 6.2.2: profit).",
        "Share of the ordered amount that remains after the cost of the products; sales"
        " whose margin is unknown are left out (policy 2.2.2, 6.2.2: profit).",
    ),
    "sales_metric_order_count": (
        "Number of orders confirmed in the period; each line of the sales history that"
        " counts as ordered is one (policy 2.2.2: sales quantity).",
        "Number of orders confirmed in the period; of the sales history that counts as"
        " ordered, lines of the same reference and customer are one (policy 2.2.2:"
        " sales quantity).",
    ),
}


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
    correct_descriptions(env)


def correct_descriptions(env):
    """Describe metrics as they are measured now, where nobody has changed the text.

    The languages are left out: Odoo fills them in afterwards from the translations.
    """
    for name, (old, new) in DESCRIPTIONS.items():
        env.cr.execute(
            SQL(
                """
                UPDATE sales_metric m
                   SET description = jsonb_build_object('en_US', %s)
                  FROM ir_model_data d
                 WHERE d.module = 'sales_efficiency_base' AND d.name = %s
                   AND d.res_id = m.id AND m.description->>'en_US' = %s
                """,
                new,
                name,
                old,
            )
        )
    env["sales.metric"].invalidate_model(["description"])
