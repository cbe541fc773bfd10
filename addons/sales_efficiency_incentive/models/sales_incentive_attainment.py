# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array


class SalesIncentiveAttainment(models.Model):
    """Targets and actuals by which a month was paid.

    Later changes of a target do not change what a locked month has earned.
    """

    _name = "sales.incentive.attainment"
    _inherit = "sales.mart.table"
    _auto = False
    _log_access = False
    _description = "Attainment in an Incentive Plan"
    _order = "month desc, assignment_id, id"

    company_id = fields.Many2one(comodel_name="res.company")
    period_id = fields.Many2one(comodel_name="sales.incentive.period")
    state = fields.Selection(
        selection=[("provisional", "Provisional"), ("locked", "Locked")]
    )
    month = fields.Date()
    plan_id = fields.Many2one(comodel_name="sales.incentive.plan")
    assignment_id = fields.Many2one(comodel_name="sales.incentive.assignment")
    user_id = fields.Many2one(comodel_name="res.users", string="Person")
    root_id = fields.Integer(string="First Rule", aggregator=None)
    is_condition = fields.Boolean(string="As a Condition")
    actual = fields.Float(digits=0, aggregator=None)
    target = fields.Float(digits=0, aggregator=None)
    interval_target = fields.Float(digits=0, aggregator=None)

    _key = models.UniqueIndex(
        "(assignment_id, month, root_id, is_condition)",
        "Each rule has one attainment a month.",
    )

    @api.model
    def _replace(self, period, assignments, rows):
        """Replace the attainments of some assignments in a month.

        :param rows: tuples of assignment id, root, whether it is a condition, actual,
            target, target of the interval
        """
        self.env.cr.execute(
            SQL(
                "DELETE FROM sales_incentive_attainment"
                " WHERE period_id = %s AND assignment_id = ANY(%s)",
                period.id,
                assignments.ids,
            )
        )
        if not rows:
            return
        types = ("int", "int", "bool", "numeric", "numeric", "numeric")
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sales_incentive_attainment
                       (company_id, period_id, state, month, plan_id, assignment_id,
                        user_id, root_id, is_condition, actual, target,
                        interval_target)
                SELECT %(company)s, %(period)s, 'provisional', %(month)s, a.plan_id,
                       a.id, a.user_id, row.root_id, row.is_condition, row.actual,
                       row.target, row.interval_target
                  FROM unnest(%(arrays)s) AS row (assignment_id, root_id,
                       is_condition, actual, target, interval_target)
                  JOIN sales_incentive_assignment a ON a.id = row.assignment_id
                """,
                company=period.company_id.id,
                period=period.id,
                month=period.month,
                arrays=SQL(", ").join(
                    SQL("%s::%s[]", to_array(column), SQL(type_))
                    for column, type_ in zip(
                        zip(*rows, strict=True), types, strict=True
                    )
                ),
            )
        )
        self.invalidate_model()
