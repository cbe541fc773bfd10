# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL


class SalesMartExportChange(models.Model):
    """Months whose figures have changed since the last export of their company.

    A change is written by the statement that changes the figures and deleted by the
    transaction that writes the files: none is lost, even if a process is killed. A
    change without a month concerns all. Companies without an export have none.
    """

    _name = "sales.mart.export.change"
    _inherit = "sales.mart.table"
    _auto = False
    _log_access = False
    _description = "Changed Month of Exported Sales Figures"
    _order = "id"

    company_id = fields.Integer()
    source = fields.Char()
    month = fields.Date(help="First day of the month.")

    def init(self):
        res = super().init()
        self.env.cr.execute("""
            ALTER TABLE sales_mart_export_change ALTER COLUMN id TYPE bigint;
            ALTER SEQUENCE sales_mart_export_change_id_seq AS bigint;
        """)
        return res

    def _sql_note(self, facts, sign):
        """Return the INSERT that notes the months of changed facts.

        :param SQL facts: see ``_get_followers`` of ``sales.mart``
        """
        return SQL(
            """
            INSERT INTO sales_mart_export_change (company_id, source, month)
            SELECT DISTINCT company_id, source,
                   date_trunc('month', date::timestamp)::date
              FROM %s
             WHERE %s <> 0
               AND company_id IN (SELECT company_id FROM sales_mart_export)
            """,
            facts,
            sign,
        )
