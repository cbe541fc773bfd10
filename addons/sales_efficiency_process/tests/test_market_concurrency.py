# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)

from ..engine.market import LeadScoring
from ..models.crm_lead_score import CRON

VALUES = {"date_from": "2036-01-01", "date_to": "2036-12-31", "amount": 7}


@tagged("post_install", "-at_install")
class TestMarketConcurrency(ConcurrencyCommon):
    """Two people enter the same market, and two jobs score the same leads."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            region = env["sales.region"].create({"name": "Market Concurrency"})
            leads = env["crm.lead"].create(
                [{"name": "Market Concurrency"} for _number in range(2)]
            )
            cr.commit()
            self.region_id, self.lead_ids = region.id, leads.ids
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            domain = [("region_id", "=", self.region_id)]
            env["sales.market.size"].search(domain).unlink()
            env["crm.lead"].browse(self.lead_ids).unlink()
            env["sales.mart"]._refresh()
            env["sales.region"].browse(self.region_id).unlink()
            cr.commit()

    def _enter(self, env):
        env["sales.market.size"].create({**VALUES, "region_id": self.region_id})
        env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_two_sizes_of_one_market_at_once(self):
        outcome = []

        def enter(env):
            """Odoo repeats the request of whoever has waited."""
            for _attempt in range(2):
                try:
                    self._enter(env)
                except OperationalError:
                    outcome.append("waited")
                    env.cr.rollback()
                except ValidationError:
                    outcome.append("refused")
                    env.cr.rollback()
                    return

        with self._connect() as cr:
            self._enter(api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True}))
            self._run_beside(cr, enter)
        self.assertEqual(outcome, ["waited", "refused"])
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            domain = [("region_id", "=", self.region_id)]
            self.assertEqual(env["sales.market.size"].search_count(domain), 1)

    def test_a_second_job_leaves_out_leads_that_are_scored_now(self):
        with self._connect() as cr, self._connect() as other:
            first = LeadScoring(api.Environment(cr, SUPERUSER_ID, {}))
            found = first.find_due(100_000)
            self.assertLessEqual(set(self.lead_ids), set(found))
            second = LeadScoring(api.Environment(other, SUPERUSER_ID, {}))
            self.assertTrue(set(second.find_due(100_000)).isdisjoint(found))
            cr.rollback()
            other.rollback()

    def test_nobody_waits_until_scores_are_forgotten(self):
        with self._connect() as cr:
            LeadScoring(api.Environment(cr, SUPERUSER_ID, {})).score(self.lead_ids)
            cr.commit()
        saved, other = self.lead_ids
        with self._connect() as saving, self._connect() as cr:
            saving.execute("UPDATE crm_lead SET name = 'A' WHERE id = %s", [saved])
            LeadScoring(api.Environment(cr, SUPERUSER_ID, {})).forget(self.lead_ids)
            cr.execute(
                "SELECT id FROM crm_lead"
                " WHERE id = ANY(%s) AND sales_scored_of IS NULL",
                [self.lead_ids],
            )
            self.assertEqual(cr.fetchall(), [(other,)])
            cr.rollback()
            saving.rollback()

    def test_scores_are_not_forgotten_while_leads_are_being_scored(self):
        with self._connect() as cr:
            LeadScoring(api.Environment(cr, SUPERUSER_ID, {})).score(self.lead_ids)
            cr.commit()
        job = self.env.ref(CRON)
        with self._connect() as running, self._connect() as cr:
            running.execute(
                "SELECT id FROM ir_cron WHERE id = %s FOR NO KEY UPDATE", [job.id]
            )
            api.Environment(cr, SUPERUSER_ID, {})["crm.lead"]._cron_score_again()
            cr.execute(
                "SELECT COUNT(*) FROM crm_lead"
                " WHERE id = ANY(%s) AND sales_scored_of IS NOT NULL",
                [self.lead_ids],
            )
            self.assertEqual(cr.fetchone(), (2,))
            cr.rollback()
            running.rollback()

    def test_a_killed_job_goes_on_where_it_was(self):
        self._run_killed(
            "from odoo.addons.sales_efficiency_process.engine import market\n"
            f"market.LeadScoring(env).score({self.lead_ids})\n"
            "die()\n"
        )
        with self._connect() as cr:
            scoring = LeadScoring(api.Environment(cr, SUPERUSER_ID, {}))
            self.assertLessEqual(set(self.lead_ids), set(scoring.find_due(100_000)))
            scoring.score(self.lead_ids)
            cr.commit()
            self.assertTrue(set(self.lead_ids).isdisjoint(scoring.find_due(100_000)))
            cr.rollback()
