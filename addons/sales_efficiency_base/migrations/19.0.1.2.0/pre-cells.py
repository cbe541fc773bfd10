# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

MODELS = ["sales.fact.cell", "sales.mart.sums"]
NAMES = [
    "region_id",
    "team_id",
    "user_id",
    "categ_id",
    "channel_id",
    "amount",
    "margin",
    "margin_base",
    "quantity",
    "days",
    "margin_facts",
    "quantity_facts",
    "days_facts",
]


def migrate(cr, version):
    """Keep the columns of cells, which follow from the facts and are no fields now:
    Odoo drops those of fields that it does not find any more."""
    cr.execute(
        SQL(
            """
            DELETE FROM ir_model_data
             WHERE model = 'ir.model.fields' AND res_id IN (
                SELECT id FROM ir_model_fields WHERE model = ANY(%(models)s)
                   AND name = ANY(%(names)s));
            DELETE FROM ir_model_fields
             WHERE model = ANY(%(models)s) AND name = ANY(%(names)s)
            """,
            models=MODELS,
            names=NAMES,
        )
    )
