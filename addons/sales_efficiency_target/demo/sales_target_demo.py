# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.tools import Period, Scope

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# Growth of this year's targets over last year's actuals (factor), and of next year's
# over this year's (percent)
GROWTH = 1.12
NEXT_GROWTH = 10
# Factors of people who differ from the average: ability, experience, market potential
FACTORS = {
    "amy": (120, 110, 110),
    "jason": (90, 90, 100),
    "emily": (100, 60, 110),
    "vivian": (80, 110, 90),
    "david": (110, 120, 110),
    "eric": (75, 100, 80),
    "yuki": (110, 90, 105),
}
# Percentages of new customers by month: most are won at trade fairs.
DISTRIBUTION = (6, 4, 12, 12, 9, 7, 6, 6, 12, 12, 8, 6)
# Commitments for next year: factor of the proposed target, note
COMMITMENTS = {
    "amy": (1.05, _lt("Two key accounts extend their lines in spring.")),
    "jason": (
        0.9,
        _lt("The tender of my largest customer has moved to the year after."),
    ),
    "linda": (1.0, _lt("Realistic if the new drives arrive in time.")),
    "cindy": (
        0.95,
        _lt("The strong currency makes our prices in Japan harder to sell."),
    ),
}
# Adjustment requests for future months: login, ground, factor, reason, whether approved
ADJUSTMENTS = (
    (
        "eric",
        "market",
        0.9,
        _lt("Two customers in Japan have stopped their projects."),
        True,
    ),
    ("vivian", "product", 0.85, _lt("The new sensors come back for a defect."), False),
)


class SalesTargetDemo(models.AbstractModel):
    """Plans the years of the demo company as its director would."""

    _name = "sales.target.demo"
    _description = "Sales Target Demo Data"

    @api.model
    def _load(self):
        """Create a running plan for this year and a draft for next year."""
        demo = enter_demo(self, tracking_disable=True)
        if demo.env["sales.target.plan"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        demo._load_factors()
        plan = demo._load_plan()
        demo.env["sales.target.result"]._refresh(plan.target_ids)
        demo._load_adjustments(plan)
        demo._load_next_plan(plan)

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")

    def _metric(self, name):
        return self.env.ref(f"sales_efficiency_base.sales_metric_{name}")

    def _load_factors(self):
        for login, (ability, experience, potential) in FACTORS.items():
            self._user(login).crm_team_member_ids.write(
                {
                    "sales_ability": ability,
                    "sales_experience": experience,
                    "sales_potential": potential,
                }
            )

    def _load_plan(self):
        plan = self.env["sales.target.plan"].create(
            {
                "user_id": self._user("grace").id,
                "note": self.env._(
                    "Grow with vision systems and in Southeast Asia; hold the margin."
                ),
            }
        )
        ordered = self._metric("ordered_amount")
        root = self._create_target(plan, ordered, spread="seasonality")
        self._break_down_all(root)
        self._create_target(
            plan,
            self._metric("new_customers"),
            spread="distribution",
            distribution_id=self._create_distribution(plan).id,
        )
        # Together with the amount, a quantity gives a planned price to compare with.
        self._create_target(plan, self._metric("ordered_quantity"))
        self.env["sales.target"].create(
            {
                "plan_id": plan.id,
                "metric_id": self._metric("margin_rate").id,
                "amount": 41,
            }
        )
        plan.target_ids.filtered("is_gap_open").gap_reason = self.env._(
            "The rest is expected from smaller product lines."
        )
        plan.action_submit()
        plan.action_start()
        plan.date_started = plan.date_from
        return plan

    def _create_distribution(self, plan):
        return self.env["sales.target.distribution"].create(
            {
                "name": self.env._("Trade fairs in spring and autumn"),
                "company_id": plan.company_id.id,
                "line_ids": [
                    Command.create({"number": number, "percent": percent})
                    for number, percent in enumerate(DISTRIBUTION, start=1)
                ],
            }
        )

    def _create_target(self, plan, metric, **values):
        """Create a target above last year's actual."""
        period = Period(plan.date_from, plan.date_to).previous_year()
        scope = Scope(plan.company_id.id)
        past = metric._evaluate([scope], [period])[metric.id, scope, period] or 10
        step = 100_000 if metric.unit == "currency" else 1
        amount = round(past * GROWTH / step) * step
        return self.env["sales.target"].create(
            {"plan_id": plan.id, "metric_id": metric.id, "amount": amount, **values}
        )

    def _break_down_all(self, root):
        """Break the target of the company down to regions, teams and people, and to
        product lines."""
        self._break_down(root, "region_id", "last_year")
        self._break_down(root, "categ_id", "last_year")
        for region in root.child_ids.filtered("region_id"):
            self._break_down(region, "team_id", "last_year")
            for team in region.child_ids:
                self._break_down(team, "user_id", "weighted")

    def _break_down(self, target, dimension, method):
        cascade = self.env["sales.target.cascade"].create(
            {
                "target_id": target.id,
                "dimension": dimension,
                "method": method,
                "step": 1000,
                # Allocate the whole target.
                "keeps_rest": False,
            }
        )
        cascade.line_ids.filtered(lambda line: not line.amount).unlink()
        cascade.action_apply()

    def _load_adjustments(self, plan):
        for login, ground, factor, reason, is_approved in ADJUSTMENTS:
            user = self._user(login)
            target = plan.target_ids.filtered(lambda t, user=user: t.user_id == user)
            requests = self.env["sales.target.adjustment"].with_user(user)
            if not requests.new({"target_id": target.id})._get_open_months():
                return  # The last month of the year has begun.
            request = requests.create(
                {"target_id": target.id, "ground": ground, "reason": self.env._(reason)}
            )
            for line in request.line_ids:
                line.amount = round(line.present_amount * factor, -3)
            request.action_request()
            if is_approved:
                self.env.invalidate_all()
                request.with_user(request.superior_id)._validate_tier()

    def _load_next_plan(self, plan):
        copy = self.env["sales.target.plan.copy"].create(
            {"plan_id": plan.id, "growth": NEXT_GROWTH}
        )
        plan = self.env["sales.target.plan"].browse(copy.action_copy()["res_id"])
        for login, (factor, note) in COMMITMENTS.items():
            user = self._user(login)
            target = plan.target_ids.filtered(lambda t, user=user: t.user_id == user)
            self.env["sales.target.commitment"].with_user(user).create(
                {
                    "target_id": target.id,
                    "amount": round(target.amount * factor, -3),
                    "note": self.env._(note),
                }
            ).action_commit()
        # Leave a gap that the team leader has yet to allocate.
        target = plan.target_ids.filtered(lambda t: t.user_id == self._user("eric"))
        target.amount -= 1_800_000
