# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import Uncounted, average_unless_additive


class SalesTarget(models.Model):
    """Progress of a target, and ways to analyse it (policy 2.2)."""

    _name = "sales.target"
    _inherit = ["sales.target", "sales.alert.mixin"]

    cause_ids = fields.One2many(
        comodel_name="sales.target.cause", inverse_name="target_id", string="Causes"
    )
    amount_to_date = fields.Float(
        string="Target to Date",
        digits=0,
        compute="_compute_progress",
        help="For months that have begun, including the current one.",
    )
    original_to_date = fields.Float(
        string="Original Target to Date",
        digits=0,
        compute="_compute_progress",
        help="Target of these months at the start of the plan.",
    )
    actual = fields.Float(
        string="Actual to Date",
        digits=0,
        compute="_compute_progress",
        help="Attainment in the year to date.",
    )
    known = fields.Char(
        compute="_compute_known",
        help="Share of the sales whose margin is known, if not all.",
    )
    attainment = fields.Float(
        string="Attainment to Date (%)",
        digits=(16, 1),
        compute="_compute_progress",
        help="Actual ÷ target, both of the year to date.",
    )
    is_measured = fields.Boolean(compute="_compute_progress")
    status = fields.Selection(
        selection=lambda self: self._selection_status(), compute="_compute_progress"
    )

    uncounted = fields.Float(
        string="Counted by No Target",
        digits=0,
        compute="_compute_uncounted",
        help="Sales of the salesperson in the year to date outside all their targets"
        " of this metric, e.g. in another team or region.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_progress(self):
        for target, result in self._get_results_to_date().items():
            target.amount_to_date = result.amount
            target.original_to_date = result.original_amount
            target.actual = result.actual
            target.attainment = result.attainment
            target.is_measured = result.is_measured
            target.status = result.status

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_known(self):
        for target, result in self._get_results_to_date().items():
            target.known = result.known

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_uncounted(self):
        """Add up the sales outside all targets: one query for each plan and metric."""
        self.uncounted = 0.0
        domains = self._get_uncounted_domains()
        targets = self.browse().union(*domains)
        # sudo: users who see a person's target may see the person's total sales, as in
        # the gap analysis; individual figures open with the user's own rights.
        facts = self.env["sales.fact"].sudo()
        for (_plan, metric), same in targets.grouped(
            lambda target: (target.plan_id, target.metric_id)
        ).items():
            measure = metric.measure
            sums = dict(
                facts._read_group(
                    Domain.OR({t.user_id: domains[t] for t in same}.values()),
                    ["user_id"],
                    ["__count" if measure == "facts" else f"{measure}:sum"],
                )
            )
            for target in same:
                target.uncounted = target._round(sums.get(target.user_id, 0.0) or 0.0)

    def _selection_status(self):
        results = self.env["sales.target.result"]
        return results._fields["status"]._description_selection(self.env)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_results(self):
        """Show the results of the target and its parts."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_target.sales_target_result_action",
            [("target_id", "child_of", self.id)],
            name=self.display_name,
            context={"search_default_months": 1, "search_default_to_date": 1},
        )

    @api.readonly
    def action_open_alerts(self):
        """Show the warnings about the target and its parts."""
        self.ensure_one()
        self.check_access("read")
        return self._get_alerts_action([("target_id", "child_of", self.id)])

    @api.readonly
    def action_open_uncounted(self):
        """Show the sales of the salesperson that none of their targets counts."""
        self.ensure_one()
        domain = self._get_uncounted_domains().get(self, Domain.FALSE)
        return self.env["sales.fact"]._get_facts_action(
            self.env._("Counted by No Target: %(person)s", person=self.user_id.name),
            domain,
        )

    @api.readonly
    def action_open_gap_analysis(self):
        """Show why the target is missed or exceeded (policy 2.2.2)."""
        return self._get_gap_action()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_gap_action(self, period="to_date", day=None):
        """Return the action that shows where the deviation comes from.

        :param str period: kind of period, see ``sales.target.result``
        :param day: a day of the period; default: today
        """
        self.ensure_one()
        self._check_is_in_charge()
        values = {"target_id": self.id, "period": period}
        if day:
            values["day"] = day
        return open_records(
            self.env,
            "sales_efficiency_target.sales_target_gap_action",
            context={f"default_{name}": value for name, value in values.items()}
            | {"active_id": self.id},
        )

    def _get_results_to_date(self):
        """:return: dict target -> its result in the year to date, may be empty"""
        results = self.env["sales.target.result"].search(
            [("target_id", "in", self.ids), ("period", "=", "to_date")]
        )
        by_target = results.grouped("target_id")
        return {
            target: by_target.get(target._origin, results.browse()) for target in self
        }

    def _get_uncounted_domains(self):
        """Return the domains of people's sales in the year to date that none of their
        targets counts, see :class:`.Uncounted`."""
        return Uncounted(self).get_domains()

    def _measure_now(self):
        if self:
            self.env["sales.target.result"]._refresh(self)

    def _get_expected(self, start, end):
        """Return the figure expected to date for a range of months (policy 2.2.2).

        Past months count in full, the current one by the share of its working days that
        have elapsed.

        :param start: first day of the first month
        :param end: last day of the last month
        :return: dict target -> figure; for a rate, the average
        """
        months = self.month_ids.filtered(lambda line: start <= line.month <= end)
        months = months.grouped("target_id")
        shares = {plan: plan._get_elapsed_shares() for plan in self.plan_id}
        expected = {}
        for target in self:
            lines = months.get(target, target.month_ids.browse())
            weights = [shares[target.plan_id][line.month] for line in lines]
            total = sum(
                line.amount * weight
                for line, weight in zip(lines, weights, strict=True)
            )
            figure = average_unless_additive(total, sum(weights), target.is_additive)
            expected[target] = target._round(figure or 0.0)
        return expected
