# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import SQL

from .rating_common import SalesRatingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAppraisalRating(SalesRatingCommon):
    """Ratings while a round runs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.action_start_rating()
        cls.rating = cls._get_ratings("peer")[0]
        cls.mine = cls.rating.with_user(cls.rating.user_id)
        cls.customer = cls._get_ratings("customer")[0]

    # ------------------------------------------------------------------
    # Users
    # ------------------------------------------------------------------

    def test_a_peer_rates_in_the_form(self):
        with Form(self.mine) as form:
            with form.line_ids.edit(0) as line:
                line.mark = "4"
            form.note = "Helps everybody"
        self.mine.action_give()
        self.assertEqual(self.mine.answer_state, "answered")
        self.assertEqual(self.mine.line_ids.mapped("mark"), ["4", False])

    def test_criteria_are_those_of_the_template(self):
        self.assertEqual(self.mine.line_ids.mapped("name"), ["Reliability", "Advice"])

    def test_marks_are_from_1_to_5(self):
        for mark in ("0", "6", 6, "good"):
            with self.subTest(mark), self.assertRaises(ValidationError):
                self.mine.line_ids[0].mark = mark

    def test_nothing_is_given_without_a_mark(self):
        with self.assertRaisesRegex(UserError, "at least one"):
            self.mine.action_give()
        self.assertEqual(self.mine.answer_state, "waiting")

    def test_a_rating_is_changed_until_the_round_closes(self):
        self._give(self.rating, "4", "5")
        self.mine.action_change()
        self._give(self.rating, "2", "5")
        self.assertEqual(self.mine.line_ids.mapped("mark"), ["2", "5"])
        self.cycle.action_calibrate()
        self.assertFalse(self.rating.exists())

    def test_the_next_rating_follows(self):
        waiting = self.env["sales.appraisal.rating"].search(
            [("user_id", "=", self.rating.user_id.id)]
        )
        self._give(self.rating, "4")
        self.assertIn(self.mine._get_next()["res_id"], (waiting - self.rating).ids)
        for rating in waiting - self.rating:
            self._give(rating, "4")
        self.assertFalse(self.mine._get_next()["res_id"])

    def test_users_write_their_marks_and_note_alone(self):
        for values in (
            {"answer_state": "answered"},
            {"user_id": self.outsider.id},
            {"person_name": "Other"},
            {"answer_deadline": "2027-01-01"},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                self.mine.write(values)
        with self.assertRaises(AccessError):
            self.mine.line_ids[0].criterion_id = False

    # ------------------------------------------------------------------
    # Whose it is
    # ------------------------------------------------------------------

    def test_a_rating_is_its_raters_alone(self):
        self._give(self.rating, "1", note="Secret")
        administrator = self.env.ref("base.user_admin")
        everybody = self.env.ref("base.group_user").all_user_ids
        self.assertIn(administrator, everybody)
        others = (
            self.director,
            self.leader,
            self.salesperson,
            self.hr_user,
            self.hr_manager,
            administrator,
            *(self.mates - self.rating.user_id),
        )
        for user in others:
            with self.subTest(user.name):
                self._assert_hidden(user)

    def _assert_hidden(self, user):
        self.env.invalidate_all()
        records = self.rating.with_user(user)
        self.assertFalse(records.search([("id", "in", records.ids)]))
        lines = self.rating.line_ids.with_user(user)
        for record, name in ((records, "note"), (lines, "mark")):
            with self.assertRaises(AccessError):
                record.read([name])
            with self.assertRaises(UserError):
                record.export_data([name])
        groups = records.env["sales.appraisal.rating.line"].formatted_read_group(
            [("id", "in", self.rating.line_ids.ids)], ["mark"], ["__count"]
        )
        self.assertFalse(groups)

    def test_nobody_searches_ratings_through_raters(self):
        """A condition on what hangs on a readable record must not tell either."""
        self._give(self.rating, "1")
        fields = self.env["sales.appraisal.rater"]._fields
        comodels = {field.comodel_name for field in fields.values() if field.relational}
        self.assertNotIn("sales.appraisal.rating", comodels)
        fields = self.env["sales.appraisal"]._fields
        comodels = {field.comodel_name for field in fields.values() if field.relational}
        self.assertNotIn("sales.appraisal.rating", comodels)

    def test_nobody_rates_for_others(self):
        for user in (self.leader, self.hr_manager, self.env.ref("base.user_admin")):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self.rating.with_user(user).action_give()

    def test_only_counts_are_seen_before_the_round_closes(self):
        self._give(self.rating, "1")
        turnout = self.env["sales.appraisal.turnout"].with_user(self.hr_user)
        peers = turnout.search(
            [("appraisal_id", "=", self.appraisal.id), ("kind", "=", "peer")]
        )
        self.assertRecordValues(
            peers, [{"asked": 4, "answered": 1, "needed": 3, "is_enough": False}]
        )
        self.assertFalse(self.env["sales.appraisal.answer"].search([]))
        self.assertFalse(self.appraisal._get_ratings())

    def test_an_answer_leaves_no_trace_on_what_others_read(self):
        """Neither the time nor the user of an answer is on any other record."""
        tables = ("sales_appraisal", "sales_appraisal_cycle", "sales_appraisal_rater")
        self.env.flush_all()
        for table in tables:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET write_date = '2026-01-01', write_uid = NULL",
                    SQL.identifier(table),
                )
            )
        self.env.invalidate_all()
        self._give(self.rating, "1")
        self._answer(self.customer, "5")
        self.env.flush_all()
        for table in tables:
            self.env.cr.execute(
                SQL(
                    "SELECT count(*) FROM %s"
                    " WHERE write_date > '2026-01-01' OR write_uid IS NOT NULL",
                    SQL.identifier(table),
                )
            )
            with self.subTest(table):
                self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_superiors_see_the_counts_of_their_people(self):
        turnout = self.env["sales.appraisal.turnout"].with_user(self.leader)
        seen = turnout.search([]).appraisal_id
        self.assertIn(self.appraisal, seen)
        self.assertNotIn(self._get_appraisal(self.leader), seen)
        self.assertNotIn(self._get_appraisal(self.outsider), seen)

    # ------------------------------------------------------------------
    # To-dos and reminders
    # ------------------------------------------------------------------

    def test_each_user_has_a_to_do_with_the_deadline(self):
        to_do = self.rating.activity_ids
        self.assertEqual(to_do.user_id, self.rating.user_id)
        self.assertEqual(to_do.date_deadline, self.cycle.rating_deadline)
        self.assertFalse(self.customer.activity_ids)

    def test_a_given_rating_leaves_no_to_do(self):
        to_do = self.rating.activity_ids
        self._give(self.rating, "4")
        self.assertFalse(to_do.exists())

    def test_a_moved_deadline_moves_the_to_dos(self):
        self.cycle.with_user(self.hr_user).rating_deadline = "2026-11-05"
        self.assertEqual(self.rating.activity_ids.date_deadline, date(2026, 11, 5))
        self.assertEqual(self.customer.answer_deadline, date(2026, 11, 5))

    def test_a_running_round_has_a_deadline(self):
        self.cycle.with_user(self.hr_user).rating_deadline = False
        self.assertEqual(self.rating.activity_ids.date_deadline, date(2026, 10, 29))

    def _remind(self):
        mails = self.env["mail.mail"]
        before = mails.search([])
        self._run("ir_cron_rating_reminders")
        return mails.search([]) - before

    def test_who_has_not_answered_is_reminded_once(self):
        mate = self.mates[0]
        mate.email, self.colleague.email = "mate@example.com", "done@example.com"
        given = self.env["sales.appraisal.rating"].search(
            [("user_id", "=", self.colleague.id)]
        )
        for rating in given:
            self._give(rating, "3")
        self.assertFalse(self._remind())
        with freeze_time("2026-10-27 12:00:00"):
            mails = self._remind()
            self.assertFalse(self._remind())
        addresses = " ".join(mails.mapped("email_to"))
        self.assertEqual(addresses.count(mate.email), 1)
        self.assertNotIn(self.colleague.email, addresses)
        [body] = mails.filtered(lambda m: mate.email in m.email_to).mapped("body_html")
        self.assertNotIn(self.salesperson.name, body)

    def test_a_reminder_does_not_outlast_the_round(self):
        """It would name somebody who had not answered."""
        self.mates[0].email = "mate@example.com"
        with freeze_time("2026-10-27 12:00:00"):
            mails = self._remind()
        self.assertTrue(mails)
        self.cycle.action_calibrate()
        self.assertFalse(mails.exists())

    # ------------------------------------------------------------------
    # Customers
    # ------------------------------------------------------------------

    def _ask(self):
        mails = self.env["mail.mail"]
        before = mails.search([])
        self._run("ir_cron_rating_mails")
        return mails.search([]) - before

    def test_each_customer_gets_one_mail(self):
        self.assertEqual(len(self._ask()), 3)
        self.assertFalse(self._ask())
        self.assertEqual(self.customer.answer_state, "asked")

    def test_a_customer_answers_once(self):
        self.assertTrue(self._answer(self.customer, "5", "4", note="Thank you"))
        self.assertFalse(self._answer(self.customer, "1", "1"))
        self.assertEqual(self.customer.line_ids.mapped("mark"), ["5", "4"])

    def test_a_customer_rates_from_1_to_5(self):
        for mark in ("0", "6", "x"):
            with (
                self.subTest(mark),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                self._answer(self.customer, mark)
        self.env.invalidate_all()
        self.assertEqual(self.customer.answer_state, "waiting")
        self.assertFalse(any(self.customer.line_ids.mapped("mark")))

    def test_a_customer_rates_only_what_is_asked(self):
        foreign = self.rating.line_ids[0]
        with self.assertRaises(UserError):
            self.customer._answer({f"mark_{foreign.id}": "1"})
        self.assertFalse(foreign.mark)

    def test_nobody_rates_after_the_deadline(self):
        with freeze_time("2026-10-30 12:00:00"):
            self.assertFalse(self._answer(self.customer, "5"))

    def test_a_customer_merged_after_rating_counts(self):
        for rating, mark in zip(self._get_ratings("customer"), "543", strict=True):
            self._answer(rating, mark, mark)
        self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": self.buyers[:2].ids,
                "dst_partner_id": self.buyers[1].id,
            }
        ).action_merge()
        self.env.invalidate_all()
        names = self._get_raters("customer").mapped("name")
        self.assertEqual(len(names), 3)
        self.cycle.action_calibrate()
        marks = self.appraisal._get_ratings()[self.appraisal.id]["customer"]
        self.assertEqual(list(marks.values()), [[3, 4, 5]] * 2)

    def test_the_answer_of_who_left_counts(self):
        for rating in self._get_ratings("peer")[:3]:
            self._give(rating, "4")
        self.rating.user_id.active = False
        self.cycle.action_calibrate()
        marks = self.appraisal._get_ratings()[self.appraisal.id]["peer"]
        self.assertEqual(list(marks.values()), [[4, 4, 4]])
