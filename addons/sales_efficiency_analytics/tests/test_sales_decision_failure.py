# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_analytics.engine.child_process import (
    ChildFailed,
    ChildProcess,
)
from odoo.addons.sales_efficiency_analytics.engine.decision import DecisionFigures

from .decision_common import OCTOBER, DecisionCommon


@tagged("post_install", "-at_install")
class TestSalesDecisionFailure(DecisionCommon):
    """What goes wrong as decisions are measured."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_in_regions()

    def _count_queries(self, decision):
        self.env.invalidate_all()
        decision = self.decisions.browse(decision.id).with_user(self.director)
        before = self.env.cr.sql_log_count
        with freeze_time(OCTOBER):
            figures = DecisionFigures(decision)
            figures.get_data()
            figures.get_points()
            figures.get_margin_rate()
        return self.env.cr.sql_log_count - before

    def test_whoever_lost_the_right_measures_nothing(self):
        decision = self._create_decision(
            user=self.leader, team_id=self.team_department.id
        )
        self._submit(decision)
        self.team_department.user_id = self.director
        with freeze_time(OCTOBER):
            self._run_job()
            self.assertIn("teams that they lead", decision.sudo().problem)
            self.assertEqual(decision.sudo().state, "running")
            messages = len(decision.sudo().message_ids)
            self._run_job()
            self.assertEqual(len(decision.sudo().message_ids), messages, "told once")
            decision.sudo().responsible_id = self.director
            self._run_job()
        self.assertEqual(decision.sudo().state, "measured")
        self.assertFalse(decision.sudo().problem)

    def test_a_child_that_fails_says_why_and_saves_nothing(self):
        decision = self._create_decision()
        self._submit(decision)

        def fail(*_args):
            raise ChildFailed("time", "It took too long.")

        with freeze_time(OCTOBER), patch.object(ChildProcess, "run", fail):
            self._run_job()
        self.assertEqual(decision.problem, "It took too long.")
        self.assertFalse(decision.effect_ids)
        self.assertEqual(decision.state, "running")

    @mute_logger("odoo.addons.sales_efficiency_base.tools.each_alone")
    def test_a_bug_stops_only_one_decision(self):
        first, second = self._create_decision(), self._create_decision(compared="CDEFG")
        self._submit(first + second)
        run = ChildProcess.run

        def fail_once(child, method, data, options):
            if len(data["labels"]) == 8:
                raise ZeroDivisionError
            return run(child, method, data, options)

        with freeze_time(OCTOBER), patch.object(ChildProcess, "run", fail_once):
            self._run_job()
        self.assertIn("log of the server", first.problem)
        self.assertEqual(second.state, "measured")

    def test_one_that_somebody_edits_is_measured_later_and_the_others_now(self):
        first, second = self._create_decision(), self._create_decision(compared="CDEFG")
        self._submit(first + second)
        run = ChildProcess.run

        def meet(child, method, data, options):
            if len(data["labels"]) == 8:
                raise SerializationFailure
            return run(child, method, data, options)

        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.job.id)])
        with freeze_time(OCTOBER), patch.object(ChildProcess, "run", meet):
            self._run_job()
        self.assertEqual((first.state, first.problem), ("running", False))
        self.assertEqual(second.state, "measured")
        again = self.env["ir.cron.trigger"].search([("cron_id", "=", self.job.id)])
        self.assertTrue(again - triggers)
        with freeze_time(OCTOBER):
            self._run_job()
        self.assertEqual(first.state, "measured")

    def test_nobody_waits_for_the_answer(self):
        decision = self._create_decision()
        self._submit(decision)
        steps = []
        run = ChildProcess.run

        def answer(child, method, data, options):
            steps.append("answer")
            return run(child, method, data, options)

        with freeze_time(OCTOBER), patch.object(ChildProcess, "run", answer):
            decision.sudo()._follow(lambda *_args, **_kwargs: steps.append("keep"))
        # The list, the start, the measurement, and that it is done
        self.assertEqual(steps, ["keep", "keep", "answer", "keep", "keep"])

    def test_what_was_archived_is_measured_too(self):
        decision = self._create_decision()
        self._submit(decision)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sales_decision SET active = FALSE WHERE id = %s", [decision.id]
        )
        self.env.invalidate_all()
        with freeze_time(OCTOBER):
            self._run_job()
        self.assertEqual(decision.state, "measured")

    def test_the_number_of_queries_does_not_depend_on_scopes_or_months(self):
        few = self._create_decision(compared="C", date_end="2026-07-31")
        many = self._create_decision()
        self._count_queries(few)
        self.assertEqual(self._count_queries(few), self._count_queries(many))
