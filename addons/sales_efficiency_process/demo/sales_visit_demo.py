# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

SATURDAY = 5
# Where customers are
PLACES = {
    "lotus_pond_biotech": (25.0793, 121.5755),
    "white_crane_precision": (25.0521, 121.5334),
    "pine_wave_electronics": (25.0825, 121.5902),
    "maple_leaf_trading": (25.0553, 121.6071),
    "bright_harbor_trading": (25.0768, 121.5689),
    "nine_rivers_semiconductor_equipment": (25.0569, 121.6183),
    "snow_ridge_network": (25.0662, 121.6587),
    "jade_peak_optoelectronics": (25.0651, 121.6552),
}
OFFICE = (25.0339, 121.5645)
# Degrees of latitude that are about a kilometre
AWAY = 0.01


class SalesVisitDemo(models.AbstractModel):
    """Visits of the demo company: those of the last weeks are reported, but one; some
    are planned for today and the days to come."""

    _name = "sales.visit.demo"
    _description = "Visit Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(
            self,
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            mail_activity_quick_update=True,
            no_mail_to_attendees=True,
        )
        if demo.env["sales.visit"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        demo._locate()
        demo._create_rules()
        demo._load_past()
        demo._load_coming()

    def _locate(self):
        for name, place in PLACES.items():
            self._set_place(self._customer(name), place)
        self._set_place(self.env.company.partner_id, OFFICE)

    @staticmethod
    def _set_place(partner, place):
        partner.write({"partner_latitude": place[0], "partner_longitude": place[1]})

    def _create_rules(self):
        self.env["sales.visit.rule"].create(
            [
                {"name": self.env._("Each visit has a goal")},
                {
                    "name": self.env._("Large opportunities are prepared"),
                    "least_revenue": 500_000,
                    "question_count": 1,
                    "is_blocking": True,
                },
            ]
        )

    # ------------------------------------------------------------------
    # The last weeks
    # ------------------------------------------------------------------

    def _load_past(self):
        for days, hour, login, name, texts, shown, place in [
            [
                19,
                10,
                "amy",
                "white_crane_precision",
                [
                    self.env._("Find out what stops the second line"),
                    self.env._("Who signs for investments?"),
                    self.env._("The second line stands still two days a month."),
                    self.env._("Two days a month lost to re-tooling"),
                    self.env._("Send the data sheet of the vision system"),
                ],
                {"product_sc_2": "open"},
                "inside",
            ],
            [
                12,
                14,
                "amy",
                "maple_leaf_trading",
                [
                    self.env._("Agree on the order of the quarter"),
                    self.env._("What do their customers ask for?"),
                    self.env._("They order sensors, and wait with the drives."),
                    self.env._("Their stock of drives is too large"),
                    self.env._("Propose smaller lots of drives"),
                ],
                {"product_us_25": "keen", "product_sd_10": "unsure"},
                "outside",
            ],
            [
                9,
                11,
                "kevin",
                "pine_wave_electronics",
                [
                    self.env._("Get a date for the trial"),
                    self.env._("What would a trial have to show?"),
                    self.env._("The trial may begin next month, on one line."),
                    self.env._("One in fifty boards is sorted out by mistake"),
                    self.env._("Prepare the trial with the technicians"),
                ],
                {"product_ac_5": "keen", "product_vc_4": "open"},
                "inside",
            ],
            [
                5,
                10,
                "amy",
                "white_crane_precision",
                [
                    self.env._("Show the vision system at the line"),
                    self.env._("By when must the line run?"),
                    self.env._(
                        "The plant engineer wants it, the buyer asks for the price."
                    ),
                    self.env._("Nobody knows why parts are rejected"),
                    self.env._("Quote two cameras with commissioning"),
                ],
                {"product_sc_2": "keen", "product_vc_4": "keen"},
                "inside",
            ],
        ]:
            visit = self._create_visit(-days, hour, login, name)
            self._report(visit, texts, shown, place)
        # What troubled them most has become a need.
        visit.pain_ids.action_make_need()
        # One report is still missing.
        visit = self._create_visit(-2, 15, "amy", "bright_harbor_trading")
        self._check_in(visit, "inside")
        visit.state = "reporting"

    def _report(self, visit, texts, shown, place):
        goal, question, result, pain, step = texts
        self._check_in(visit, place)
        visit.write(
            {
                "result": result,
                "goal_ids": [
                    Command.create({"kind": "goal", "name": goal, "is_done": True})
                ],
                "question_ids": [
                    Command.create({"kind": "question", "name": question})
                ],
                "pain_ids": [Command.create({"name": pain})],
                "product_ids": [
                    Command.create({"product_id": product.id, "interest": interest})
                    for product, interest in self._find_products(shown)
                ],
            }
        )
        self.env["sales.action"].create(
            {
                "name": step,
                "visit_id": visit.id,
                "user_id": visit.user_id.id,
                "date_deadline": visit.date + timedelta(days=10),
            }
        )
        visit.action_done()
        visit.done_at = visit.check_out_at + timedelta(hours=1)
        # The report of that week has been submitted.
        visit.weekly_report_id = self.env["sales.weekly.report"].search(
            [
                ("user_id", "=", visit.user_id.id),
                ("date_from", "<=", visit.date),
                ("date_to", ">=", visit.date),
                ("state", "!=", "draft"),
            ],
            limit=1,
        )

    def _find_products(self, shown):
        """:return: list of (product, interest)"""
        products = (
            (self.env.ref(f"sales_efficiency_base.{name}_demo", False), interest)
            for name, interest in shown.items()
        )
        return [(product, interest) for product, interest in products if product]

    def _check_in(self, visit, state):
        known = visit._get_known_place()
        away = AWAY if state == "outside" else 0
        for moment, at in (("in", visit.start), ("out", visit.stop)):
            self.env["sales.visit.place"].create(
                {
                    "visit_id": visit.id,
                    "moment": moment,
                    "at": at,
                    "state": state,
                    "problem": "outside" if away else False,
                    "latitude": known[0] + away,
                    "longitude": known[1],
                    "accuracy": 15,
                    "distance": 1108 if away else 40,
                    "reason": self.env._("We met in their warehouse.")
                    if away
                    else False,
                }
            )
        visit.write({"check_in_at": visit.start, "check_out_at": visit.stop})

    # ------------------------------------------------------------------
    # Today and the days to come
    # ------------------------------------------------------------------

    def _load_coming(self):
        for days, hour, login, name, goal, question in (
            (
                0,
                10,
                "amy",
                "white_crane_precision",
                self.env._("Go through the offer of the vision system"),
                self.env._("What does the general manager want to see?"),
            ),
            (
                0,
                14,
                "amy",
                "nine_rivers_semiconductor_equipment",
                self.env._("Meet the new head of purchasing"),
                self.env._("Which projects are planned for next year?"),
            ),
            (0, 16, "amy", "maple_leaf_trading", None, None),
            (
                0,
                11,
                "kevin",
                "lotus_pond_biotech",
                self.env._("Agree on the price of the service contract"),
                self.env._("Who else offers?"),
            ),
            (3, 10, "amy", "snow_ridge_network", self.env._("Show the gateway"), None),
            (
                4,
                14,
                "kevin",
                "pine_wave_electronics",
                self.env._("Begin the trial"),
                self.env._("Who reads the results?"),
            ),
            (5, 10, "emily", "jade_peak_optoelectronics", None, None),
        ):
            visit = self._create_visit(days, hour, login, name)
            points = (("goal", goal), ("question", question))
            visit.point_ids = [
                Command.create({"kind": kind, "name": text})
                for kind, text in points
                if text
            ]

    def _create_visit(self, days, hour, login, name):
        """Create a visit on a working day; those of today are today."""
        company, customer = self.env.company, self._customer(name)
        user = self.env.ref(f"sales_efficiency_base.user_{login}_demo")
        day = company._get_sales_today() + timedelta(days=days)
        late = day.weekday() - SATURDAY + 1
        if days and late > 0:
            day += timedelta(days=-late if days < 0 else 3 - late)
        lead = self.env["crm.lead"].search(
            [
                ("user_id", "=", user.id),
                ("won_status", "=", "pending"),
                ("partner_id.commercial_partner_id", "=", customer.id),
            ],
            order="expected_revenue DESC, id",
            limit=1,
        )
        decider = self.env["sales.stakeholder"].search(
            [("partner_id", "=", customer.id), ("company_id", "=", company.id)],
            limit=1,
        )
        return self.env["sales.visit"].create(
            {
                "partner_id": customer.id,
                "user_id": user.id,
                "company_id": company.id,
                "lead_id": lead.id,
                "contact_ids": [Command.set(decider.contact_id.ids)],
                "start": company._get_sales_moment(day, hour),
                "duration": 1,
            }
        )

    def _customer(self, name):
        customer = self.env.ref(f"sales_efficiency_base.customer_{name}_demo")
        return customer.with_env(self.env)
