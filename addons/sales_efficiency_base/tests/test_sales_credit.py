# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestSalesCredit(SalesEfficiencyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order()

    def _split(self, order, *shares):
        """Assign these shares to the salesperson, the colleague and the outsider."""
        people = self.salesperson, self.colleague, self.outsider
        return self.env["sales.credit"].create(
            [
                {"order_id": order.id, "user_id": user.id, "share": share}
                for user, share in zip(people, shares, strict=False)
            ]
        )

    def _end_transaction(self):
        self.env.cr.flush()

    @users("test_salesperson")
    def test_a_salesperson_shares_a_sale_with_a_colleague(self):
        order = self.order.with_env(self.env)
        with Form(order) as form:
            for user, share in ((self.salesperson, 70), (self.colleague, 30)):
                with form.sales_credit_ids.new() as line:
                    line.user_id = user
                    line.share = share
            self.assertEqual(form.sales_credit_total, 100)
        self._end_transaction()
        self.assertRecordValues(
            order.sales_credit_ids,
            [
                {
                    "user_id": self.salesperson.id,
                    "share": 70,
                    "team_id": self.team_field.id,
                },
                {
                    "user_id": self.colleague.id,
                    "share": 30,
                    "team_id": self.team_field.id,
                },
            ],
        )

    def test_shares_of_a_third_add_up(self):
        self._split(self.order, 33.33, 33.33, 33.34)
        self._end_transaction()
        self.assertEqual(self.order.sales_credit_total, 100)

    def test_a_wrong_total_is_refused_and_the_message_says_by_how_much(self):
        self._split(self.order, 70, 29.5)
        with self.assertRaisesRegex(ValidationError, r"99\.50 %.* 0\.50 % too little"):
            self._end_transaction()

    def test_too_much_is_refused_as_well(self):
        self._split(self.order, 70, 30.01)
        with self.assertRaisesRegex(ValidationError, r"100\.01 %.* 0\.01 % too much"):
            self._end_transaction()

    def test_lines_may_be_edited_one_after_the_other(self):
        credit, other = self._split(self.order, 50, 50)
        self._end_transaction()
        credit.share = 80
        other.share = 20
        self._end_transaction()
        self.assertEqual(self.order.sales_credit_ids.mapped("share"), [80, 20])
        with self.assertRaises(ValidationError):
            credit.share = 70
            self._end_transaction()

    def test_deleting_one_line_is_refused_and_deleting_all_is_not(self):
        credits_ = self._split(self.order, 50, 50)
        self._end_transaction()
        with self.assertRaises(ValidationError):
            credits_[0].unlink()
            self._end_transaction()
        self.order.sales_credit_ids.unlink()
        self._end_transaction()
        self.assertFalse(self.order.sales_credit_ids)

    def test_moving_a_line_to_another_order_checks_both(self):
        credits_ = self._split(self.order, 50, 50)
        self._end_transaction()
        other_order = self._create_order()
        with self.assertRaises(ValidationError):
            credits_[0].order_id = other_order
            self._end_transaction()

    def test_a_share_is_between_0_and_100(self):
        for share in (0, -10, 100.01):
            with (
                self.subTest(share),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(flush=False),
            ):
                self._split(self.order, share)

    def test_a_person_has_one_share(self):
        self._split(self.order, 50, 50)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._split(self.order, 50)

    def test_the_team_of_a_share_is_not_that_of_a_later_day(self):
        credit = self._split(self.order, 100)
        self.env["crm.team.member"].search(
            [("user_id", "=", self.salesperson.id)]
        ).crm_team_id = self.team_other
        self.assertEqual(self.salesperson.sale_team_id, self.team_other)
        self.assertEqual(credit.team_id, self.team_field)

    def test_a_copy_of_the_order_has_the_same_shares(self):
        self._split(self.order, 60, 40)
        copy = self.order.copy()
        self._end_transaction()
        self.assertEqual(copy.sales_credit_ids.mapped("share"), [60, 40])

    def test_only_a_director_changes_the_shares_of_a_confirmed_order(self):
        credit, other = self._split(self.order, 50, 50)
        self.order.action_confirm()
        for change in (
            lambda credit: credit.write({"share": 60}),
            lambda credit: credit.unlink(),
            lambda credit: credit.copy({"user_id": self.outsider.id}),
        ):
            with self.assertRaisesRegex(UserError, self.order.name):
                change(credit.with_user(self.salesperson))
        credit.with_user(self.director).share = 60
        other.with_user(self.director).share = 40
        self._end_transaction()
        self.assertEqual(self.order.sales_credit_ids.mapped("share"), [60, 40])

    def test_a_correction_is_told_in_the_chatter_once(self):
        credit, other = self._split(self.order, 50, 50)
        self.order.action_confirm()
        self._end_transaction()
        before = self.order.message_ids
        credit.with_user(self.director).share = 60
        other.with_user(self.director).share = 40
        self._end_transaction()
        message = self.order.message_ids - before
        self.assertEqual(message.author_id, self.director.partner_id)
        self.assertIn("Test Salesperson 50.00 %, Test Colleague 50.00 %", message.body)
        self.assertIn("Test Salesperson 60.00 %, Test Colleague 40.00 %", message.body)

    def test_the_shares_go_with_the_quotation(self):
        credits_ = self._split(self.order, 60, 40)
        self.order.unlink()
        self._end_transaction()
        self.assertFalse(credits_.exists())
