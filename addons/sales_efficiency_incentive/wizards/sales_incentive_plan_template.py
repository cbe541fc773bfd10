# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.tools import float_round

from odoo.addons.sales_efficiency_base.tools import Period, Scope

# Where nobody has sold anything yet
USUAL_MONTH = 50_000.0


class SalesIncentivePlanTemplate(models.TransientModel):
    """Makes a plan from a template: its first version is a draft with real rules, to be
    changed and submitted."""

    _name = "sales.incentive.plan.template"
    _inherit = "sales.guard.mixin"
    _description = "Incentive Plan from a Template"

    template = fields.Selection(
        selection=[
            ("commission", "Commission on invoiced sales, more from tier to tier"),
            ("bonus", "Quarterly bonus by the attainment of the target"),
            ("collection", "Commission as customers pay, with a holdback"),
            ("pool", "Pool that a team shares, of what exceeds its target"),
        ],
        required=True,
        default="commission",
    )
    name = fields.Char(
        string="Plan",
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        string="Begins",
        required=True,
        default=lambda self: self._default_date_from(),
        help="First day of a month.",
    )
    bound = fields.Monetary(
        string="Sales of a Usual Month",
        default=lambda self: self._default_bound(),
        help="Usual monthly sales of one salesperson: the second tier starts here, the"
        " third at twice as much. Proposed from the last twelve months.",
    )

    _bound_positive = models.Constraint(
        "CHECK (bound > 0)", "Enter what a salesperson sells in a usual month."
    )

    @api.model
    def _default_date_from(self):
        return self.env["sales.incentive.version"]._default_date_from()

    @api.model
    def _default_bound(self):
        """Return the invoiced amount by person and month of the last twelve months,
        with two digits."""
        company = self.env.company
        end = company._get_sales_today().replace(day=1) - relativedelta(days=1)
        year = Period((end - relativedelta(months=11)).replace(day=1), end)
        metric, scope = self._get_metric("invoiced_amount"), Scope(company.id)
        # sudo: an officer plans for all people of the company.
        invoiced = metric.sudo()._evaluate([scope], [year])[metric.id, scope, year]
        teams = self.env["crm.team"].sudo()
        people = teams.search([("company_id", "in", (company.id, False))]).member_ids
        usual = (invoiced or 0.0) / 12 / max(len(people), 1)
        if usual < 1:
            return USUAL_MONTH
        return float_round(usual, precision_rounding=10 ** (len(str(int(usual))) - 2))

    @api.depends("template")
    def _compute_name(self):
        names = {
            "commission": self.env._("Commission on Invoiced Sales"),
            "bonus": self.env._("Quarterly Bonus"),
            "collection": self.env._("Commission on Collections"),
            "pool": self.env._("Team Pool"),
        }
        for wizard in self:
            wizard.name = names.get(wizard.template)

    def action_create_plan(self):
        """Make the plan, and open the draft of its terms."""
        self.ensure_one()
        plan = self.env["sales.incentive.plan"].create(
            {"name": self.name, "company_id": self.company_id.id}
        )
        prepare = getattr(self, f"_prepare_{self.template}")
        version = self.env["sales.incentive.version"].create(
            {"plan_id": plan.id, "date_from": self.date_from, **prepare()}
        )
        return version._get_records_action()

    # ------------------------------------------------------------------
    # Templates
    # ------------------------------------------------------------------

    def _prepare_commission(self):
        return self._prepare_rule(
            name=self.env._("Commission on invoiced sales"),
            kind="commission",
            metric_id=self._get_metric("invoiced_amount").id,
            rate_by="month",
            tier_ids=self._prepare_tiers((0, 5), (self.bound, 6), (2 * self.bound, 7)),
        )

    def _prepare_bonus(self):
        return self._prepare_rule(
            name=self.env._("Quarterly bonus"),
            kind="bonus",
            target_metric_id=self._get_metric("ordered_amount").id,
            interval="quarter",
            attainment="whole",
            tier_ids=self._prepare_tiers((80, 50), (100, 100), (120, 150)),
        )

    def _prepare_collection(self):
        return self._prepare_rule(
            name=self.env._("Commission on collections"),
            kind="commission",
            metric_id=self._get_metric("invoiced_amount").id,
            rate=5.0,
            paid="collected",
            holdback=20.0,
            holdback_months=3,
        )

    def _prepare_pool(self):
        """A pool of all people of the plan, until a team is chosen."""
        return self._prepare_rule(
            name=self.env._("Pool of the excess over the target"),
            kind="pool",
            pool_basis="excess",
            target_metric_id=self._get_metric("ordered_amount").id,
            interval="quarter",
            tier_ids=self._prepare_tiers((0, 0), (100, 2)),
        )

    def _prepare_rule(self, **values):
        return {"rule_ids": [Command.create(values)]}

    def _prepare_tiers(self, *tiers):
        return [Command.create({"bound": bound, "rate": rate}) for bound, rate in tiers]

    def _get_metric(self, name):
        return self.env.ref(f"sales_efficiency_base.sales_metric_{name}")
