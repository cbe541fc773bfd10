# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import each_alone

from ..engine.findings import FindingBatch, Window
from .sales_finding import DIRECTOR

# Times that a search is begun if somebody changes what it writes
TRIES = 3


class SalesFinding(models.Model):
    """The monthly search."""

    _inherit = "sales.finding"  # pylint: disable=consider-merging-classes-inherited

    def action_find_now(self):
        """Search the company right after this request.

        :raise UserError: if the user is no sales director
        """
        if not self.env.user.has_group(DIRECTOR):
            raise UserError(self.env._("Only sales directors can start the search."))
        self._find_soon(self.env.company)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The last two full months are being searched. Reload the page in a"
                    " minute."
                ),
            },
        }

    @api.model
    def _cron_find(self):
        """Search all companies, each in a transaction of its own.

        Companies already searched for these months are left out, so a job that is
        killed goes on where it was; one that cannot be searched is tried again the next
        night.
        """
        # sudo: run by the scheduler for all companies that have figures
        groups = self.env["sales.fact.total"].sudo()._read_group([], ["company_id"])
        companies = self.env["res.company"].sudo().browse(row[0] for row in groups)
        due = companies.filtered(lambda company: company._is_finding_due())
        each_alone(self.env, due, self._find, take=self._take_company, tries=TRIES)

    @api.model
    def _take_company(self, company):
        """:return: whether no other job has just searched the company"""
        # The lock comes first in a transaction, so that what another job has done is
        # seen.
        self.env["sales.mart"]._lock(self._table)
        company.invalidate_recordset(["sales_finding_month"])
        return company._is_finding_due()

    @api.model
    def _find(self, company, day=None):
        """Search a company.

        :param day: the two full months before it are searched; by default today
        """
        self.env.flush_all()
        window = Window.before(day or company._get_sales_today())
        # sudo: findings are written by code only; who sees them, rules say.
        company = company.sudo().with_context(
            mail_create_nolog=True, tracking_disable=True
        )
        FindingBatch(company, window).run()
        company.sales_finding_month = window.second

    @api.model
    def _find_soon(self, companies):
        """Have companies searched by the scheduler right after this transaction."""
        # sudo: nobody but the search writes the month; callers decide who may start it.
        companies.sudo().sales_finding_month = False
        self.env.ref("sales_efficiency_analytics.ir_cron_findings").sudo()._trigger()

    @api.model
    def _get_metric(self, company, window):
        """Return the metric that most targets of the months are about, if it is a plain
        sum of money, else that of orders."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT result.metric_id FROM sales_target_result result
                  JOIN sales_target_plan plan ON plan.id = result.plan_id
                   AND plan.purpose = 'sales'
                  JOIN sales_metric metric ON metric.id = result.metric_id
                   AND metric.kind = 'sum' AND metric.measure = 'amount'
                   AND COALESCE(metric.domain, '[]') = '[]' AND metric.higher_is_better
                 WHERE result.company_id = %s AND result.period = 'month'
                   AND result.date_from IN %s
              GROUP BY result.metric_id ORDER BY COUNT(*) DESC, result.metric_id LIMIT 1
                """,
                company.id,
                window.months,
            )
        )
        metrics = self.env["sales.metric"]
        if rows:
            return metrics.browse(rows[0])
        return self.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
