# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..engine.market import LeadScoring
from ..models import crm_lead_score
from .market_common import NOON, LeadScoringCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestLeadScoringJob(LeadScoringCommon):
    """When leads are scored, and what it costs (policy 3.1.2)."""

    def test_the_job_scores_what_has_changed(self):
        scoring = LeadScoring(self.env)
        self.env.flush_all()
        scoring.score(scoring.find_due(100_000))
        lead = self._lead(email_from="a@b.c")
        self.env.flush_all()
        self.assertEqual(scoring.find_due(10), lead.ids)
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_process.ir_cron_lead_scores"
            ).method_direct_trigger()
        lead.invalidate_recordset()
        self.assertEqual(lead.sales_points, 25)
        self.assertFalse(scoring.find_due(10))
        # As another transaction does; a test has only one.
        self.env.cr.execute(
            "UPDATE crm_lead SET write_date = write_date + INTERVAL '1 second'"
            " WHERE id = %s",
            [lead.id],
        )
        self.assertEqual(scoring.find_due(10), lead.ids)

    def _count_wakings(self, name):
        """How often a job was asked to run at the end of the transaction"""
        self.env.cr.precommit.run()
        cron = self.env.ref(f"sales_efficiency_process.{name}")
        return self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])

    def test_a_change_wakes_the_job_once_a_stage_does_not(self):
        lead = self._lead()
        before = self._count_wakings("ir_cron_lead_scores")
        lead.stage_id = self.env["crm.stage"].search([], limit=1)
        self.assertEqual(self._count_wakings("ir_cron_lead_scores"), before)
        lead.city = "Taipei"
        lead.phone = "123"
        self.assertEqual(self._count_wakings("ir_cron_lead_scores"), before + 1)

    def test_a_changed_rule_scores_all_open_leads_again(self):
        scoring = LeadScoring(self.env)
        lead, lost = self._lead(email_from="a@b.c"), self._lead(email_from="a@b.c")
        lost.action_set_lost()
        self._score(lead | lost)
        before = self._count_wakings("ir_cron_lead_scores_again")
        self.rule_mail.points = 50
        self.assertEqual(self._count_wakings("ir_cron_lead_scores_again"), before + 1)
        self._forget_scores()
        due = scoring.find_due(100_000)
        self.assertIn(lead.id, due)
        self.assertNotIn(lost.id, due)
        before = self._count_wakings("ir_cron_lead_scores_again")
        self.rule_mail.reason = "Other words"
        self.assertEqual(self._count_wakings("ir_cron_lead_scores_again"), before)
        self.company.sales_lead_limit_a = 45
        self.assertEqual(self._count_wakings("ir_cron_lead_scores_again"), before + 1)

    def _forget_scores(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_process.ir_cron_lead_scores_again"
            ).method_direct_trigger()

    def test_scores_are_forgotten_a_batch_at_a_time(self):
        leads = self._score(self._lead() | self._lead() | self._lead())
        batches = []
        forget = LeadScoring.forget

        def note(scoring, lead_ids):
            batches.append(len(lead_ids))
            forget(scoring, lead_ids)

        with (
            patch.object(crm_lead_score, "BATCH", 2),
            patch.object(LeadScoring, "forget", note),
        ):
            self._forget_scores()
        self.assertEqual(max(batches), 2)
        self.assertGreaterEqual(sum(batches), 3)
        due = LeadScoring(self.env).find_due(100_000)
        self.assertLessEqual(set(leads.ids), set(due))

    def test_scores_that_stay_the_same_are_not_written(self):
        lead = self._score(
            self._lead(email_from="a@b.c", expected_revenue=8000, probability=25)
        )

        def read_place():
            self.env.cr.execute(
                "SELECT ctid::text FROM crm_lead WHERE id = %s", [lead.id]
            )
            return self.env.cr.fetchone()

        before = read_place()
        LeadScoring(self.env).score(lead.ids)
        self.assertEqual(read_place(), before)
        self.rule_mail.points = 50
        LeadScoring(self.env).score(lead.ids)
        self.assertNotEqual(read_place(), before)
        self.assertEqual(lead.sales_points, 50)

    def test_a_lead_of_no_company_is_not_due_for_ever(self):
        lead = self._lead()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET company_id = NULL, team_id = NULL, user_id = NULL,"
            " create_uid = NULL, write_date = NULL WHERE id = %s",
            [lead.id],
        )
        lead.invalidate_recordset()
        scoring = LeadScoring(self.env)
        self.assertIn(lead.id, scoring.find_due(100_000))
        scoring.score(lead.ids)
        self.assertNotIn(lead.id, scoring.find_due(100_000))

    def test_queries_do_not_depend_on_the_number_of_leads(self):
        leads = self.env["crm.lead"]
        for number in range(20):
            leads += self._lead(email_from=f"{number}@b.c")
        self.env.flush_all()
        scoring = LeadScoring(self.env)
        scoring.score(leads.ids)
        counts = []
        for some in (leads[:1], leads):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            scoring.score(some.ids)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_salespeople_reckon_now(self):
        lead = self._lead(email_from="a@b.c").with_user(self.salesperson)
        lead.action_score_sales()
        self.assertEqual(lead.sales_points, 25)
        with self.assertRaises(AccessError):
            lead.with_user(self.outsider).action_score_sales()
