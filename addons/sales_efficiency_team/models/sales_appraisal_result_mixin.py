# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL


class SalesAppraisalResultMixin(models.AbstractModel):
    """A line of an appraisal: code writes it, whoever reads the appraisal reads it."""

    _name = "sales.appraisal.result.mixin"
    _inherit = "sales.guard.mixin"
    _description = "Result of an Appraisal"

    appraisal_id = fields.Many2one(
        comodel_name="sales.appraisal",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="appraisal_id.company_id")
    user_id = fields.Many2one(related="appraisal_id.user_id", string="Person")
    team_id = fields.Many2one(related="appraisal_id.team_id")
    cycle_id = fields.Many2one(related="appraisal_id.cycle_id")
    weight = fields.Float(
        string="Weight (%)", digits=(5, 2), readonly=True, aggregator=None
    )
    is_counted = fields.Boolean(string="Counts", readonly=True)
    score = fields.Float(digits=(6, 2), readonly=True, aggregator="avg")

    def init(self):
        """Have the database refuse changes of closed appraisals' lines."""
        res = super().init()
        if not self._abstract:
            self.env.cr.execute(
                SQL(
                    """
                    CREATE OR REPLACE TRIGGER %s
                        BEFORE INSERT OR UPDATE OF %s OR DELETE ON %s
                        FOR EACH ROW EXECUTE FUNCTION sales_appraisal_line_check()
                    """,
                    SQL.identifier(f"{self._table}_closed"),
                    SQL(", ").join(map(SQL.identifier, self._get_kept_columns())),
                    SQL.identifier(self._table),
                )
            )
        return res

    def _get_kept_columns(self):
        """:return: names of the columns that never change once all is closed"""
        return ("appraisal_id", "weight", "is_counted", "score")
