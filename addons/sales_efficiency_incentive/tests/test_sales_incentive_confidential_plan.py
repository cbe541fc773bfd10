# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from ..engine import IncentiveCost
from ..tools import PayrollSheet
from .payout_common import IncentivePayoutCommon

#: What a confidential plan pays; nothing else of the test is so much
SECRET = 4321.0


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveConfidentialPlan(IncentivePayoutCommon):
    """The salesperson gets 4,321 by a confidential plan, the colleague 100 by an open
    one. The first is read by the salesperson, HR managers and finance alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_incentive_show_pay = True
        cls._post_to_accounting()
        plan = cls.env["sales.incentive.plan"].create(
            {
                "name": "Management",
                "company_id": cls.company.id,
                "is_confidential": True,
            }
        )
        cls._put_into_effect(plan, plan._get_today().replace(month=1, day=1))
        cls.secret = cls.env["sales.incentive.assignment"].create(
            {
                "plan_id": plan.id,
                "user_id": cls.salesperson.id,
                "date_from": "2026-01-01",
            }
        )
        cls.open = cls._start_plan(cls.colleague)
        cls._sell(432.1, "2026-01-03")
        cls._sell(10, "2026-01-03", user=cls.colleague)
        cls.clerk = cls._create_employee("clerk", "account.group_account_invoice")
        cls.paid = cls._pay_out(1)
        everybody = cls.env["res.users"].search([("share", "=", False)])
        exports = cls.env.ref("base.group_allow_export")
        everybody.write({"group_ids": [Command.link(exports.id)]})
        cls.env.invalidate_all()

    def _get_others(self):
        return self.leader, self.director, self.officer

    def _get_entitled(self):
        return self.hr_manager, self.finance

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _read_all(self, user, model, name):
        """:return: all numbers of a field that somebody finds, also in groups"""
        records = self.env[model].with_user(user)
        if not records.has_access("read"):
            return []
        found = [row[name] for row in records.search_read([], [name])]
        for [total] in records._read_group([], [], [f"{name}:sum"]):
            found.append(total)
        for group in records._fields:
            if group in ("user_id", "plan_id", "assignment_id", "month"):
                spec = f"{group}:month" if group == "month" else group
                for _key, total in records._read_group([], [spec], [f"{name}:sum"]):
                    found.append(total)
        exported = records.search([]).export_data([name])["datas"]
        return found + [float(value) for [value] in exported if value]

    def _find_leaks(self, user):
        """:return: the fields by which somebody reads the secret, or a sum with it"""
        amounts = {
            "sales.incentive.entry": ["amount"],
            "sales.incentive.statement": ["payable", "earned", "booked"],
            "sales.incentive.balance": ["payable", "earned", "paid"],
            "sales.incentive.cost": ["cost"],
            "sales.incentive.pay": ["pay"],
            "sales.incentive.payout.line": ["amount", "pay_amount"],
        }
        return {
            (model, name)
            for model, names in amounts.items()
            for name in names
            if any(
                abs(abs(value) - known) < 0.01
                for value in self._read_all(user, model, name)
                for known in (SECRET, SECRET + 100)
            )
        }

    def test_others_find_it_in_no_record_group_or_export(self):
        for user in self._get_others():
            with self.subTest(user.name):
                self.env.invalidate_all()
                self.assertFalse(self._find_leaks(user))

    def test_the_person_hr_managers_and_finance_read_it(self):
        for user in (self.salesperson, *self._get_entitled()):
            with self.subTest(user.name):
                self.env.invalidate_all()
                self.assertIn(
                    ("sales.incentive.entry", "amount"), self._find_leaks(user)
                )

    def test_others_read_no_entry_by_its_number_or_a_condition(self):
        entries = self.entries.search([("assignment_id", "=", self.secret.id)])
        self.assertTrue(entries)
        for user in self._get_others():
            own = entries.with_user(user)
            with self.subTest(user.name):
                with self.assertRaises(AccessError):
                    own.read(["amount"])
                self.assertFalse(own.search([("amount", ">", 4000)]))
                balances = self.secret.with_user(user).read(["payable", "owed"])
                self.assertEqual((balances[0]["payable"], balances[0]["owed"]), (0, 0))

    def test_no_total_of_others_contains_it(self):
        period = self._period(1)
        payout = self.payouts.search([("period_id", "=", period.id)])
        for user in (self.director, self.officer):
            self.env.invalidate_all()
            month = period.with_user(user)
            with self.subTest(user.name):
                self.assertEqual((month.payable, month.payee_count), (100, 1))
                own = payout.with_user(user)
                self.assertEqual((own.amount, own.payee_count), (100, 1))
                sheet = PayrollSheet(own).get_content("csv").decode()
                self.assertNotIn("4321", sheet)
        self.env.invalidate_all()
        self.assertEqual(period.with_user(self.finance).payable, SECRET + 100)
        self.assertEqual(payout.with_user(self.finance).amount, SECRET + 100)

    def test_whether_a_month_is_above_a_limit_does_not_tell_it(self):
        self.company.sales_incentive_approval_limit = 1000
        self.env.invalidate_all()
        period = self._period(1)
        self.assertFalse(period.with_user(self.director).is_above_limit)
        self.assertFalse(period.sudo().is_above_limit)

    def test_the_metric_of_costs_does_not_contain_it(self):
        period = self._period(1)
        scope = Scope(self.company.id)
        for user in (self.director, self.finance):
            measured = IncentiveCost(self.env(user=user)).measure(
                [scope], [Period.month(period.month)]
            )
            self.assertEqual(measured, [100])

    def test_who_may_only_invoice_reads_no_journal_item_of_pay(self):
        for model, domain in (
            ("account.move", [("journal_id", "=", self.journal.id)]),
            ("account.move.line", [("account_id", "=", self.accrued.id)]),
        ):
            records = self.env[model]
            with self.subTest(model):
                self.assertTrue(records.with_user(self.finance).search(domain))
                self.assertFalse(records.with_user(self.clerk).search(domain))
                self.assertFalse(
                    records.with_user(self.clerk)._read_group(
                        domain, [], ["id:count_distinct"]
                    )[0][0]
                )

    def test_analytic_items_do_not_contain_it(self):
        line = self.env["account.move.line"].search(
            [
                ("account_id", "=", self.expense.id),
                ("move_id", "=", self._period(1).accrual_move_id.id),
                ("balance", "=", SECRET),
            ]
        )
        self.assertFalse(line.analytic_distribution)

    # ------------------------------------------------------------------
    # What would tell it
    # ------------------------------------------------------------------

    def test_nobody_adjusts_disputes_or_simulates_it(self):
        with (
            self.assertRaisesRegex(ValidationError, "confidential"),
            self.cr.savepoint(),
        ):
            self.env["sales.incentive.adjustment"].with_user(self.officer).create(
                {
                    "assignment_id": self.secret.id,
                    "period_id": self._period(2).id,
                    "amount": -1,
                    "reason": "Probe",
                }
            )
        with (
            self.assertRaisesRegex(ValidationError, "not simulated"),
            self.cr.savepoint(),
        ):
            self.env["sales.incentive.simulation"].with_user(self.director).create(
                {
                    "name": "Probe",
                    "company_id": self.company.id,
                    "version_ids": self.secret.plan_id.version_ids.ids,
                    "month_from": "2026-01-01",
                    "month_to": "2026-01-01",
                }
            )
        self._compute()
        period = self._period(2)
        period.with_user(self.officer).action_publish()
        self.env.invalidate_all()
        disputes = self.env["sales.incentive.dispute"].with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "Talk to HR"):
            disputes._open_missing(
                self.secret.with_user(self.salesperson), period, "S1", "Missing"
            )

    def test_its_terms_do_not_change_the_past(self):
        version = self.secret.plan_id.version_ids.copy({"date_from": "2026-01-01"})
        with self.assertRaisesRegex(UserError, "do not change locked months"):
            version.action_submit()

    def test_it_is_no_unusual_change_of_pay(self):
        self._compute()
        period = self._period(2)
        lines = period.with_user(self.officer).checklist
        counts = {line["code"]: line["count"] for line in lines}
        self.assertEqual(counts["jumps"], 1)  # the colleague alone

    def test_a_plan_stays_confidential(self):
        with self.assertRaises(AccessError):
            self.secret.plan_id.with_user(self.director).is_confidential = False
