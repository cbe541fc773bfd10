# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .sales_incentive_period import LOCKED

DECIDE = (
    "sales_efficiency_incentive.group_incentive_officer,"
    "sales_efficiency_base.group_sales_director,hr.group_hr_manager"
)


class SalesIncentiveVersion(models.Model):
    """What a version costs that begins in locked months (policy 4.4.1).

    Who approves it reads first what it adds to the pay of whom.
    """

    _inherit = "sales.incentive.version"

    cost_ids = fields.One2many(
        comodel_name="sales.incentive.simulation",
        inverse_name="retroactive_version_id",
        string="Costs of Locked Months",
        readonly=True,
        copy=False,
        groups=DECIDE,
    )
    is_retroactive = fields.Boolean(compute="_compute_is_retroactive", groups=DECIDE)
    cost = fields.Monetary(
        string="Cost of Locked Months", compute="_compute_cost", groups=DECIDE
    )
    cost_state = fields.Selection(
        selection="_selection_cost_state", compute="_compute_cost", groups=DECIDE
    )

    @api.model
    def _selection_cost_state(self):
        state = self.env["sales.incentive.simulation"]._fields["state"]
        return state._description_selection(self.env)

    @api.depends("date_from", "company_id")
    def _compute_is_retroactive(self):
        last = self._get_last_locked()
        for version in self:
            month = last.get(version.company_id)
            version.is_retroactive = bool(
                month and version.date_from and version.date_from <= month
            )

    @api.depends("cost_ids.state")
    @api.depends_context("uid")
    def _compute_cost(self):
        for version in self:
            simulation = version.cost_ids[:1]
            version.cost = simulation.difference
            version.cost_state = simulation.state

    def action_submit(self):
        res = super().action_submit()
        for version in self:
            self.env["sales.incentive.simulation"]._estimate_cost(version)
        return res

    def action_draft(self):
        res = super().action_draft()
        # sudo: nobody writes costs; those of changed terms would be others.
        self.sudo().cost_ids.unlink()
        return res

    def _approve(self):
        # sudo: approvers have seen the cost, or see now why they have to wait.
        costs = self.sudo().cost_ids[:1]
        if self._get_locked_months() and costs.state != "done":
            raise UserError(
                self.env._(
                    "What these terms cost for locked months is not computed yet. Open"
                    " Locked Months, and approve them when it is shown."
                )
            )
        return super()._approve()

    def action_cost(self):
        """Open the cost by person; of a draft it is computed anew."""
        self.ensure_one()
        simulations = self.env["sales.incentive.simulation"]
        simulations.check_access("read")
        self.check_access("read")
        simulation = self.cost_ids[:1]
        is_known = simulation and simulation.state != "failed"
        if self.state == "draft" or (self.state == "submitted" and not is_known):
            simulation = simulations._estimate_cost(self).with_env(self.env)
        if not simulation:
            raise UserError(self.env._("No locked month is concerned."))
        return simulation._get_records_action()

    def _get_last_locked(self):
        """:return: dict company → last locked month"""
        # sudo: that months are locked is no secret.
        return dict(
            self.env["sales.incentive.period"]
            .sudo()
            ._read_group(
                [("company_id", "in", self.company_id.ids), ("state", "in", LOCKED)],
                ["company_id"],
                ["month:max"],
            )
        )

    def _get_locked_months(self):
        """:return: the locked months since the version begins, in order"""
        self.ensure_one()
        # sudo: as in _get_last_locked
        periods = self.env["sales.incentive.period"].sudo()
        return periods.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", LOCKED),
                ("month", ">=", self.date_from),
            ],
            order="month",
        ).mapped("month")

    def _get_open_month(self):
        """:return: the month in which differences are booked, which need not exist"""
        self.ensure_one()
        periods = self.env["sales.incentive.period"]
        found = periods.search(
            [("company_id", "=", self.company_id.id), ("state", "not in", LOCKED)],
            order="month",
            limit=1,
        )
        last = self._get_last_locked().get(self.company_id)
        return found or periods.new(
            {
                "company_id": self.company_id.id,
                "month": last + relativedelta(months=1),
            }
        )
