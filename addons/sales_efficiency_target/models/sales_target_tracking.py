# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesTargetTracking(models.AbstractModel):
    """What has become of a target so far, and what leads to more of it (policy 2.2)."""

    _name = "sales.target.tracking"
    _description = "Tracking of a Sales Target"

    alert_ids = fields.One2many(
        comodel_name="sales.alert", inverse_name="target_id", string="Warnings"
    )
    open_alert_count = fields.Integer(
        string="Open Warnings", compute="_compute_open_alert_count"
    )
    cause_ids = fields.One2many(
        comodel_name="sales.target.cause", inverse_name="target_id", string="Causes"
    )
    amount_to_date = fields.Float(
        string="Target to Date",
        digits=0,
        compute="_compute_progress",
        help="Of the months that have begun, the present one included.",
    )
    original_to_date = fields.Float(
        string="Original Target to Date",
        digits=0,
        compute="_compute_progress",
        help="What was asked for of these months when the plan started.",
    )
    actual = fields.Float(
        string="Actual to Date",
        digits=0,
        compute="_compute_progress",
        help="What is reached of the target in the year to date.",
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

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("alert_ids.state")
    def _compute_open_alert_count(self):
        counts = dict(
            self.env["sales.alert"]._read_group(
                [("target_id", "in", self.ids), ("state", "!=", "closed")],
                ["target_id"],
                ["__count"],
            )
        )
        for target in self:
            target.open_alert_count = counts.get(target._origin, 0)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_progress(self):
        results = self.env["sales.target.result"].search(
            [("target_id", "in", self.ids), ("period", "=", "to_date")]
        )
        by_target = results.grouped("target_id")
        for target in self:
            result = by_target.get(target._origin, results.browse())
            target.amount_to_date = result.amount
            target.original_to_date = result.original_amount
            target.actual = result.actual
            target.attainment = result.attainment
            target.is_measured = result.is_measured
            target.status = result.status

    def _selection_status(self):
        results = self.env["sales.target.result"]
        return results._fields["status"]._description_selection(self.env)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_milestones(self):
        """Show the milestones of the project."""
        return self.project_id.action_open_sales_milestones()

    def action_open_results(self):
        """Show what has become of the target and of its parts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target.sales_target_result_action"
        )
        return action | {
            "name": self.display_name,
            "domain": [("target_id", "child_of", self.id)],
            "context": {"search_default_months": 1, "search_default_to_date": 1},
        }

    def action_open_alerts(self):
        """Show the warnings of the target and of its parts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target.sales_alert_action"
        )
        return action | {
            "name": self.display_name,
            "domain": [("target_id", "child_of", self.id)],
            "context": {},
        }

    def action_open_gap_analysis(self):
        """Show why the target is missed or surpassed (policy 2.2.2)."""
        return self._get_gap_action()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_gap_action(self, period="to_date", day=None):
        """Return the action that shows where the deviation comes from.

        :param str period: kind of period, see ``sales.target.result``
        :param day: a day of the period; today when left out
        """
        self.ensure_one()
        values = {"target_id": self.id, "period": period}
        gap = self.env["sales.target.gap"].create(
            values | ({"day": day} if day else {})
        )
        return gap._get_records_action(name=self.env._("Gap Analysis"), context={})

    def _get_expected(self, start, end):
        """Return what should be there by now of the months of a range (policy 2.2.2).

        Of months that are over all is expected, of the current one the share of its
        working days that are over.

        :param start: first day of the first month
        :param end: last day of the last month
        :return: dict target -> figure; of a rate it is the average
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
            if not target.is_additive:
                total /= sum(weights) or 1
            expected[target] = target._round(total)
        return expected

    def _get_attainment(self, actual, amount):
        """:return: percent of a target that is attained, see ``sales.target.result``"""
        if not self.metric_id.higher_is_better:
            actual, amount = amount, actual
        return 100 * actual / amount if actual and amount else 0.0
