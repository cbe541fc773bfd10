# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import attempt, each_alone, take_free
from .common import SalesEfficiencyCommon
from .concurrency_common import ConcurrencyCommon

LOGGER = "odoo.addons.sales_efficiency_base.tools.each_alone"
NAME = "Each Alone"
# Killed as the second of three is being done
KILLED = """
from odoo.addons.sales_efficiency_base.tools import each_alone
regions = env["sales.region"].browse({ids})
def rename(region):
    region.name = "Done"
    if region == regions[1]:
        die()
each_alone(env, regions, rename)
"""


@tagged("post_install", "-at_install")
class TestEachAlone(SalesEfficiencyCommon):
    """A job does its records one by one: one that fails keeps no other waiting."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regions = cls.env["sales.region"].create(
            [{"name": f"Region {letter}"} for letter in "ABC"]
        )

    @contextmanager
    def _as_job(self):
        """Give the regions an environment that can be committed and rolled back."""
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            yield self.regions.with_env(self.env(cr=cr))

    def _rename(self, failures=(), **options):
        """Have the job rename regions.

        :param failures: what is raised for the second region, in turn
        :return: whether the job came to its end
        """
        failures = list(failures)

        def rename(region):
            region.name = region.name.lower()
            if region.id == self.regions[1].id and failures:
                region.flush_recordset()
                raise failures.pop()

        with self._as_job() as regions:
            return each_alone(regions.env, regions, rename, **options)

    def _get_names(self):
        return self.regions.mapped("name")

    def test_all_are_done(self):
        self.assertTrue(self._rename())
        self.assertEqual(self._get_names(), ["region a", "region b", "region c"])

    def test_one_that_fails_is_logged_and_left_as_it_was(self):
        with self.assertLogs(LOGGER, "ERROR") as logs:
            self.assertTrue(self._rename([KeyError("gone")]))
        self.assertIn(str(self.regions[1].id), logs.output[0])
        self.assertIn("KeyError", logs.output[0])
        self.assertEqual(self._get_names(), ["region a", "Region B", "region c"])

    def test_one_that_is_refused_is_a_warning(self):
        with self.assertLogs(LOGGER, "WARNING") as logs:
            self._rename([UserError("It is closed.")])
        self.assertNotIn("Traceback", logs.output[0])
        self.assertIn("It is closed.", logs.output[0])
        self.assertEqual(self._get_names(), ["region a", "Region B", "region c"])

    def test_what_meets_another_transaction_is_begun_again(self):
        self._rename([SerializationFailure(), SerializationFailure()], tries=3)
        self.assertEqual(self._get_names(), ["region a", "region b", "region c"])

    def test_what_meets_others_too_often_is_left_for_later(self):
        later = []
        self._rename(
            [SerializationFailure(), SerializationFailure()],
            tries=2,
            later=lambda region: later.append(region.id),
        )
        self.assertEqual(self._get_names(), ["region a", "Region B", "region c"])
        self.assertEqual(later, [self.regions[1].id])

    def test_it_stops_when_its_time_is_over(self):
        kept = []

        def commit(*done, remaining=None):
            kept.append(done or remaining)
            return len(kept) < 4

        self.assertFalse(self._rename(commit=commit))
        # Three remain; each step is kept, then counted.
        self.assertEqual(kept[:3], [3, None, (1,)])
        self.assertEqual(len(kept), 5)

    def test_each_step_is_kept_before_the_next(self):
        steps = []

        def begin(region):
            steps.append(("begin", region.id))
            region.name = "Begun"

        def finish(region):
            steps.append(("finish", region.id))
            raise ValueError

        with self._as_job() as regions, mute_logger(LOGGER):
            each_alone(regions.env, regions[:1], begin, finish)
        self.assertEqual(self.regions[0].name, "Begun")
        self.assertEqual([step for step, _id in steps], ["begin", "finish"])

    def test_a_step_that_returns_false_is_the_last_one(self):
        done = []
        with self._as_job() as regions:
            each_alone(regions.env, regions, lambda _region: False, done.append)
        self.assertFalse(done)

    def test_what_another_worker_is_at_is_left_to_it(self):
        done = []
        with self._as_job() as regions:
            each_alone(
                regions.env,
                regions,
                lambda region: done.append(region.id),
                take=lambda region: region.id != self.regions[1].id,
            )
        self.assertEqual(done, [self.regions[0].id, self.regions[2].id])

    def test_a_record_that_has_gone_is_not_taken(self):
        region = self.env["sales.region"].create({"name": "Gone"})
        region.unlink()
        self.assertFalse(take_free(region))
        self.assertTrue(take_free(self.regions[0]))

    # What cannot be done

    def _attempt(self, error, told=()):
        def work():
            self.regions.name = "Changed"
            raise error

        return attempt(self.env, work, told)

    def test_an_attempt_that_fails_changes_nothing_and_says_why(self):
        self.assertEqual(self._attempt(UserError("Closed")), "Closed")
        self.assertEqual(self._attempt(KeyError("a"), [KeyError]), "'a'")
        with self.assertLogs(LOGGER, "ERROR"):
            self.assertIn("log of the server", self._attempt(ValueError("a")))
        self.assertEqual(self._get_names(), ["Region A", "Region B", "Region C"])

    def test_an_attempt_that_meets_another_transaction_is_not_explained(self):
        with self.assertRaises(SerializationFailure):
            self._attempt(SerializationFailure())

    def test_an_attempt_that_succeeds_has_no_reason(self):
        self.assertIsNone(attempt(self.env, lambda: "done"))


@tagged("post_install", "-at_install")
class TestEachAloneConcurrency(ConcurrencyCommon):
    """The same with other workers, and killed half way."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            regions = self._get_env(cr)["sales.region"].create(
                [{"name": f"{NAME} {number}"} for number in range(3)]
            )
            self.ids = regions.ids

    def _get_env(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {})

    def _forget(self):
        with self._connect() as cr:
            self._get_env(cr)["sales.region"].browse(self.ids).unlink()

    def _get_done(self):
        with self._connect() as cr:
            regions = self._get_env(cr)["sales.region"].browse(self.ids)
            return [name == "Done" for name in regions.mapped("name")]

    def test_a_killed_job_keeps_what_is_done(self):
        self._run_killed(KILLED.format(ids=self.ids))
        self.assertEqual(self._get_done(), [True, False, False])

    def test_an_edit_at_the_same_time_is_seen_the_second_time(self):
        seen = []

        def rename(region):
            seen.append(region.name)
            if len(seen) == 1:
                with self._connect() as cr:
                    self._get_env(cr)["sales.region"].browse(region.id).name = "Edited"
            region.name = "Done"

        with self._connect() as cr, mute_logger("odoo.sql_db"):
            env = self._get_env(cr)
            each_alone(env, env["sales.region"].browse(self.ids), rename, tries=2)
        self.assertEqual(seen, [f"{NAME} 0", "Edited", f"{NAME} 1", f"{NAME} 2"])
        self.assertEqual(self._get_done(), [True, True, True])
