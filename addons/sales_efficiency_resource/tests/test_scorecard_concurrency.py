# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)

# Killed as all is scored, and the responsible person has been told
KILLED = """
runs = type(env["sales.scorecard.run"])
ask = runs._ask_to_check
def ask_and_die(self):
    ask(self)
    die()
runs._ask_to_check = ask_and_die
env["sales.scorecard"].browse({id})._score_by_itself()
"""


@tagged("post_install", "-at_install")
class TestScorecardConcurrency(ConcurrencyCommon):
    """Two who score at once, a cron twice, a kill in the middle: one result."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            metric = env.ref("sales_efficiency_base.sales_metric_ordered_amount")
            channel = env["sales.channel"].create({"name": "concurrency test"})
            scorecard = env["sales.scorecard"].create(
                {
                    "name": "concurrency test",
                    "subject": "channel",
                    "channel_ids": [Command.set(channel.ids)],
                    "criterion_ids": [
                        Command.create(
                            {
                                "metric_id": metric.id,
                                "weight": 100,
                                "floor": 0,
                                "goal": 100,
                            }
                        )
                    ],
                }
            )
            self.channel_id, self.scorecard_id = channel.id, scorecard.id
            cr.commit()

    def _forget(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            runs = env["sales.scorecard.run"].search(
                [("scorecard_id", "=", self.scorecard_id)]
            )
            runs.activity_ids.unlink()
            runs.state = "draft"
            runs.unlink()
            env["sales.scorecard"].browse(self.scorecard_id).unlink()
            env["sales.channel"].browse(self.channel_id).unlink()
            cr.commit()

    def _count(self):
        with self._connect() as cr:
            cr.execute(
                "SELECT COUNT(DISTINCT run.id), COUNT(result.id),"
                " COUNT(DISTINCT activity.id)"
                " FROM sales_scorecard_run run"
                " LEFT JOIN sales_scorecard_result result ON result.run_id = run.id"
                " LEFT JOIN mail_activity activity ON activity.res_id = run.id"
                " AND activity.res_model = 'sales.scorecard.run'"
                " WHERE run.scorecard_id = %s",
                [self.scorecard_id],
            )
            return cr.fetchone()

    def _score_beside(self, step):
        """Score twice at once."""
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            getattr(env["sales.scorecard"].browse(self.scorecard_id), step)()
            env.flush_all()

            def score(other):
                scorecard = other["sales.scorecard"].browse(self.scorecard_id)
                try:
                    with mute_logger("odoo.sql_db"):
                        getattr(scorecard, step)()
                except SerializationFailure:
                    # Odoo repeats a request, or a job, that came second.
                    other.cr.rollback()
                    other.invalidate_all()
                    getattr(scorecard, step)()

            self._run_beside(cr, score)

    def test_two_directors_at_once_have_one_run(self):
        self._score_beside("action_score")
        self.assertEqual(self._count(), (1, 1, 0))

    def test_two_jobs_at_once_have_one_run_and_one_to_do(self):
        self._score_beside("_score_by_itself")
        self.assertEqual(self._count(), (1, 1, 1))

    def test_killed_in_the_middle_nothing_is_half_done(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.scorecard"].browse(self.scorecard_id)._score_by_itself()
            env.flush_all()
            cr.rollback()  # as PostgreSQL does when the process is gone
        self._assert_done_once()

    def test_a_process_that_is_killed_leaves_it_to_the_next(self):
        self._run_killed(KILLED.format(id=self.scorecard_id))
        self._assert_done_once()

    def _assert_done_once(self):
        self.assertEqual(self._count(), (0, 0, 0))
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            for _time in range(2):
                env["sales.scorecard"].browse(self.scorecard_id)._score_by_itself()
            cr.commit()
        self.assertEqual(self._count(), (1, 1, 1))
