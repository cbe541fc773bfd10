# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import Command, api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

SALESPEOPLE = ("amy", "jason", "emily", "tony", "vivian")
LEADERS = ("kevin", "linda", "david")
OVERSEAS = ("cindy", "eric", "yuki")
# Who has not answered the letter yet
UNDECIDED = ("emily", "eric")
# Of the leaders, for each quarter
TARGET_INCENTIVE = 60_000
# Of a salesperson who builds up a market
DRAW, DRAW_LIMIT = 30_000, 90_000


class SalesIncentiveDemo(models.AbstractModel):
    """Agrees on plans in the demo company: the officer makes them, the director and
    the HR manager approve them, the people accept their letters."""

    _name = "sales.incentive.demo"
    _description = "Incentive Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        if demo.env["sales.incentive.plan"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        today = demo.env.company._get_sales_today()
        this_year = today.replace(month=1, day=1)
        # Twelve months to pay, two to publish before the one that runs
        start = today.replace(day=1) - relativedelta(months=14)
        plans = [
            demo._load_commission(start, this_year),
            demo._load_bonus(start),
            demo._load_collection(start),
        ]
        for plan in plans:
            # The latest first: nobody needs a letter about last year.
            for version in plan.version_ids.sorted("date_from", reverse=True):
                demo._approve(version)
        demo._accept_letters()
        demo._load_change(plans[0])
        demo._load_rewards(today)

    # ------------------------------------------------------------------
    # Plans
    # ------------------------------------------------------------------

    def _load_commission(self, start, this_year):
        """Commission that was raised at the beginning of the year."""
        bound = self.env["sales.incentive.plan.template"]._default_bound()
        plan = self._create_plan(
            "SALES", self.env._("Commission of Salespeople"), SALESPEOPLE, start
        )
        terms = {start: (0.8, 1.0, 1.2), this_year: (1.0, 1.2, 1.5)}
        for date_from, rates in terms.items():
            tiers = zip((0, bound, 2 * bound), rates, strict=True)
            self._create_version(
                plan,
                date_from,
                name=self.env._("Commission on invoiced sales"),
                metric_id=self._metric("invoiced_amount").id,
                rate_by="month",
                tier_ids=[
                    Command.create({"bound": tier_bound, "rate": rate})
                    for tier_bound, rate in tiers
                ],
            )
        self._continue_rules(plan)
        return plan

    def _load_bonus(self, start):
        """A quarterly bonus of team leaders, and an override on their people."""
        plan = self._create_plan(
            "LEAD",
            self.env._("Bonus of Team Leaders"),
            LEADERS,
            start,
            target_incentive=TARGET_INCENTIVE,
        )
        version = self._create_version(
            plan,
            start,
            name=self.env._("Quarterly bonus"),
            kind="bonus",
            credit="teams",
            target_metric_id=self._metric("ordered_amount").id,
            interval="quarter",
            attainment="whole",
            tier_ids=[
                Command.create({"bound": bound, "rate": rate})
                for bound, rate in ((80, 50), (100, 100), (120, 150))
            ],
        )
        version.rule_ids = [
            Command.create(
                {
                    "name": self.env._("Override on the sales of the team"),
                    "metric_id": self._metric("invoiced_amount").id,
                    "credit": "led",
                    "rate": 0.2,
                }
            )
        ]
        return plan

    def _load_collection(self, start):
        """Commission as customers pay, as usual abroad, and a draw for one person."""
        plan = self._create_plan(
            "ABROAD", self.env._("Commission on Collections Abroad"), OVERSEAS, start
        )
        eric = plan.assignment_ids.filtered(lambda a: a.user_id == self._user("eric"))
        eric.write({"draw_amount": DRAW, "draw_limit": DRAW_LIMIT, "draw_months": 24})
        version = self._create_version(
            plan,
            start,
            name=self.env._("Commission on collections"),
            metric_id=self._metric("invoiced_amount").id,
            rate=1.5,
            paid="collected",
            holdback=20,
            holdback_months=3,
        )
        version.return_step_ids = [
            Command.create({"days": 90, "share": 100}),
            Command.create({"days": 180, "share": 50}),
        ]
        return plan

    def _create_plan(self, code, name, logins, start, **values):
        return self.env["sales.incentive.plan"].create(
            {
                "name": name,
                "code": code,
                "assignment_ids": [
                    Command.create(
                        {
                            "user_id": self._user(login).id,
                            "date_from": start,
                            **values,
                        }
                    )
                    for login in logins
                ],
            }
        )

    def _create_version(self, plan, date_from, **rule):
        return self.env["sales.incentive.version"].create(
            {
                "plan_id": plan.id,
                "date_from": date_from,
                "rule_ids": [Command.create(rule)],
            }
        )

    def _continue_rules(self, plan):
        """Let the rules of later versions continue those of the first."""
        first, *later = plan.version_ids.sorted("date_from")
        for version in later:
            version.rule_ids.root_id = first.rule_ids.root_id

    def _load_change(self, plan):
        """A change that waits for approval: a higher rate from the next year on."""
        latest = plan.version_ids.sorted("date_from")[-1]
        version = latest.copy({"date_from": latest.date_from + relativedelta(years=1)})
        version.rule_ids.tier_ids.sorted("bound")[-1].rate = 1.8
        self._submit(version)

    def _load_rewards(self, today):
        """A dinner that took place, and a trip that waits for approval."""
        dinner = self._create_reward(
            ("amy", "jason", "emily"),
            name=self.env._("Dinner for the best quarter"),
            kind="dinner",
            team_id=self._user("kevin").sales_led_team_ids[:1].id,
            date=today - relativedelta(days=20),
            budget=24_000,
        )
        self._submit(dinner)
        self.env.invalidate_all()
        dinner.with_user(self._user("grace"))._validate_tier()
        dinner.cost = 22_850
        dinner.action_mark_held()
        trip = self._create_reward(
            SALESPEOPLE,
            name=self.env._("Trip to the hot springs"),
            kind="trip",
            date=today + relativedelta(days=60),
            budget=180_000,
        )
        self._submit(trip)

    def _create_reward(self, logins, **values):
        officer = self.env.ref("sales_efficiency_incentive.user_olivia_demo")
        people = [self._user(login).id for login in logins]
        return (
            self.env["sales.incentive.reward"]
            .with_user(officer)
            .create({"participant_ids": [Command.set(people)], **values})
        )

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    def _officer(self):
        return self.env.ref("sales_efficiency_incentive.user_olivia_demo")

    def _submit(self, version):
        version.with_user(self._officer()).action_submit()

    def _approve(self, version):
        self._submit(version)
        for approver in (
            self._user("grace"),
            self.env.ref("sales_efficiency_incentive.user_helen_demo"),
        ):
            self.env.invalidate_all()
            version.with_user(approver)._validate_tier()

    def _accept_letters(self):
        letters = self.env["sales.incentive.acceptance"].search(
            [("state", "=", "open")]
        )
        undecided = {self._user(login) for login in UNDECIDED}
        for letter in letters:
            if letter.user_id not in undecided:
                letter.with_user(letter.user_id).action_accept()

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")

    def _metric(self, name):
        return self.env.ref(f"sales_efficiency_base.sales_metric_{name}")
