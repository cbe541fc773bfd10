# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .adjustment_common import IncentiveAdjustmentCommon


@tagged("post_install", "-at_install")
# A Wednesday; January was published on it.
@freeze_time("2026-02-04 12:00:00")
class TestSalesIncentiveDispute(IncentiveAdjustmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.disputes = cls.env["sales.incentive.dispute"]
        cls.entry = cls.entries.search(
            [("assignment_id", "=", cls.assignment.id), ("kind", "=", "earning")]
        )

    def _dispute(self, user=None, entry=None):
        """Dispute a line by its button."""
        entry = (entry or self.entry).with_user(user or self.salesperson)
        action = entry.action_dispute()
        form = Form(
            self.env[action["res_model"]]
            .with_user(user or self.salesperson)
            .with_context(**action["context"])
        )
        form.description = "The customer ordered twelve, not ten."
        return self.disputes.browse(form.save().action_open()["res_id"])

    def _miss(self, reference="S0815", user=None, **values):
        """Name a sale that is missing."""
        requests = self.env["sales.incentive.dispute.request"]
        form = Form(requests.with_user(user or self.salesperson))
        for name, value in values.items():
            setattr(form, name, value)
        form.reference = reference
        form.description = "I have sold it."
        return self.disputes.browse(form.save().action_open()["res_id"])

    def _uphold(self, dispute, remedy="adjustment", user=None):
        mine = dispute.with_user(user or self.officer)
        mine.write({"remedy": remedy, "answer": "You are right."})
        return mine.action_uphold()

    # ------------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------------

    def test_a_line_is_disputed_by_its_key_and_the_text_of_that_day(self):
        dispute = self._dispute()
        self.assertRecordValues(
            dispute,
            [
                {
                    "kind": "line",
                    "state": "open",
                    "user_id": self.salesperson.id,
                    "period_id": self.january.id,
                    "assignment_id": self.assignment.id,
                    "reference": self.order.name,
                    "rule_id": self.entry.rule_id.id,
                    "amount": 100,
                    "explanation": self.entry.explanation,
                    "create_uid": self.salesperson.id,
                }
            ],
        )
        # The entry is replaced, the dispute stays as it was.
        self._sell(1, "2026-01-05")
        self.order.action_cancel()
        self._compute()
        self.assertFalse(self.entry.exists())
        self.assertRecordValues(
            dispute, [{"amount": 100, "reference": self.order.name, "state": "open"}]
        )

    def test_a_missing_sale_is_named(self):
        dispute = self._miss(" S0815 ")
        self.assertRecordValues(
            dispute,
            [{"kind": "missing", "reference": "S0815", "period_id": self.january.id}],
        )
        with self.assertRaisesRegex(UserError, "Name the order"):
            self.disputes.with_user(self.salesperson)._open_missing(
                self.assignment, self.january, " ", "x"
            )

    def test_only_published_months_are_disputed(self):
        for action, state in (
            ("action_reopen", "open"),
            ("action_publish", "published"),
            ("action_approve", "approved"),
            ("action_lock", "locked"),
        ):
            getattr(self.january.with_user(self.director), action)()
            self.env.invalidate_all()
            with self.subTest(state):
                self.assertEqual(self.january.state, state)
                entry = self.entries.search(
                    [("period_id", "=", self.january.id)], limit=1
                ).with_user(self.salesperson)
                self.assertEqual(entry.can_dispute, state == "published")
                if state != "published":
                    with self.assertRaisesRegex(UserError, "only published months"):
                        self._dispute(entry=entry)

    def test_it_can_be_disputed_for_five_working_days(self):
        self.assertEqual(self.january.dispute_deadline, date(2026, 2, 11))
        with freeze_time("2026-02-11 12:00:00"):
            self.assertTrue(self.entry.with_user(self.salesperson).can_dispute)
        self.env.invalidate_all()
        with freeze_time("2026-02-12 12:00:00"):
            self.assertFalse(self.entry.with_user(self.salesperson).can_dispute)
            with self.assertRaisesRegex(UserError, "could be disputed until"):
                self._dispute()

    def test_holidays_and_the_setting_count(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": "2026-02-05 00:00:00",
                "date_to": "2026-02-05 23:59:59",
            }
        )
        self.company.sales_incentive_dispute_days = 1
        self.env.invalidate_all()
        self.assertEqual(self.january.dispute_deadline, date(2026, 2, 6))
        self.company.resource_calendar_id.attendance_ids.unlink()
        self.env.invalidate_all()
        self.assertTrue(self.january.dispute_deadline, "no working days at all")

    def test_nobody_disputes_the_pay_of_others(self):
        self.company.sales_incentive_show_pay = True
        for user in (self.leader, self.officer, self.director):
            entry = self.entry.with_user(user)
            with self.subTest(user.login):
                self.assertFalse(entry.can_dispute)
                with self.assertRaisesRegex(UserError, "Only Test Salesperson"):
                    self._dispute(user=user)
        with self.assertRaises(AccessError):
            self.disputes.with_user(self.colleague)._open_line(self.entry, "x")
        with self.assertRaises(AccessError):
            self.disputes.with_user(self.colleague)._open_missing(
                self.assignment, self.january, "S1", "x"
            )

    def test_an_officer_opens_it_for_an_agent(self):
        agent = self.env["res.partner"].create({"name": "Test Agent Ltd."})
        assignment = self.env["sales.incentive.assignment"].create(
            {
                "plan_id": self.assignment.plan_id.id,
                "partner_id": agent.id,
                "channel_id": self.channel_agent.id,
                "date_from": date(2026, 1, 1),
            }
        )
        dispute = self._miss(user=self.officer, assignment_id=assignment)
        self.assertEqual(dispute.partner_id, agent)
        self.assertEqual(dispute.create_uid, self.officer)
        with self.assertRaises(UserError):
            self.disputes.with_user(self.salesperson)._open_missing(
                assignment, self.january, "S1", "x"
            )

    def test_a_line_has_one_open_dispute(self):
        dispute = self._dispute()
        with self.assertRaisesRegex(UserError, "open dispute about this already"):
            self._dispute()
        dispute.with_user(self.salesperson).action_withdraw()
        self.assertEqual(self._dispute().state, "open")

    # ------------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------------

    def test_officers_have_a_to_do_until_it_is_decided(self):
        dispute = self._dispute()
        [to_do] = dispute.activity_ids
        self.assertRecordValues(
            to_do,
            [{"user_id": self.officer.id, "date_deadline": date(2026, 2, 11)}],
        )
        self._uphold(dispute)
        self.assertFalse(dispute.activity_ids)

    def test_upheld_by_an_adjustment_that_is_booked(self):
        dispute = self._dispute()
        action = self._uphold(dispute)
        self.assertRecordValues(
            dispute, [{"state": "upheld", "decided_by_id": self.officer.id}]
        )
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.officer)
            .with_context(**action["context"])
        )
        form.amount = 20
        adjustment = form.save()
        self.assertRecordValues(
            adjustment,
            [
                {
                    "assignment_id": self.assignment.id,
                    "dispute_id": dispute.id,
                    "reason": self.order.name,
                    "period_id": self.january.id,
                }
            ],
        )
        adjustment.action_submit()
        self.env.invalidate_all()
        adjustment.with_user(self.director)._validate_tier()
        self._compute()
        self.assertEqual(self._get_paid(1, self.assignment), 120)
        self.assertEqual(dispute.adjustment_ids, adjustment)

    def test_upheld_by_the_credit_of_the_order(self):
        seller = self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.officer.group_ids += seller
        dispute = self._dispute()
        action = self._uphold(dispute, "credit")
        self.assertEqual(action["res_model"], "sale.order")
        self.assertEqual(action["res_id"], self.order.id)

    def test_the_order_is_found_by_invoice_and_by_name(self):
        invoice = self._invoice(self.order, "2026-01-06")
        for reference in (invoice.name, self.order.name):
            dispute = self._miss(reference)
            self.assertEqual(dispute._find_orders(), self.order)
        self.assertFalse(self._miss("PO of the customer")._find_orders())

    def test_who_may_not_open_the_order_upholds_and_asks_somebody_else(self):
        dispute = self._miss("nothing")
        self.assertFalse(self._uphold(dispute, "credit"))
        self.assertEqual(dispute.state, "upheld")
        with self.assertRaisesRegex(UserError, "no order of nothing"):
            dispute.with_user(self.officer).action_correct_credit()

    def test_a_refusal_needs_a_reason(self):
        dispute = self._dispute().with_user(self.officer)
        with self.assertRaisesRegex(UserError, "reason why you refuse"):
            dispute.action_refuse()
        dispute.answer = "The order was for ten."
        dispute.action_refuse()
        self.assertEqual(dispute.state, "refused")
        with self.assertRaises(UserError):
            dispute.answer = "Something else"
        with self.assertRaises(UserError):
            dispute.action_uphold()

    def test_the_person_is_told_without_amounts(self):
        dispute = self._dispute()
        before = dispute.message_ids
        self._uphold(dispute)
        message = (dispute.message_ids - before).filtered("notified_partner_ids")
        self.assertEqual(message.notified_partner_ids, self.salesperson.partner_id)
        texts = [
            *dispute.message_ids.mapped("body"),
            *dispute.message_ids.mapped("subject"),
            dispute.display_name,
        ]
        self.assertFalse([text for text in texts if "100" in (text or "")])

    def test_nobody_decides_their_own(self):
        self.assertEqual(self.january.state, "published")
        for user in (self.officer, self.director):
            assignment = self._start_plan(user)
            dispute = self.disputes.with_user(user)._open_missing(
                assignment, self.january, "S1", "x"
            )
            with self.subTest(user.login):
                self.assertFalse(dispute.can_decide)
                self.assertNotIn(user, dispute.activity_ids.user_id)
                for act in (
                    lambda d: d.write({"answer": "Yes"}),
                    lambda d: d._decide("upheld"),
                    lambda d: d.sudo(False).action_overrule(),
                ):
                    with self.assertRaises(UserError):
                        act(dispute)
                dispute.action_withdraw()
                self.assertEqual(dispute.state, "withdrawn")

    def test_only_the_person_withdraws(self):
        dispute = self._dispute()
        for user in (self.officer, self.director):
            with self.assertRaisesRegex(UserError, "Only who has opened"):
                dispute.with_user(user).action_withdraw()

    # ------------------------------------------------------------------
    # The month
    # ------------------------------------------------------------------

    def test_open_disputes_stop_the_approval(self):
        self.disputes._check_settled(self.january)
        dispute = self._dispute()
        with self.assertRaisesRegex(RedirectWarning, "Open disputes: 1") as caught:
            self.disputes.with_user(self.director)._check_settled(self.january)
        action = caught.exception.args[1]
        found = self.disputes.with_user(self.director).search(action["domain"])
        self.assertEqual(found, dispute.with_user(self.director))
        self.disputes._check_settled(self.february)
        self._uphold(dispute)
        self.disputes._check_settled(self.january)

    def test_a_director_overrules_with_reason(self):
        dispute = self._dispute()
        with self.assertRaisesRegex(UserError, "Only a sales director"):
            dispute.with_user(self.officer).action_overrule()
        mine = dispute.with_user(self.director)
        with self.assertRaisesRegex(UserError, "why the month does not wait"):
            mine.action_overrule()
        mine.overrule_reason = "The customer cannot be reached until March."
        mine.action_overrule()
        self.disputes._check_settled(self.january)
        self.assertRecordValues(
            dispute,
            [
                {
                    "state": "open",
                    "is_overruled": True,
                    "overruled_by_id": self.director.id,
                }
            ],
        )
        with self.assertRaises(UserError):
            mine.overrule_reason = "Other"
        self._uphold(dispute)

    def test_a_month_and_an_assignment_open_what_belongs_to_them(self):
        dispute, adjustment = self._dispute(), self._ask(20)
        other = self._start_plan(self.colleague)
        self._ask(30, self.february, assignment_id=other.id)
        for record in (self.january, self.assignment):
            mine = record.with_user(self.officer)
            self.assertEqual((mine.dispute_count, mine.adjustment_count), (1, 1))
            for action, found in (
                (mine.action_open_disputes(), dispute),
                (mine.action_open_adjustments(), adjustment),
            ):
                with self.subTest(record=record, model=action["res_model"]):
                    records = found.with_user(self.officer).search(action["domain"])
                    self.assertEqual(records, found)
        form = Form(
            self.env["sales.incentive.adjustment"]
            .with_user(self.officer)
            .with_context(**action["context"])
        )
        self.assertEqual(form.assignment_id, self.assignment)
        both = (other + self.assignment).with_user(self.officer)
        self.assertEqual(both.mapped("dispute_count"), [0, 1])

    def test_it_stays_when_the_month_is_reopened(self):
        dispute = self._dispute()
        self.january.with_user(self.officer).action_reopen()
        self.assertEqual(dispute.state, "open")
        self.assertEqual(self.january.dispute_count, 1)

    def test_an_overdue_dispute_is_escalated_once_to_a_director(self):
        dispute = self._dispute()
        self.disputes._cron_escalate()
        self.assertFalse(dispute.escalated_at, "on its last day")
        with freeze_time("2026-02-12 12:00:00"):
            for _time in range(2):
                self.disputes._cron_escalate()
        self.assertTrue(dispute.escalated_at)
        to_do = dispute.activity_ids.filtered(lambda a: a.user_id == self.director)
        self.assertEqual(len(to_do), 1)

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_each_role_sees_its_disputes(self):
        dispute = self._dispute()
        for user, seen in (
            (self.salesperson, True),
            (self.officer, True),
            (self.director, True),
            (self.finance, True),
            (self.hr_manager, True),
            (self.colleague, False),
            (self.leader, False),
        ):
            found = self.disputes.with_user(user).search([])
            self.assertEqual(bool(found), seen, user.login)
        self.company.sales_incentive_show_pay = True
        self.assertEqual(
            self.disputes.with_user(self.leader).search([]).ids, dispute.ids
        )

    def test_clients_neither_open_nor_decide_by_writing(self):
        dispute = self._dispute()
        values = {
            "period_id": self.january.id,
            "assignment_id": self.assignment.id,
            "kind": "missing",
            "description": "x",
            "date_deadline": "2030-01-01",
        }
        for user in (self.salesperson, self.officer, self.director):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self.disputes.with_user(user).create(values)
                for name, value in (
                    ("state", "upheld"),
                    ("is_overruled", True),
                    ("amount", 1),
                    ("decided_by_id", user.id),
                    ("date_deadline", "2030-01-01"),
                ):
                    with self.assertRaises(UserError):
                        dispute.with_user(user).write({name: value})
        for user in (self.salesperson, self.finance, self.hr_manager):
            with self.subTest(user.login):
                for action in ("action_uphold", "action_refuse", "action_overrule"):
                    with self.assertRaises(UserError):
                        getattr(dispute.with_user(user), action)()
        self.assertEqual(dispute.state, "open")

    def test_defaults_of_the_client_do_not_decide(self):
        self.salesperson.group_ids += self.env.ref("base.group_user")
        self.disputes = self.disputes.with_context(
            default_state="upheld", default_is_overruled=True, default_amount=999
        )
        dispute = self.disputes.with_user(self.salesperson)._open_missing(
            self.assignment, self.january, "S1", "x"
        )
        self.assertRecordValues(
            dispute, [{"state": "open", "is_overruled": False, "amount": 0}]
        )

    def test_other_companies_see_nothing(self):
        self._dispute()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            login="elsewhere",
            groups="sales_efficiency_base.group_sales_director",
            company_id=company.id,
            company_ids=company.ids,
        )
        self.assertFalse(self.disputes.with_user(stranger).search([]))

    def test_a_request_does_not_show_the_lines_of_others(self):
        requests = self.env["sales.incentive.dispute.request"]
        request = requests.with_user(self.colleague).new({"entry": self.entry.id})
        self.assertFalse(request.amount or request.document_name)
