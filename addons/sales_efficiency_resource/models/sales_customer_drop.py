# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date, formatLang

from odoo.addons.sales_efficiency_base.tools import (
    Period,
    Scope,
    each_alone,
    open_records,
)

from ..engine import BuyingDropTest
from ..engine.buying_drop import EARLIER_DAYS, RECENT_DAYS

CHART_MONTHS = 15


class SalesCustomerDrop(models.Model):
    """Whether a customer buys less than before, by week (policy 5.1.3).

    A weekly test writes it, see :mod:`.engine.buying_drop`. The last week has all
    customers who could be tested, earlier weeks those who were watched.
    """

    _name = "sales.customer.drop"
    _inherit = "sales.guard.mixin"
    _description = "Buying Drop"
    _order = "week desc, amount_at_risk desc, id"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    user_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    week = fields.Date(required=True, readonly=True, help="The Monday of the week.")
    date = fields.Date(
        string="Tested On",
        required=True,
        readonly=True,
        help="The last of the 90 days looked at.",
    )
    is_latest = fields.Boolean(string="Last Test", readonly=True)
    earlier_orders = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Orders in the 365 days before the last 90.",
    )
    recent_orders = fields.Integer(
        readonly=True, aggregator=None, help="Orders in the last 90 days."
    )
    recent_share = fields.Float(
        digits=(16, 4),
        readonly=True,
        aggregator=None,
        help="Share of the orders of all customers that fell into the last 90 days:"
        " season and growth are in it.",
    )
    expected_orders = fields.Float(
        digits=(16, 1),
        readonly=True,
        aggregator=None,
        help="All orders of the customer × recent share.",
    )
    probability = fields.Float(
        digits=(16, 5),
        readonly=True,
        aggregator=None,
        help="How probable so few orders are if nothing has changed.",
    )
    is_tested = fields.Boolean(
        string="Tested",
        readonly=True,
        help="The customer orders often enough for silence to be told from chance.",
    )
    state = fields.Selection(
        selection=[("none", "No Drop"), ("watched", "Watched"), ("alert", "Alert")],
        string="Status",
        required=True,
        readonly=True,
        help="Watched: so few orders are improbable (5 % at most).\nAlert: improbable"
        " even among so many customers, and at least 30 % fewer than expected.",
    )
    average_order = fields.Monetary(readonly=True, aggregator=None)
    amount_at_risk = fields.Monetary(
        string="Money at Risk",
        readonly=True,
        help="Orders missing × average order of the customer.",
    )
    explanation = fields.Char(compute="_compute_explanation")
    chance = fields.Char(compute="_compute_explanation")
    order_chart = fields.Char(
        string="Orders by Month",
        compute="_compute_order_chart",
        export_string_translation=False,
    )

    _key = models.UniqueIndex(
        "(company_id, partner_id, week)",
        "A customer is tested once a week.",
    )
    _latest = models.Index("(company_id, partner_id) WHERE is_latest")

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("partner_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for drop in self:
            # sudo: those who see the figures of a customer see its name.
            name = drop.partner_id.sudo().display_name or ""
            drop.display_name = f"{name} · {format_date(self.env, drop.date)}"

    @api.depends("expected_orders", "recent_orders", "probability")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for drop in self:
            drop.explanation = self._explain(drop.expected_orders, drop.recent_orders)
            drop.chance = self.env._(
                "If nothing had changed, so few orders would have a probability of"
                " %(percent)s %%.",
                percent=formatLang(self.env, 100 * drop.probability, digits=1),
            )

    @api.depends("partner_id", "company_id", "date")
    @api.depends_context("lang")
    def _compute_order_chart(self):
        """Show the orders of each month up to the test, all in one batch."""
        stored = self.filtered("date")
        (self - stored).order_chart = False
        months = {drop: self._get_months(drop.date) for drop in stored}
        scopes = {
            drop: Scope(drop.company_id.id, partner_id=drop.partner_id.id)
            for drop in stored
        }
        periods = {month for some in months.values() for month in some}
        # sudo: the figures of a customer are for those who may read this record.
        values = (
            self.env["sales.metric"]
            .sudo()
            .ask(["order_count"], scopes.values(), sorted(periods))
        )
        for drop in stored:
            drop.order_chart = json.dumps(
                [
                    {
                        "key": self.env._("Orders"),
                        "values": [
                            {
                                "label": self._name_month(month),
                                "value": values["order_count", scopes[drop], month],
                                "type": "past",
                            }
                            for month in months[drop]
                        ],
                    }
                ]
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_test_now(self):
        """Test the customers of the company right after this request.

        :raise UserError: if the user is no sales director
        """
        if not self.env.user.has_group("sales_efficiency_base.group_sales_director"):
            raise UserError(self.env._("Only sales directors can start the test."))
        self._test_soon(self.env.company)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The customers are being tested. Reload the page in a minute."
                ),
            },
        }

    @api.readonly
    def action_open_customer(self):
        self.ensure_one()
        self.check_access("read")
        return self.partner_id._get_records_action()

    @api.readonly
    def action_open_alerts(self):
        """Show the warnings about the customer in the company."""
        self.ensure_one()
        self.check_access("read")
        return self.partner_id._get_alerts_action(
            [
                ("res_model", "=", self.partner_id._name),
                ("res_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
            ]
        )

    @api.readonly
    def action_open_orders(self):
        """Show the amounts ordered by week, down to the documents."""
        self.ensure_one()
        self.check_access("read")
        metric = self.env.ref("sales_efficiency_base.sales_metric_order_count")
        start = self.date - relativedelta(days=RECENT_DAYS + EARLIER_DAYS - 1)
        domain = (
            metric._get_facts_domain()
            & Domain("company_id", "=", self.company_id.id)
            & Domain("partner_id", "=", self.partner_id.id)
            & Domain("date", ">=", start)
            & Domain("date", "<=", self.date)
        )
        return open_records(
            self.env,
            "sales_efficiency_base.sales_fact_action",
            domain,
            name=self.partner_id.display_name,
            view_mode="graph,pivot,list",
            views=[(False, "graph"), (False, "pivot"), (False, "list")],
            context={
                "graph_mode": "bar",
                "graph_measure": "amount",
                "graph_groupbys": ["date:week"],
            },
        )

    # ------------------------------------------------------------------
    # Scheduled work
    # ------------------------------------------------------------------

    @api.model
    def _cron_test(self):
        """Test the customers of all companies, each in a transaction of its own.

        Companies already tested this week are left out, so a job that is killed goes on
        where it was.
        """
        # sudo: run by the scheduler for all companies that have figures
        groups = self.env["sales.fact.total"].sudo()._read_group([], ["company_id"])
        companies = self.env["res.company"].sudo().browse(row[0] for row in groups)
        due = companies.filtered(lambda company: company._is_drop_test_due())
        each_alone(self.env, due, self._test, take=self._take_company)

    @api.model
    def _take_company(self, company):
        """:return: whether no other job has just tested the company"""
        # The lock comes first in a transaction, so that what another job has done is
        # seen.
        self.env["sales.mart"]._lock(self._table)
        company.invalidate_recordset(["sales_drop_date"])
        return company._is_drop_test_due()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _test(self, company, day=None):
        """Test the customers of a company, and have the warnings judged afterwards.

        :param day: day of the test, by default today
        """
        self.env.flush_all()
        day = day or company._get_sales_today()
        BuyingDropTest(company.with_env(self.env), day).run()
        company.sales_drop_date = day
        self.env["sales.alert.rule"]._trigger_evaluation()

    @api.model
    def _test_soon(self, companies):
        """Have companies tested by the scheduler right after this transaction."""
        # sudo: nobody but the test writes the date; callers decide whether to test.
        companies.sudo().sales_drop_date = False
        self.env.ref(
            "sales_efficiency_resource.ir_cron_customer_drops"
        ).sudo()._trigger()

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Give the results of merged partners to the remaining customer.

        Of a week that both have, its own stays; both are soon tested together.

        :param src_ids: ids of the partners that will be deleted
        :param dst: the partner that remains
        """
        customer = dst.commercial_partner_id
        # sudo: users who merge contacts may not see their figures.
        drops = self.sudo().search([("partner_id", "in", [*src_ids, customer.id])])
        own = drops.filtered(lambda drop: drop.partner_id == customer)
        known = {(drop.company_id, drop.week) for drop in own}
        for drop in drops - own:
            key = (drop.company_id, drop.week)
            if key in known:
                drop.unlink()
            else:
                drop.partner_id = customer
                known.add(key)
        if drops:
            self._test_soon(drops.exists().company_id)

    @api.model
    def _explain(self, expected, recent):
        """Return in words what was expected and what came."""
        return self.env._(
            "Expected %(expected)s orders in %(days)s days, got %(recent)s.",
            expected=formatLang(self.env, expected, digits=1),
            days=RECENT_DAYS,
            recent=recent,
        )

    @api.model
    def _get_months(self, day):
        """:return: the months up to a day, the last of them to date"""
        firsts = [
            day + relativedelta(day=1, months=-number)
            for number in reversed(range(CHART_MONTHS))
        ]
        return [Period.month(first).until(day) for first in firsts]

    def _name_month(self, month):
        return format_date(self.env, month.start, date_format="MMM yy")
