# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import html

from odoo.exceptions import AccessError, MissingError
from odoo.tests import freeze_time, tagged

from .ledger_common import IncentiveLedgerCommon

PARTS = ("earned", "taken_back", "held", "released", "carried", "draw", "repaid")
REPORT = "sales_efficiency_incentive.sales_incentive_statement"


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveStatement(IncentiveLedgerCommon):
    """January: 100 earned, of which a fifth waits for three months; a draw of 150."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.statements = cls.env["sales.incentive.statement"]
        cls.assignment = cls._start_plan(holdback=20, holdback_months=3)
        cls.assignment.write({"draw_amount": 150, "draw_recoverable": True})
        cls.order = cls._sell(10, "2026-01-03")
        cls._sell(30, "2026-03-03")
        cls._compute()

    def _statement(self, month, user=None):
        return self.statements.with_user(user or self.salesperson).search(
            [("month", "=", f"2026-0{month}-01"), ("user_id", "=", self.salesperson.id)]
        )

    def _rows(self, statement):
        """:return: the texts of the rows of the summary"""
        tree = html.fromstring(f"<div>{statement.summary}</div>")
        return [
            [cell.text_content().strip().replace("\ufeff", "") for cell in row]
            for row in tree.iterfind(".//tr")
        ]

    # ------------------------------------------------------------------
    # Sums
    # ------------------------------------------------------------------

    def test_the_parts_lead_from_what_was_earned_to_what_is_payable(self):
        self.assertRecordValues(
            self._statement(1),
            [
                {
                    "earned": 100,
                    "held": -20,
                    "draw": 70,
                    "payable": 150,
                    "waiting": 20,
                    "owed": -70,
                }
            ],
        )

    def test_each_statement_is_the_sum_of_its_entries(self):
        for statement in self.statements.search([("payable", "!=", 0)]):
            entries = self.entries.search(
                [
                    ("assignment_id", "=", statement.assignment_id.id),
                    ("period_id", "=", statement.period_id.id),
                ]
            )
            parts = sum(statement[name] for name in PARTS) + statement.adjusted
            self.assertAlmostEqual(parts, statement.payable)
            for balance in ("payable", "waiting", "capped", "owed"):
                of_balance = entries.filtered(lambda e, b=balance: e.balance == b)
                self.assertAlmostEqual(
                    sum(of_balance.mapped("amount")), statement[balance]
                )
            self.assertEqual(statement.line_ids + statement.other_line_ids, entries)

    def test_who_sells_nothing_has_a_statement_too(self):
        self.assertRecordValues(
            self._statement(2), [{"earned": 0, "payable": 150, "draw": 150}]
        )
        self.assignment.sudo().draw_amount = 0
        self._compute()
        self.assertEqual(self._statement(2).payable, 0)

    def test_the_summary_says_the_year_to_date_and_the_balances(self):
        rows = self._rows(self._statement(3))
        rule = [" ".join(text.split()) for text in rows[1]]
        self.assertEqual(rule, ["Commission", "$ 3,000.00", "10.00 %", "$ 300.00"])
        self.assertIn(["Earned", "$\xa0300.00", "$\xa0400.00"], rows)
        self.assertIn(["Pay", "$\xa0150.00", "$\xa0450.00"], rows)
        self.assertIn(["Waiting", "$\xa080.00"], rows)
        self.assertIn(["Owed", "$\xa0-130.00"], rows)

    def test_a_locked_statement_says_what_was_booked_later(self):
        self._lock(1)
        before = self._statement(1).summary
        self.order.order_line.product_uom_qty = 4
        self._compute()
        statement = self._statement(1)
        self.assertEqual(statement.summary, before)
        self.assertEqual(statement.corrected, -60)
        action = statement.action_open_corrections()
        later = self.entries.search(action["domain"])
        self.assertEqual(set(later.period_id), {self._period(2)})

    def test_a_month_as_of_today_stands_beside_what_was_booked(self):
        other = self._start_plan(self.colleague)
        self._sell(5, "2026-01-04", user=self.colleague)
        self._lock(1)
        self.order.order_line.product_uom_qty = 4
        self._sell(2, "2026-01-05", user=self.colleague)
        self._compute()
        january = self._period(1).with_user(self.director)
        action = january.action_open_as_of_today()
        rows = self.statements.with_user(self.director).search(action["domain"])
        self.assertRecordValues(
            rows.sorted("id"),
            [
                {"booked": 100, "corrected": -60, "as_of_today": 40, "payable": 150},
                {"booked": 50, "corrected": 20, "as_of_today": 70, "payable": 50},
            ],
        )
        self.assertEqual(
            rows[-1:].assignment_id | rows[:1].assignment_id, self.assignment | other
        )
        [[booked, corrected, today]] = rows._read_group(
            action["domain"], [], ["booked:sum", "corrected:sum", "as_of_today:sum"]
        )
        self.assertEqual([booked, corrected, today], [150, -40, 110])
        self.assertEqual(january.corrected, -40)
        own = january.with_user(self.salesperson)
        own.invalidate_recordset()
        self.assertEqual(own.corrected, -60)

    def test_a_list_of_statements_needs_no_query_for_each(self):
        for user in (self.colleague, self.outsider):
            self._start_plan(user)
        self._compute()
        names = ["payee", "payable", "jump", "corrected", "state"]
        statements = self.statements.with_user(self.director).search([])
        statements[:1].read(names)
        counts = []
        for some in (statements[:2], statements):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.read(names)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    # ------------------------------------------------------------------
    # Paper and mail
    # ------------------------------------------------------------------

    def test_the_paper_is_in_the_language_of_the_payee(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.salesperson.lang = "zh_TW"
        statement = self._statement(1, self.director)
        text = self.env["ir.actions.report"]._render_qweb_html(REPORT, statement.ids)
        text = text[0].decode()
        self.assertIn("2026年1月", text)
        self.assertIn(self.order.name, text)
        self.assertIn("100.00", text)

    def test_the_name_of_the_file_has_no_amount(self):
        statement = self._statement(1)
        self.assertEqual(
            statement.display_name, "Pay statement: Test Salesperson, January 2026"
        )

    def test_publishing_mails_a_link_without_amounts(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.salesperson.lang = "zh_TW"
        self._period(1).with_user(self.officer).action_publish()
        mail = self.env["mail.mail"].search([("model", "=", self.statements._name)])
        self.assertEqual(mail.recipient_ids, self.salesperson.partner_id)
        self.assertEqual(mail.state, "outgoing", "in the queue")
        self.assertIn("2026年1月", mail.subject)
        self.assertIn(f"/odoo/pay-statements/{self._statement(1).id}", mail.body_html)
        text = mail.subject + html.fromstring(mail.body_html).text_content()
        for amount in ("100", "150", "70"):
            self.assertNotIn(amount, text)
        self.assertFalse(mail.attachment_ids)

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def test_each_role_sees_its_statements(self):
        self._start_plan(self.outsider)
        self._compute()
        both = self.salesperson + self.outsider
        for user, people in (
            (self.salesperson, self.salesperson),
            (self.colleague, self.env["res.users"]),
            (self.leader, self.env["res.users"]),
            (self.director, both),
            (self.officer, both),
            (self.hr_manager, both),
            (self.finance, both),
        ):
            with self.subTest(user.name):
                found = self.statements.with_user(user).search([])
                self.assertEqual(found.user_id, people)
        self.company.sales_incentive_show_pay = True
        found = self.statements.with_user(self.leader).search([])
        self.assertEqual(found.user_id, self.salesperson)

    def test_nobody_reads_or_prints_the_statement_of_others_by_its_number(self):
        statement = self._statement(1)
        foreign = statement.with_user(self.colleague)
        self.env.invalidate_all()
        for name in ("payable", "summary", "line_ids", "jump"):
            with self.subTest(name), self.assertRaises(AccessError):
                foreign.read([name])
        with self.assertRaises(AccessError):
            foreign.env["ir.actions.report"]._render_qweb_html(REPORT, foreign.ids)
        self.assertFalse(
            self.statements.with_user(self.colleague)._read_group(
                [], ["user_id"], ["payable:sum"]
            )
        )

    def test_a_statement_that_is_not_there_is_missing(self):
        reports = self.env["ir.actions.report"].with_user(self.salesperson)
        with self.assertRaisesRegex(MissingError, "no such document"):
            reports._render_qweb_html(REPORT, [1])

    def test_an_entry_opens_the_statement(self):
        entry = self._statement(1).line_ids[:1].with_user(self.salesperson)
        action = entry.action_open_statement()
        self.assertEqual(action["res_id"], self._statement(1).id)
