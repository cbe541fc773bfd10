# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

# Figures of a group that divide sums: figure → (dividend, divisor, factor)
QUOTIENTS = {
    "interview_rate": ("interviewed", "applicants", 100),
    "hire_rate": ("hired", "applicants", 100),
    "cost_per_hire": ("cost", "hired", 1),
    "days_to_hire": ("days", "hired", 1),
    "stay_rate": ("stayed", "due_after_12", 100),
    "attainment": ("sold", "target", 100),
}
RESULTS = "sales_efficiency_base.group_sales_director,hr.group_hr_user"


class SalesRecruitmentChannelReport(models.Model):
    """What each recruitment channel brings and costs (policy 4.1.2).

    It has a row for each applicant, without a name, each cost and each bounty. Averages
    of a group divide sums, so that they hold for any grouping.
    """

    _name = "sales.recruitment.channel.report"
    _description = "Recruitment by Channel"
    _auto = False
    _order = "date desc, id"
    _rec_name = "source_id"

    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        readonly=True, help="Of the application; of a cost the first day of the month."
    )
    source_id = fields.Many2one(
        comodel_name="utm.source", string="Channel", readonly=True
    )
    job_id = fields.Many2one(comodel_name="hr.job", string="Job", readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        readonly=True,
        help="Of the planned position. Costs belong to no team.",
    )
    applicants = fields.Integer(readonly=True)
    interviewed = fields.Integer(
        readonly=True, help="Applicants who had a meeting in the calendar."
    )
    hired = fields.Integer(readonly=True)
    cost = fields.Monetary(
        readonly=True, help="Costs of the channel, and bounties that were earned."
    )
    days = fields.Float(
        string="Days until the Hire", digits=(16, 1), readonly=True, aggregator="sum"
    )
    interview_rate = fields.Float(
        string="Interviewed (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Interviewed ÷ applicants",
    )
    hire_rate = fields.Float(
        string="Hired (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Hired ÷ applicants",
    )
    cost_per_hire = fields.Monetary(
        readonly=True, aggregator="avg", help="Cost ÷ hired"
    )
    days_to_hire = fields.Float(
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Days from application to hire, on average.",
    )
    due_after_12 = fields.Integer(
        string="Hired 12 Months Ago",
        readonly=True,
        help="Hired at least 12 months ago.",
    )
    stayed = fields.Integer(
        string="Here after 12 Months",
        readonly=True,
        help="Of those hired at least 12 months ago.",
    )
    stay_rate = fields.Float(
        string="Here after 12 Months (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
    )
    target = fields.Float(
        string="Target of 6 Months",
        digits=0,
        readonly=True,
        groups=RESULTS,
        help="Own targets of the first six months from the hire on, once these are"
        " over.",
    )
    sold = fields.Float(
        string="Actual of 6 Months", digits=0, readonly=True, groups=RESULTS
    )
    attainment = fields.Float(
        string="Attainment after 6 Months (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        groups=RESULTS,
        help="Actual ÷ target of the first six months, by the targets for ordered"
        " amounts.",
    )

    _depends = {
        "hr.applicant": [
            "active",
            "company_id",
            "date_closed",
            "employee_id",
            "job_id",
            "pool_applicant_id",
            "refuse_reason_id",
            "sales_staffing_line_id",
            "source_id",
        ],
        "calendar.event": ["active", "applicant_id"],
        "hr.employee": ["active", "current_version_id", "user_id"],
        "hr.job": ["company_id"],
        "hr.version": ["departure_date"],
        "sales.recruitment.cost": [
            "amount",
            "company_id",
            "job_id",
            "month",
            "source_id",
        ],
        "sales.recruitment.referral": [
            "applicant_id",
            "bounty",
            "company_id",
            "date_due",
            "job_id",
            "state",
        ],
        "sales.staffing.line": ["team_id"],
    }

    def _read_group_select(self, aggregate_spec, query):
        """Divide sums: rates are no numbers to be averaged."""
        name, _colon, function = aggregate_spec.partition(":")
        if name not in QUOTIENTS or function != "avg":
            return super()._read_group_select(aggregate_spec, query)
        dividend, divisor, factor = QUOTIENTS[name]
        return SQL(
            "(%s * SUM(%s) / NULLIF(SUM(%s), 0))::float8",
            float(factor),
            self._field_to_sql(self._table, dividend, query),
            self._field_to_sql(self._table, divisor, query),
        )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT row.*,
                   CASE WHEN applicants > 0 THEN 100.0 * interviewed END
                   AS interview_rate,
                   CASE WHEN applicants > 0 THEN 100.0 * hired END AS hire_rate,
                   NULL::numeric AS cost_per_hire,
                   CASE WHEN hired > 0 THEN days END AS days_to_hire,
                   CASE WHEN due_after_12 > 0 THEN 100.0 * stayed END AS stay_rate,
                   100.0 * sold / NULLIF(target, 0) AS attainment
              FROM (%s UNION ALL %s UNION ALL %s) AS row
            """,
            self._select_applicants(),
            self._select_costs(),
            self._select_bounties(),
        )

    def _select_applicants(self):
        today = self.env.company._get_sales_today()
        return SQL(
            """
            SELECT a.id * 3 AS id, COALESCE(a.company_id, job.company_id) AS company_id,
                   a.create_date::date AS date, a.source_id, a.job_id,
                   line.team_id, 1 AS applicants,
                   (EXISTS (SELECT FROM calendar_event event
                             WHERE event.applicant_id = a.id AND event.active))::int
                   AS interviewed,
                   hire.hired, 0::numeric AS cost,
                   CASE WHEN hire.hired = 1
                        THEN EXTRACT(epoch FROM a.date_closed - a.create_date) / 86400
                        END AS days,
                   hire.due AS due_after_12,
                   CASE WHEN hire.due = 1
                             AND COALESCE(v.departure_date > (a.date_closed
                                          + INTERVAL '12 months')::date, e.active)
                        THEN 1 ELSE 0 END AS stayed,
                   half.target, half.sold
              FROM hr_applicant a
              LEFT JOIN hr_job job ON job.id = a.job_id
              LEFT JOIN sales_staffing_line line ON line.id = a.sales_staffing_line_id
              LEFT JOIN hr_employee e ON e.id = a.employee_id
              LEFT JOIN hr_version v ON v.id = e.current_version_id
              JOIN LATERAL (
                   SELECT is_hired::int AS hired,
                          (is_hired AND e.id IS NOT NULL
                           AND a.date_closed + INTERVAL '12 months' <= %(today)s)::int
                          AS due
                     FROM (VALUES (a.date_closed IS NOT NULL
                                   AND a.refuse_reason_id IS NULL))
                          AS state (is_hired)) AS hire ON TRUE
              LEFT JOIN LATERAL (
                   SELECT SUM(r.amount) AS target, SUM(r.actual) AS sold
                     FROM sales_target_result r
                    WHERE hire.hired = 1 AND r.user_id = e.user_id
                      AND r.company_id = COALESCE(a.company_id, job.company_id)
                      AND r.metric_id = %(metric)s AND r.period = 'month'
                      AND %(whole)s
                      AND r.date_from >= DATE_TRUNC('month', a.date_closed)
                      AND r.date_from < DATE_TRUNC('month', a.date_closed)
                                        + INTERVAL '6 months'
                      AND DATE_TRUNC('month', a.date_closed) + INTERVAL '6 months'
                          <= %(today)s) AS half ON TRUE
             WHERE a.pool_applicant_id IS DISTINCT FROM a.id
            """,
            today=today,
            metric=self._get_metric().id,
            whole=self._select_whole(),
        )

    def _select_whole(self):
        """Return the condition on results that they are of all that a person sells."""
        scope = self.env["sales.target.scope"]
        organization = scope._get_dimensions_of("organization")
        others = [n for n in scope._get_dimensions() if n not in organization]
        return SQL(" AND ").join(
            SQL("%s IS NULL", SQL.identifier("r", name)) for name in others
        )

    def _get_metric(self):
        # sudo: which metric it is, is no secret.
        return self.env.ref("sales_efficiency_base.sales_metric_ordered_amount").sudo()

    def _select_costs(self):
        return SQL(
            """
            SELECT cost.id * 3 + 1, cost.company_id, cost.month, cost.source_id,
                   cost.job_id, NULL::int, 0, 0, 0, cost.amount, NULL, 0, 0, NULL, NULL
              FROM sales_recruitment_cost cost
            """
        )

    def _select_bounties(self):
        """Bounties cost the channel of the newcomer, once they are earned."""
        return SQL(
            """
            SELECT referral.id * 3 + 2, referral.company_id, referral.date_due,
                   COALESCE(a.source_id, %s), referral.job_id, NULL::int, 0, 0, 0,
                   referral.bounty, NULL, 0, 0, NULL, NULL
              FROM sales_recruitment_referral referral
              LEFT JOIN hr_applicant a ON a.id = referral.applicant_id
             WHERE referral.state = 'earned'
            """,
            self.env.ref("utm.utm_source_referral").id,
        )
