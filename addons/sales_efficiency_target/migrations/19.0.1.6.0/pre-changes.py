# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

TRIGGERS = ("sales_mart_sale_order_order_project", "sales_mart_crm_lead_lead_project")
MODELS = ["sales.target.change"]
NAMES = [
    "region_id",
    "team_id",
    "user_id",
    "categ_id",
    "channel_id",
    "partner_id",
    "project_id",
    "amount",
    "margin",
    "margin_base",
    "quantity",
    "days",
]


def migrate(cr, version):
    """Keep the columns of changes, which are derived from the facts and no longer
    fields, and leave watching projects to the triggers of base."""
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
    for name in TRIGGERS:
        cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(name)))
    # Rename queued entries with old origins
    cr.execute(
        """
        INSERT INTO sales_fact_queue (origin, res_id)
        SELECT 'sold_order', res_id FROM sales_fact_queue
         WHERE origin = 'order_project';
        UPDATE sales_fact_queue SET origin = 'sale_order'
         WHERE origin = 'order_project';
        UPDATE sales_fact_queue SET origin = 'crm_lead' WHERE origin = 'lead_project'
        """
    )
