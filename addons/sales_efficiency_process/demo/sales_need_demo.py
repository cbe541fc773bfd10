# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY


class SalesNeedDemo(models.AbstractModel):
    """What customers of the demo company need, how they buy, and what we propose: one
    need is a complete story, others are still to be graded."""

    _name = "sales.need.demo"
    _description = "Need Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(
            self,
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
        )
        if demo.env["sales.solution"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        demo.env["sales.need.weight"].create({"company_id": demo.env.company.id})
        demo._load_people()
        demo._load_steps()
        needs = demo._load_needs()
        demo._load_solution(needs)

    # ------------------------------------------------------------------
    # People and process
    # ------------------------------------------------------------------

    def _load_people(self):
        for name in ("white_crane_precision", "pine_wave_electronics"):
            people = self._find_people(name)
            boss = people.filtered(lambda one: one.role == "decider")[:1]
            (people - boss).superior_id = boss
        crane = self._customer("white_crane_precision")
        crane.sales_file_id.business_process = self.env._(
            "Castings come in daily, are ground on two lines, washed, and checked by"
            " hand. One part in fifty is sorted out; nobody knows at which step."
        )

    def _load_steps(self):
        today = self.env.company._get_sales_today()
        customer = self._customer("white_crane_precision")
        people = self._find_people("white_crane_precision")
        by_role = people.grouped("role")
        usual = [
            (
                self.env._("Trial at the line"),
                "expert",
                self.env._("Runs for a week without a stop"),
                -9,
            ),
            (
                self.env._("Comparison of offers"),
                "buyer",
                self.env._("At least two offers"),
                6,
            ),
            (
                self.env._("Approval of the investment"),
                "decider",
                self.env._("Pays back in 3 years"),
                20,
            ),
        ]
        steps = self.env["sales.buying.step"]
        lead = self._find_lead(customer)
        for sequence, (name, role, criteria, days) in enumerate(usual):
            step = steps.create(
                {
                    "name": name,
                    "sequence": sequence,
                    "partner_id": customer.id,
                    "company_id": self.env.company.id,
                    "stakeholder_id": by_role.get(role, people)[:1].id,
                    "criteria": criteria,
                }
            )
            if lead:
                day = today + timedelta(days=days)
                step.copy(
                    {
                        "lead_id": lead.id,
                        "date_planned": day,
                        "date_done": days < 0 and day,
                    }
                )

    # ------------------------------------------------------------------
    # Needs
    # ------------------------------------------------------------------

    def _load_needs(self):
        """:return: the needs of White Crane"""
        crane = self.env["sales.need"]
        for name, text, line, grades, products in [
            [
                "white_crane_precision",
                self.env._("Know at which step parts are rejected"),
                "vision",
                "5445",
                ["product_sc_2", "product_vc_4"],
            ],
            [
                "white_crane_precision",
                self.env._("No standstill while the line is re-tooled"),
                "drive",
                "4330",
                [],
            ],
            [
                "maple_leaf_trading",
                self.env._("Smaller lots of drives in stock"),
                "drive",
                "3454",
                [],
            ],
            [
                "pine_wave_electronics",
                self.env._("Fewer boards sorted out by mistake"),
                "vision",
                "4534",
                ["product_vc_4"],
            ],
            [
                "pine_wave_electronics",
                self.env._("Reports of the plant in one place"),
                "control",
                "0000",
                [],
            ],
        ]:
            need = self._create_need(name, text, line, grades, products)
            if name == "white_crane_precision":
                crane |= need
        return crane

    def _create_need(self, customer, text, line, grades, products):
        partner = self._customer(customer)
        urgency, importance, feasibility, fit = grades
        lead = self._find_lead(partner)
        # It says who has graded.
        user = lead.user_id or partner.user_id or self.env.user
        needs = self.env["sales.need"].with_user(user)
        need = needs.create(
            {
                "kind": "particular",
                "name": text,
                "partner_id": partner.id,
                "lead_id": lead.id,
                "company_id": self.env.company.id,
                "categ_id": self._get(f"category_{line}_demo").id,
                "urgency": urgency,
                "importance": importance,
                "feasibility": feasibility,
                "fit": fit,
                "product_ids": [
                    Command.set([self._get(f"{name}_demo").id for name in products])
                ],
            }
        )
        return need.with_env(self.env)

    # ------------------------------------------------------------------
    # Solution
    # ------------------------------------------------------------------

    def _load_solution(self, needs):
        """The first version was too expensive; the second one is being decided on."""
        customer = needs.partner_id
        solution = self.env["sales.solution"]._create_from(needs)
        engineer = self._find_people("white_crane_precision").filtered(
            lambda one: one.role == "expert"
        )
        today = self.env.company._get_sales_today()
        user = customer.user_id or self.env.user
        solution.write(
            {
                "name": self.env._("Vision control for the grinding line"),
                "user_id": user.id,
                "contact_id": engineer.contact_id[:1].id,
                "situation": self.env._(
                    "One part in fifty is sorted out by hand, at the end of the line."
                ),
                "summary": self.env._(
                    "Cameras after each step tell where parts go wrong, and stop the"
                    " line before more of them do."
                ),
                "other_cost": 60_000,
                "phase_ids": [
                    Command.create(
                        {
                            "name": name,
                            "date_from": today + timedelta(days=start),
                            "date_to": today + timedelta(days=end),
                            "user_id": user.id,
                            "contact_id": engineer.contact_id[:1].id,
                        }
                    )
                    for name, start, end in (
                        (self.env._("Installation on line 1"), 30, 40),
                        (self.env._("Trial run"), 41, 55),
                        (self.env._("Line 2 and training"), 60, 75),
                    )
                ],
            }
        )
        answers = (
            (
                self.env._(
                    "Cameras after each step, with a picture of each rejected part"
                ),
                240_000,
            ),
            (
                self.env._("Settings of all parts are kept: re-tooling takes minutes"),
                90_000,
            ),
        )
        for answer, (text, benefit) in zip(solution.answer_ids, answers, strict=True):
            answer.write(
                {"answer": text, "benefit": benefit, "running_cost": benefit / 15}
            )
        solution.line_ids[:1].quantity = 3
        solution.action_present()
        solution.date_presented = today - timedelta(days=12)
        action = solution.action_new_version()
        version = solution.browse(action["res_id"])
        version.line_ids[:1].quantity = 2
        version.action_present()
        version.action_create_quotation()

    # ------------------------------------------------------------------
    # Records of the demo company
    # ------------------------------------------------------------------

    def _find_people(self, customer):
        return self.env["sales.stakeholder"].search(
            [
                ("partner_id", "=", self._customer(customer).id),
                ("company_id", "=", self.env.company.id),
            ]
        )

    def _find_lead(self, customer):
        """:return: the largest open opportunity of the customer, if there is any"""
        return self.env["crm.lead"].search(
            [
                ("type", "=", "opportunity"),
                ("won_status", "=", "pending"),
                ("partner_id.commercial_partner_id", "=", customer.id),
                ("company_id", "in", [self.env.company.id, False]),
            ],
            order="expected_revenue DESC, id",
            limit=1,
        )

    def _customer(self, name):
        return self._get(f"customer_{name}_demo")

    def _get(self, name):
        return self.env.ref(f"sales_efficiency_base.{name}").with_env(self.env)
