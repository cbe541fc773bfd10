# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array


class SalesIncentiveException(models.Model):
    """What keeps somebody from earning in a month, and should be looked at."""

    _name = "sales.incentive.exception"
    _inherit = "sales.mart.table"
    _auto = False
    _log_access = False
    _description = "Incentive Exception"
    _order = "period_id desc, assignment_id, id"

    company_id = fields.Many2one(comodel_name="res.company")
    period_id = fields.Many2one(comodel_name="sales.incentive.period", string="Month")
    assignment_id = fields.Many2one(comodel_name="sales.incentive.assignment")
    rule_id = fields.Many2one(comodel_name="sales.incentive.rule")
    code = fields.Selection(
        selection=[
            ("no_target", "No target"),
            ("leaver_owes", "Has left and owes"),
            ("no_members", "Nobody shares the pool"),
            ("no_shares", "The pool is not shared by hand yet"),
        ],
        string="Exception",
    )

    _period = models.Index("(period_id)")

    @api.model
    def _replace_of_pools(self, period, rows):
        """Replace the exceptions of pools, which concern nobody alone.

        :param rows: pairs of the id of a rule and a code
        """
        self.env.cr.execute(
            SQL(
                "DELETE FROM sales_incentive_exception"
                " WHERE period_id = %s AND assignment_id IS NULL"
                " AND rule_id IS NOT NULL",
                period.id,
            )
        )
        self._insert(period, [(None, *row) for row in rows])

    @api.model
    def _replace(self, period, assignments, rows):
        """Replace the exceptions of some assignments in a month.

        :param rows: tuples of assignment id, root of the rule, code
        """
        self.env.cr.execute(
            SQL(
                "DELETE FROM sales_incentive_exception"
                " WHERE period_id = %s AND assignment_id = ANY(%s)",
                period.id,
                assignments.ids,
            )
        )
        self._insert(period, rows)

    def _insert(self, period, rows):
        if rows:
            ids, roots, codes = map(to_array, zip(*rows, strict=True))
            self.env.cr.execute(
                SQL(
                    "INSERT INTO sales_incentive_exception"
                    " (company_id, period_id, assignment_id, rule_id, code)"
                    " SELECT %s, %s, *"
                    " FROM unnest(%s::int[], %s::int[], %s::text[])",
                    period.company_id.id,
                    period.id,
                    ids,
                    roots,
                    codes,
                )
            )
        self.invalidate_model()
