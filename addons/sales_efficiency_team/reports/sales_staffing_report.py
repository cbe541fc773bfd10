# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from ..engine import SalesPeople

# Of several teams they add up, of several months they are an average.
COUNTS = ("people", "newcomers", "planned", "actual", "difference")


class SalesStaffingReport(models.Model):
    """The people whom each team has, beside those of its approved staffing plan."""

    _name = "sales.staffing.report"
    _description = "Head Count against Plan"
    _auto = False
    _order = "month, team_id"
    _rec_name = "team_id"

    plan_id = fields.Many2one(comodel_name="sales.staffing.plan", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    month = fields.Date(readonly=True)
    people = fields.Float(
        string="Without Newcomers",
        digits=(16, 1),
        readonly=True,
        help="People at the end of the month, as known when the need was proposed,"
        " without newcomers still to be hired.",
    )
    newcomers = fields.Float(
        string="Planned Newcomers",
        digits=(16, 1),
        readonly=True,
        help="Newcomers who have started by then, without those who had joined already"
        " when the need was proposed.",
    )
    planned = fields.Float(string="Planned People", digits=(16, 1), readonly=True)
    actual = fields.Float(
        string="Actual People",
        digits=(16, 1),
        readonly=True,
        help="At the end of the month, in the running month today.",
    )
    difference = fields.Float(
        string="Actual less Planned",
        digits=(16, 1),
        readonly=True,
        help="Of the months that have begun.",
    )
    target = fields.Monetary(readonly=True)

    _depends = {
        "crm.team": ["sales_region_id", "company_id"],
        "crm.team.member": ["active", "crm_team_id", "user_id"],
        "hr.employee": ["active", "company_id", "current_version_id", "user_id"],
        "hr.version": [
            "active",
            "contract_date_start",
            "date_version",
            "departure_date",
            "employee_id",
            "job_id",
        ],
        "sales.staffing.line": ["date_start", "head_count", "plan_id", "team_id"],
        "sales.staffing.month": ["month", "need_id", "people", "target"],
        "sales.staffing.need": ["joined", "plan_id", "team_id"],
        "sales.staffing.plan": ["company_id", "state"],
    }

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        if name not in COUNTS or function != "sum":
            return super()._read_group_select(aggregate_spec, query)
        column = self._field_to_sql(self._table, name, query)
        return SQL(
            "(SUM(%s) / NULLIF(COUNT(DISTINCT CASE WHEN %s IS NOT NULL THEN %s END), 0)"
            ")::float8",
            column,
            column,
            self._field_to_sql(self._table, "month", query),
        )

    @property
    def _table_query(self):
        """A team includes those below; months to come have no actual people."""
        return SQL(
            """
            WITH person AS (%(people)s), month AS (
                SELECT month.*, need.plan_id, need.team_id, need.joined,
                       (month.month + INTERVAL '1 month - 1 day')::date AS end
                  FROM sales_staffing_month month
                  JOIN sales_staffing_need need ON need.id = month.need_id
                  JOIN sales_staffing_plan plan ON plan.id = need.plan_id
                 WHERE plan.state = 'approved')
            SELECT month.id, month.plan_id, month.company_id, month.team_id,
                   month.month, month.people::numeric, newcomer.count AS newcomers,
                   month.people + newcomer.count AS planned, here.count AS actual,
                   (here.count - month.people - newcomer.count)::float AS difference,
                   month.target
              FROM month
              JOIN LATERAL (
                   SELECT GREATEST(COALESCE(SUM(line.head_count), 0) - month.joined, 0)
                          ::numeric AS count
                     FROM sales_staffing_line line
                    WHERE line.plan_id = month.plan_id
                      AND line.team_id = month.team_id
                      AND line.date_start <= month.end) AS newcomer ON TRUE
              LEFT JOIN LATERAL (
                   SELECT COUNT(*)::numeric AS count
                     FROM person
                     JOIN crm_team team ON team.id = person.team_id
                    WHERE person.company_id = month.company_id
                      AND month.team_id::text = ANY(
                              string_to_array(team.parent_path, '/'))
                      AND person.joined <= LEAST(month.end, %(today)s)
                      AND (person.gone IS NULL
                           OR person.gone > LEAST(month.end, %(today)s))) AS here
                ON month.month <= %(today)s
            """,
            people=SalesPeople.sql(),
            today=self.env.company._get_sales_today(),
        )
