# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..engine import training_effect
from .training_common import SalesTrainingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestTrainingEffect(SalesTrainingCommon):
    """Sales of 100,000 a month are asked of everybody; a training on 15 April."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.course.metric_id = cls.ordered

    @classmethod
    def _sell_in_months(cls, **percents):
        """Set targets, and sell a share of them from January to March and from May to
        July.

        :param percents: name of the user → percent before, percent after
        """
        sales = []
        for name, months in percents.items():
            user = getattr(cls, name)
            target = cls._create_target(
                parent_id=cls.root.id, user_id=user.id, amount=1_200_000
            )
            target.month_ids.amount = 100_000
            for percent, numbers in zip(months, ((1, 2, 3), (5, 6, 7)), strict=True):
                sales += [
                    (
                        date(2026, number, 10),
                        percent * 1000,
                        {"user_id": user.id, "team_id": cls.team_field.id},
                    )
                    for number in numbers
                ]
        cls._start()
        cls._create_history(*sales)
        cls._refresh()

    def _get_effect(self, session):
        session.invalidate_recordset()
        names = (
            "effect_trained_before",
            "effect_trained_after",
            "effect_others_before",
            "effect_others_after",
            "effect_difference",
        )
        return [round(session[name], 6) for name in names]

    def test_examples_of_the_engine_hold(self):
        self.assertFalse(doctest.testmod(training_effect).failed)

    def test_those_trained_are_compared_with_the_same_jobs_untrained(self):
        self._sell_in_months(salesperson=(82, 91), colleague=(88, 90))
        session = self._hold("2026-04-15", self.employee)
        self.assertEqual(self._get_effect(session), [82, 91, 88, 90, 7])
        self.assertEqual(session.effect_trained_count, 1)
        self.assertEqual(session.effect_others_count, 1)
        self.assertEqual(
            session.effect_months, "Jan 2026 – Mar 2026 against May 2026 – Jul 2026"
        )

    def test_a_participant_who_left_counts_until_then(self):
        self._sell_in_months(
            salesperson=(82, 91), outsider=(82, 91), colleague=(88, 90)
        )
        session = self._hold("2026-04-15", self.employee + self.outside)
        # Nothing was sold after she left in June.
        self.env["sales.history.line"].search(
            [("user_id", "=", self.outsider.id), ("date", ">", "2026-06-01")]
        ).unlink()
        self.env["sales.mart"]._refresh()
        self._refresh()
        self.assertLess(self._get_effect(session)[1], 91)
        self.outside.departure_date = "2026-06-10"
        self.outside.action_archive()
        self.outsider.active = False
        self.assertEqual(self._get_effect(session), [82, 91, 88, 90, 7])
        self.assertEqual(session.effect_trained_count, 2)

    def test_others_are_those_of_the_same_job_on_that_day(self):
        self._sell_in_months(
            salesperson=(82, 91), colleague=(88, 90), outsider=(50, 50)
        )
        assistant = self.env["hr.job"].create({"name": "Test Assistant"})
        self.outside.create_version({"date_version": "2026-03-01"}).job_id = assistant
        self.outside.create_version({"date_version": "2026-09-01"}).job_id = self.job
        session = self._hold("2026-04-15", self.employee)
        self.assertEqual(self._get_effect(session), [82, 91, 88, 90, 7])

    def test_who_was_trained_in_another_session_is_not_among_the_others(self):
        self._sell_in_months(
            salesperson=(82, 91), colleague=(88, 90), outsider=(50, 99)
        )
        session = self._hold("2026-04-15", self.employee)
        self._hold("2026-06-15", self.outside)
        self.assertEqual(self._get_effect(session), [82, 91, 88, 90, 7])

    def test_who_did_not_come_counts_among_the_others(self):
        self._sell_in_months(salesperson=(82, 91), colleague=(88, 90))
        session = self._create_session("2026-04-15")
        rows = self._enter(session, self.employee + self.peer)
        rows[0].action_attend()
        rows[1].action_be_absent()
        session.action_record_results()
        self.assertEqual(self._get_effect(session), [82, 91, 88, 90, 7])

    def test_without_both_sides_nothing_is_compared(self):
        self._sell_in_months(salesperson=(82, 91))
        alone = self._hold("2026-04-15", self.employee)
        self.assertFalse(alone.effect_months)
        self.assertFalse(alone.effect_difference)
        recent = self._hold("2026-10-10", self.peer)
        self.assertFalse(recent.effect_months)

    def test_the_effect_is_for_hr_and_directors(self):
        session = self._hold("2026-04-15", self.employee)
        for user in (self.salesperson, self.leader):
            with self.subTest(user.name), self.assertRaises(AccessError):
                session.with_user(user).read(["effect_difference"])
        session.with_user(self.director).read(["effect_difference"])

    def test_the_effects_of_many_sessions_take_as_many_queries_as_one(self):
        self._sell_in_months(
            salesperson=(82, 91), colleague=(88, 90), outsider=(80, 80)
        )
        first = self._hold("2026-04-15", self.employee)
        second = self._hold("2026-05-15", self.outside)
        third = self._hold("2026-03-15", self.peer + self.superior)

        def count(sessions):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            sessions.mapped("effect_difference")
            return self.env.cr.sql_log_count - before

        count(first)  # fills the caches of the registry
        one = count(first)
        with self.assertQueryCount(one):
            self.env.invalidate_all()
            (first + second + third).mapped("effect_difference")
