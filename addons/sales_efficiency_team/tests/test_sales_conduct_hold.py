# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .conduct_common import TODAY, ConductCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSalesConductHold(ConductCommon):
    """A director holds back a payout because of a case, and pays it out later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finance = cls._create_login("finance", "account.group_account_manager")
        plan = cls.env["sales.incentive.plan"].create(
            {"name": "Commission", "company_id": cls.company.id}
        )
        rule = {"name": "Commission", "metric_id": cls.ordered.id, "rate": 10}
        version = cls.env["sales.incentive.version"].create(
            {
                "plan_id": plan.id,
                "date_from": date(2026, 1, 1),
                "rule_ids": [Command.create(rule)],
            }
        )
        cls.assignment = cls.env["sales.incentive.assignment"].create(
            {
                "plan_id": plan.id,
                "user_id": cls.salesperson.id,
                "date_from": date(2026, 1, 1),
            }
        )
        terms = cls.env["tier.definition"].search([("model", "=", version._name)])
        terms.active = False
        version._set_state("submitted")
        version._approve()
        cls.env["sales.incentive.period"]._follow()
        cls.case = cls._convict()

    def _hold(self, amount=60, **values):
        form = Form(
            self.env["sales.conduct.hold"]
            .with_user(self.director)
            .with_context(default_case_id=self.case.id)
        )
        form.assignment_id = self.assignment
        form.amount = amount
        for name, value in values.items():
            setattr(form, name, value)
        action = form.save().action_make()
        return self.env["sales.incentive.adjustment"].browse(action["res_id"])

    def test_pay_is_held_back_by_an_adjustment(self):
        adjustment = self._hold()
        self.assertRecordValues(
            adjustment,
            [
                {
                    "assignment_id": self.assignment.id,
                    "amount": -60,
                    "state": "draft",
                    "reason": "Held back by the decision of 2026-10-15",
                }
            ],
        )
        self.assertEqual(self.case.with_user(self.director).adjustment_ids, adjustment)

    def test_the_adjustment_does_not_tell_of_the_case(self):
        adjustment = self._hold().with_user(self.finance)
        self.env.invalidate_all()
        text = str(adjustment.read()) + str(adjustment.message_ids.mapped("body"))
        for secret in ("conduct", "Conduct", "Lies", self.case.display_name):
            self.assertNotIn(secret, text)

    def test_what_is_held_back_is_paid_out_later_and_not_more(self):
        self._hold()
        with self.assertRaisesRegex(UserError, "No more is paid out"):
            self._hold(61, kind="release")
        self.assertEqual(self._hold(60, kind="release").amount, 60)
        with self.assertRaisesRegex(UserError, "No more is paid out"):
            self._hold(1, kind="release")

    def test_only_rules_that_say_so_hold_back_pay(self):
        self.case = self._convict(rule=self.gifts)
        with self.assertRaisesRegex(UserError, "holds back no pay"):
            self._hold()

    def test_leaders_hold_back_nothing(self):
        with self.assertRaises(AccessError):
            self.env["sales.conduct.hold"].with_user(self.leader).create({})
