# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_list

from odoo.addons.sales_efficiency_base.tools import open_records

MAX_MONTHS = 36
# What is asked. It changes only in draft, so that results belong to it.
QUESTION = {
    "company_id",
    "compared_plan_ids",
    "from_start",
    "month_from",
    "month_to",
    "version_ids",
}


class SalesIncentiveSimulation(models.Model):
    """Tries terms on past months, beside what the ledger has paid (policy 4.4.1).

    The ledger's own statements compute it, and no entry is written.
    """

    _name = "sales.incentive.simulation"
    _inherit = ["sales.guard.mixin", "sales.state.mixin"]
    _description = "Simulation of Incentive Plans"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    version_ids = fields.Many2many(
        comodel_name="sales.incentive.version",
        string="Terms",
        check_company=True,
        domain="[('company_id', '=', company_id), ('state', '!=', 'replaced'),"
        " ('plan_id.is_confidential', '=', False)]",
        help="Drafts or approved terms, one version of each plan. They count from the"
        " first month on.",
    )
    retroactive_version_id = fields.Many2one(
        comodel_name="sales.incentive.version",
        string="Retroactive Version",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        copy=False,
        help="The version whose cost of locked months this is.",
    )
    month_from = fields.Date(
        string="From Month",
        required=True,
        default=lambda self: self._default_month(-12),
    )
    month_to = fields.Date(
        string="To Month", required=True, default=lambda self: self._default_month(-1)
    )
    from_start = fields.Boolean(
        string="As If Assigned from the Start",
        default=True,
        help="People count from the first month on, even if they were assigned to the"
        " plan later.",
    )
    compared_plan_ids = fields.Many2many(
        comodel_name="sales.incentive.plan",
        string="Compared With",
        compute="_compute_compared_plan_ids",
        store=True,
        readonly=False,
        check_company=True,
        help="Plans whose entries say what people were paid. By default those of the"
        " terms.",
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("running", "Computing"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    error = fields.Text(readonly=True, copy=False)
    done_at = fields.Datetime(string="Computed On", readonly=True, copy=False)
    line_ids = fields.One2many(
        comodel_name="sales.incentive.simulation.line",
        inverse_name="simulation_id",
        string="Results",
        readonly=True,
        copy=False,
    )
    simulated = fields.Monetary(compute="_compute_totals")
    actual = fields.Monetary(
        compute="_compute_totals", help="Actual pay of these months, from the ledger."
    )
    difference = fields.Monetary(compute="_compute_totals")
    payee_count = fields.Integer(string="People", compute="_compute_totals")
    winner_count = fields.Integer(string="Winners", compute="_compute_totals")
    loser_count = fields.Integer(string="Losers", compute="_compute_totals")

    _first_of_month = models.Constraint(
        "CHECK (EXTRACT(day FROM month_from) = 1 AND EXTRACT(day FROM month_to) = 1)",
        "Enter the first day of the first and of the last month.",
    )
    _months_in_order = models.Constraint(
        "CHECK (month_from <= month_to)", "The last month is before the first one."
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.model
    def _default_month(self, count):
        today = self.env.company._get_sales_today()
        return today.replace(day=1) + relativedelta(months=count)

    @api.depends("version_ids")
    def _compute_compared_plan_ids(self):
        for simulation in self:
            simulation.compared_plan_ids = simulation.version_ids.plan_id

    @api.depends("line_ids", "state")
    @api.depends_context("uid")
    def _compute_totals(self):
        sums = {simulation.id: {} for simulation in self}
        for simulation, outcome, simulated, actual, payees in self.env[
            "sales.incentive.simulation.line"
        ]._read_group(
            [("simulation_id", "in", self.ids)],
            ["simulation_id", "outcome"],
            ["simulated:sum", "actual:sum", "payee_key:count_distinct"],
        ):
            sums[simulation.id][outcome] = (simulated, actual, payees)
        for simulation in self:
            by_outcome = sums.get(simulation._origin.id, {})
            simulation.simulated = sum(row[0] for row in by_outcome.values())
            simulation.actual = sum(row[1] for row in by_outcome.values())
            simulation.difference = simulation.simulated - simulation.actual
            simulation.payee_count = sum(row[2] for row in by_outcome.values())
            simulation.winner_count = by_outcome.get("winner", (0, 0, 0))[2]
            simulation.loser_count = by_outcome.get("loser", (0, 0, 0))[2]

    @api.constrains("version_ids", "compared_plan_ids", "month_from", "month_to")
    def _check_question(self):
        for simulation in self:
            plans = simulation.version_ids.mapped("plan_id.id")
            if len(plans) < len(simulation.version_ids):
                raise ValidationError(
                    self.env._(
                        "Choose one version of each plan. Try others in a simulation"
                        " of their own, and compare the results."
                    )
                )
            # sudo: whether plans are confidential, whoever may read them.
            plans = simulation.sudo().version_ids.plan_id
            plans |= simulation.sudo().compared_plan_ids
            if closed := plans.filtered("is_confidential"):
                raise ValidationError(
                    self.env._(
                        "Confidential plans are not simulated: %s.",
                        format_list(self.env, closed.mapped("name")),
                    )
                )
            last = simulation.month_from + relativedelta(months=MAX_MONTHS - 1)
            if simulation.month_to > last:
                raise ValidationError(
                    self.env._("Choose at most %s months.", MAX_MONTHS)
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if QUESTION.intersection(vals) and any(s.state != "draft" for s in self):
            raise UserError(
                self.env._(
                    "The results belong to these terms and months. Set the simulation"
                    " back to draft to change them."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_cost(self):
        if not self.env.su and self.retroactive_version_id:
            raise UserError(
                self.env._("Those who approve the terms have to see what they cost.")
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_simulate(self):
        """Compute a few people and months at once, more of them in the background."""
        self.ensure_one()
        self.check_access("write")
        self._check_state_is("draft")
        self._check_can_start()
        self._start()

    def action_draft(self):
        """Discard the results."""
        self.check_access("write")
        if self.retroactive_version_id:
            raise UserError(
                self.env._(
                    "What a version costs follows from its terms. Take the version back"
                    " to draft to change them."
                )
            )
        # sudo: users do not write results.
        self.sudo().line_ids.unlink()
        self.sudo().write({"error": False, "done_at": False})
        self._set_state("draft")

    @api.readonly
    def action_open_lines(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_simulation_line_action",
            [("simulation_id", "=", self.id)],
            context={"search_default_group_payee": 1},
        )

    @api.readonly
    def action_export(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/sales_efficiency_incentive/simulation/{self.id}/xlsx",
            "target": "download",
        }

    def _check_can_start(self):
        if not self.version_ids:
            raise UserError(self.env._("Choose the terms to try."))
        if self.month_to > self.company_id._get_sales_today():
            raise UserError(self.env._("Choose months that have begun."))

    # ------------------------------------------------------------------
    # Cost of a retroactive version
    # ------------------------------------------------------------------

    @api.model
    def _estimate_cost(self, version):
        """Compute anew what a version costs that begins in locked months."""
        # sudo: whoever submits it may not write what the system computes.
        simulations = self.sudo()
        simulations.search([("retroactive_version_id", "=", version.id)]).unlink()
        months = version._get_locked_months()
        if not months:
            return simulations
        simulation = simulations.create(
            {
                "name": version.display_name,
                "company_id": version.company_id.id,
                "version_ids": version.ids,
                "retroactive_version_id": version.id,
                "month_from": months[0],
                "month_to": months[-1],
                "from_start": False,
            }
        )
        simulation._start()
        return simulation
