# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesFactQueue(models.Model):
    """Documents changed since the last refresh of the facts (policy 6.1.2).

    Rows are written by database triggers in the very transaction that changes a
    document: the change and its notice commit or roll back together, whether made by
    the ORM or by plain SQL, and in whatever order transactions commit.
    """

    _name = "sales.fact.queue"
    _inherit = "sales.mart.table"
    _auto = False
    _log_access = False
    _description = "Changed Document of the Sales Data Mart"
    _order = "id"

    origin = fields.Char(help="Type of the changed record, e.g. sale_order.")
    res_id = fields.Integer(string="Record")
    queued_at = fields.Datetime()

    def init(self):
        """Have changes trigger the refresh, at most once per transaction."""
        res = super().init()
        self.env.cr.execute("""
            ALTER TABLE sales_fact_queue
                ALTER COLUMN queued_at SET DEFAULT (now() AT TIME ZONE 'UTC'),
                ALTER COLUMN id TYPE bigint;
            ALTER SEQUENCE sales_fact_queue_id_seq AS bigint;

            CREATE OR REPLACE FUNCTION sales_mart_wake() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM set_config(
                    'sales_mart.woken_by', pg_current_xact_id()::text, true
                );
                INSERT INTO ir_cron_trigger (cron_id, call_at)
                SELECT c.id, date_trunc('second', now() AT TIME ZONE 'UTC')
                  FROM ir_model_data d
                  JOIN ir_cron c ON c.id = d.res_id AND c.active
                 WHERE d.module = 'sales_efficiency_base'
                   AND d.name = 'ir_cron_sales_mart_refresh';
                RETURN NEW;
            END $$;

            -- Per row, because most statements on watched tables queue nothing.
            DROP TRIGGER IF EXISTS sales_mart_wake ON sales_fact_queue;
            CREATE TRIGGER sales_mart_wake BEFORE INSERT ON sales_fact_queue
                FOR EACH ROW WHEN (
                    current_setting('sales_mart.woken_by', true)
                    IS DISTINCT FROM pg_current_xact_id()::text
                ) EXECUTE FUNCTION sales_mart_wake();

            -- What has been taken does not cover later changes, see ``FactTriggers``.
            CREATE OR REPLACE FUNCTION sales_mart_turn() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM set_config('sales_mart.turn', clock_timestamp()::text, true);
                RETURN NULL;
            END $$;

            DROP TRIGGER IF EXISTS sales_mart_turn ON sales_fact_queue;
            CREATE TRIGGER sales_mart_turn AFTER DELETE OR TRUNCATE ON sales_fact_queue
                FOR EACH STATEMENT EXECUTE FUNCTION sales_mart_turn();
        """)
        return res
