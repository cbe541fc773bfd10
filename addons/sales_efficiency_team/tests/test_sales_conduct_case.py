# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import NotNullViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .conduct_common import TODAY, ConductCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSalesConductCase(ConductCommon):
    """Reported, heard, decided, approved, appealed, lapsed."""

    def _points(self, first=date(2026, 10, 1), last=date(2026, 12, 31), users=None):
        users = users or self.salesperson + self.colleague
        return self.env["sales.conduct.case"]._get_points(users, first, last)

    # ------------------------------------------------------------------
    # Report
    # ------------------------------------------------------------------

    def test_a_report_is_made_in_the_form_and_opens_a_case(self):
        form = Form(self.env["sales.conduct.report"].with_user(self.colleague))
        form.user_id = self.salesperson
        form.rule_id = self.lies
        form.date = date(2026, 10, 1)
        form.description = "Said that it was in stock."
        form.proof = "Mail of 1 October"
        report = form.save()
        self.assertEqual(report.state, "draft")
        report.action_send()
        self.assertEqual(report.state, "received")
        case = report.sudo().case_id
        self.assertRecordValues(
            case,
            [
                {
                    "user_id": self.salesperson.id,
                    "rule_id": self.lies.id,
                    "points": 0,
                    "draft_points": 20,
                    "state": "reported",
                    "create_uid": self.env.ref("base.user_root").id,
                }
            ],
        )
        self.assertEqual(self._get_to_dos(self.leader).res_id, case.id)

    def test_documents_are_given_to_the_case_without_their_author(self):
        document = (
            self.env["ir.attachment"]
            .with_user(self.colleague)
            .create({"name": "mail.txt", "raw": b"in stock"})
        )
        report = self._report(attachment_ids=[Command.set(document.ids)])
        report.action_send()
        case = report.sudo().case_id
        self._hear(case)
        copied = case.with_user(self.salesperson).attachment_ids
        self.assertEqual(copied.raw, b"in stock")
        self.assertNotEqual(copied, document)
        self.assertNotIn(self.colleague, copied.sudo().create_uid)
        with self.assertRaises(AccessError):
            document.with_user(self.salesperson).read(["raw"])

    def test_senseless_reports_are_refused(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.colleague.company_ids += other
        rules = self._create_rules()
        rules.company_id = other
        rules.action_publish()
        elsewhere = rules.rule_ids[0]
        for values in (
            {"user": self.colleague},
            {"user": self.hr_user},
            {"date": date(2026, 10, 16)},
            {"rule": elsewhere},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._report(**values)

    def test_a_report_needs_proof(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(NotNullViolation):
            self._report(proof=False)

    def test_a_sent_report_does_not_change(self):
        report = self._report()
        report.action_send()
        for change in (
            lambda: report.write({"description": "Otherwise"}),
            report.unlink,
            report.action_send,
        ):
            with self.assertRaises(UserError):
                change()

    def test_only_the_author_sends_a_report(self):
        with self.assertRaises(AccessError):
            self._report().with_user(self.outsider).action_send()

    def test_rules_that_changed_meanwhile_are_chosen_again(self):
        report = self._report()
        self.rules.copy().with_user(self.director).action_publish()
        with self.assertRaisesRegex(UserError, "Choose the rule again"):
            report.action_send()

    def test_the_only_superior_does_not_report(self):
        report = self._report(user=self.leader, reporter=self.director)
        with self.assertRaisesRegex(UserError, "Ask HR"):
            report.action_send()
        # Nobody is above the director: HR decides.
        above = self._open_case(user=self.director, reporter=self.hr_user)
        self.assertEqual(self._get_to_dos(self.hr_manager).res_id, above.id)
        by_hr = self._report(user=self.leader, reporter=self.hr_user)
        by_hr.action_send()
        self.assertTrue(self._get_to_dos(self.director))

    # ------------------------------------------------------------------
    # Hearing and decision
    # ------------------------------------------------------------------

    def test_a_case_goes_its_way(self):
        case = self._open_case()
        case.with_user(self.leader).action_hear()
        self.assertEqual(case.hearing_deadline, self._days(7))
        self.assertEqual(
            self._get_to_dos(self.salesperson).date_deadline, self._days(7)
        )
        self._say(case, "It was in stock.")
        self.assertEqual(case.statement, "It was in stock.")
        self.assertFalse(self._get_to_dos(self.salesperson))
        self.assertTrue(self._get_to_dos(self.leader))
        form = Form(case.with_user(self.leader))
        form.draft_decision = "upheld"
        form.draft_reason = "It was not."
        form.draft_points = 15
        form.save().action_submit()
        self.assertEqual(case.state, "proposed")
        self.assertFalse(self._points())
        self._approve(case)
        self.assertRecordValues(
            case,
            [
                {
                    "state": "in_force",
                    "decided_by_id": self.leader.id,
                    "points": 15,
                    "date_effective": date(2026, 10, 15),
                    "date_lapse": date(2027, 10, 15),
                    "hold_until": date(2027, 1, 15),
                    "appeal_deadline": self._days(14),
                }
            ],
        )
        self.assertEqual(self._points(), {self.salesperson.id: 15})
        self.assertTrue(self._get_to_dos(self.salesperson))

    def test_nobody_is_judged_before_the_hearing_is_over(self):
        case = self._open_case()
        leader = case.with_user(self.leader)
        leader.action_hear()
        self._enter(leader)
        with self.assertRaisesRegex(UserError, "can be heard until"):
            leader.action_submit()
        with freeze_time("2026-10-23 12:00:00"):
            leader.action_submit()
        self.assertEqual(case.state, "proposed")

    def test_a_statement_comes_in_time_and_from_the_person(self):
        case = self._open_case()
        case.with_user(self.leader).action_hear()
        statements = self.env["sales.conduct.statement"]
        values = {"case_id": case.id, "text": "No"}
        with self.assertRaisesRegex(UserError, "for themselves"):
            statements.with_user(self.leader).create(values).action_send()
        with self.assertRaises(AccessError):
            statements.with_user(self.colleague).create(values)
        late = statements.with_user(self.salesperson).create(values)
        with (
            freeze_time("2026-10-23 12:00:00"),
            self.assertRaisesRegex(UserError, "could be heard until"),
        ):
            late.action_send()

    def test_who_has_reported_does_not_decide(self):
        case = self._open_case(reporter=self.leader)
        self.assertFalse(self._get_to_dos(self.leader))
        self.assertTrue(self._get_to_dos(self.director))
        with self.assertRaises(AccessError):
            case.with_user(self.leader).action_hear()
        case.with_user(self.director).action_hear()
        self.assertEqual(case.state, "hearing")

    def test_only_a_superior_decides(self):
        case = self._open_case()
        for user in (self.colleague, self.outsider, self.hr_user, self.salesperson):
            with self.subTest(user.login), self.assertRaises(AccessError):
                case.with_user(user).action_hear()
        with self.assertRaisesRegex(UserError, "Only a superior"):
            case.with_user(self.hr_manager).action_hear()

    def test_a_decision_needs_a_reason(self):
        case = self._hear(self._open_case())
        leader = case.with_user(self.leader)
        leader.draft_decision = "upheld"
        with self.assertRaisesRegex(UserError, "say why"):
            leader.action_submit()

    def test_no_more_points_than_the_rule(self):
        case = self._hear(self._open_case(rule=self.gifts))
        for points in (6, -1):
            with self.assertRaisesRegex(UserError, "at most 5"):
                case.with_user(self.leader).draft_points = points

    def test_what_is_decided_changes_only_by_actions(self):
        case = self._convict()
        leader = case.with_user(self.leader)
        with self.assertRaises(UserError):
            leader.draft_points = 0
        for values in (
            {"points": 0},
            {"decision": "dismissed"},
            {"state": "dismissed"},
            {"date_effective": date(2020, 1, 1)},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                leader.write(values)
        with self.assertRaises(AccessError):
            case.with_user(self.director).unlink()

    def test_nobody_approves_their_own_decision(self):
        case = self._hear(self._open_case(), judge=self.director)
        judged = case.with_user(self.director)
        self._enter(judged)
        # The director would be asked too, as the rule is grave.
        with self.assertRaisesRegex(UserError, "Nobody can approve"):
            judged.action_submit()

    def test_hr_approves_and_the_director_if_it_is_grave(self):
        minor = self._hear(self._open_case(rule=self.gifts))
        self._submit(minor)
        self.assertEqual(minor.review_ids.reviewer_ids, self.hr_manager)
        grave = self._hear(self._open_case())
        self._submit(grave)
        self.assertEqual(grave.review_ids.reviewer_ids, self.hr_manager + self.director)

    def test_without_approval_rules_a_director_approves(self):
        self.env["tier.definition"].search(
            [("model", "=", "sales.conduct.case")]
        ).active = False
        case = self._hear(self._open_case())
        leader = self._submit(case)
        with self.assertRaises(UserError):
            leader.action_approve()
        case.with_user(self.director).action_approve()
        self.assertEqual(case.state, "in_force")

    def test_what_is_not_approved_is_decided_again(self):
        case = self._hear(self._open_case())
        self._submit(case)
        self.env.invalidate_all()
        case.with_user(self.hr_manager)._rejected_tier()
        self.env.invalidate_all()
        self.assertEqual(case.state, "hearing")
        self.assertIn("not approved", self._get_to_dos(self.leader).summary)
        self._decide(case, decision="dismissed")
        self.assertEqual(case.state, "dismissed")
        self.assertFalse(self._points())

    # ------------------------------------------------------------------
    # Points
    # ------------------------------------------------------------------

    def test_points_count_in_the_period_in_which_they_come_into_force(self):
        self._convict(date=date(2026, 9, 1))
        last = self._points(date(2026, 7, 1), date(2026, 9, 30))
        self.assertEqual(last, {})
        self.assertEqual(self._points(), {self.salesperson.id: 20})
        first = self._points(date(2027, 1, 1), date(2027, 3, 31))
        self.assertEqual(first, {})

    def test_points_of_several_cases_add_up(self):
        self._convict()
        self._convict(rule=self.gifts)
        self._convict(user=self.colleague, reporter=self.hr_user, rule=self.gifts)
        self.assertEqual(
            self._points(), {self.salesperson.id: 25, self.colleague.id: 5}
        )

    def test_lapsed_cases_take_off_nothing(self):
        draft = self.rules.copy()
        draft.rule_ids.lapse_months = 1
        draft.with_user(self.director).action_publish()
        case = self._convict(rule=draft.rule_ids[0])
        self.assertEqual(self._points(), {self.salesperson.id: 5})
        with freeze_time("2026-11-15 12:00:00"):
            self.env["sales.conduct.case"]._cron_follow()
            self.assertEqual(case.state, "lapsed")
            self.assertEqual(self._points(), {})
            # October was over before.
            october = self._points(date(2026, 10, 1), date(2026, 10, 31))
            self.assertEqual(october, {self.salesperson.id: 5})

    def test_points_are_those_of_the_company(self):
        self._convict()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        cases = self.env["sales.conduct.case"].with_company(other)
        points = cases._get_points(
            self.salesperson, date(2026, 10, 1), date(2026, 12, 31)
        )
        self.assertEqual(points, {})

    def test_points_of_many_take_one_query(self):
        self._convict()
        users = self.salesperson + self.colleague + self.leader + self.outsider
        self.env.invalidate_all()
        self.company.fetch(["sales_tz"])
        with self.assertQueryCount(1):
            self._points(users=users)

    # ------------------------------------------------------------------
    # Appeal
    # ------------------------------------------------------------------

    def _appeal(self, case, decision, judge=None, **values):
        self._say(case, "It is wrong.")
        judged = case.with_user(judge or self.director)
        judged.write(
            {"draft_appeal_decision": decision, "draft_appeal_answer": "So", **values}
        )
        judged.action_decide_appeal()
        self.env.invalidate_all()

    def test_an_appeal_can_lift_the_decision(self):
        case = self._convict()
        self._appeal(case, "lifted")
        self.assertEqual((case.state, case.points), ("dismissed", 0))
        self.assertFalse(case.hold_until)
        self.assertFalse(self._points())

    def test_an_appeal_can_reduce_the_points(self):
        case = self._convict()
        self._appeal(case, "reduced", draft_appeal_points=4)
        self.assertEqual(case.state, "in_force")
        self.assertEqual(self._points(), {self.salesperson.id: 4})
        self.assertEqual(case.date_effective, date(2026, 10, 15))

    def test_an_appeal_does_not_stop_the_decision(self):
        case = self._convict()
        self._say(case, "It is wrong.")
        self.assertEqual(case.state, "appealed")
        self.assertEqual(self._points(), {self.salesperson.id: 20})

    def test_there_is_one_appeal(self):
        case = self._convict()
        self._appeal(case, "kept")
        with self.assertRaisesRegex(UserError, "one appeal"):
            self._say(case, "Again")

    def test_an_appeal_is_made_in_time(self):
        case = self._convict()
        with (
            freeze_time("2026-10-30 12:00:00"),
            self.assertRaisesRegex(UserError, "until 2026-10-29"),
        ):
            self._say(case, "Late")

    def test_who_has_decided_does_not_decide_on_the_appeal(self):
        case = self._convict()
        self._say(case, "It is wrong.")
        self.assertTrue(self._get_to_dos(self.director))
        with self.assertRaisesRegex(UserError, "does not decide on its appeal"):
            case.with_user(self.leader).draft_appeal_decision = "kept"
        with self.assertRaisesRegex(UserError, "does not decide on its appeal"):
            case.with_user(self.leader).action_decide_appeal()

    def test_an_appeal_takes_off_no_more_points(self):
        case = self._convict()
        self._say(case, "It is wrong.")
        with self.assertRaisesRegex(UserError, "than the decision: 20"):
            case.with_user(self.director).draft_appeal_points = 21

    # ------------------------------------------------------------------
    # Jobs
    # ------------------------------------------------------------------

    def test_the_superior_is_reminded_of_a_hearing_that_is_over(self):
        case = self._open_case()
        case.with_user(self.leader).action_hear()
        self.assertFalse(self._get_to_dos(self.leader))
        with freeze_time("2026-10-23 12:00:00"):
            for _run in range(2):
                self.env["sales.conduct.case"]._cron_follow()
            self.assertEqual(len(self._get_to_dos(self.leader)), 1)
