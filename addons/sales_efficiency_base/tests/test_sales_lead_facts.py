# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .sales_mart_common import SalesMartCommon


@tagged("post_install", "-at_install")
class TestSalesLeadFacts(SalesMartCommon):
    """What marketing brings, by campaign, source and medium (policy 6.1.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.env["utm.campaign"].create({"title": "Fair"})
        cls.source = cls.env["utm.source"].create({"name": "Test Stand"})
        cls.medium = cls.env["utm.medium"].create({"name": "Test Talk"})

    def _lead(self, **values):
        return self.env["crm.lead"].create(
            {
                "name": "Lead",
                "type": "lead",
                "user_id": self.seller.id,
                "campaign_id": self.campaign.id,
                "source_id": self.source.id,
                "medium_id": self.medium.id,
                "sales_opened_date": "2026-01-10",
                **values,
            }
        )

    def _received(self, lead):
        self.mart._refresh()
        return self.env["sales.fact"].search(
            [("source", "=", "lead"), ("res_id", "=", lead.id)]
        )

    def test_leads_of_any_type_count_once_by_campaign_source_and_medium(self):
        for type_ in ("lead", "opportunity"):
            lead = self._lead(type=type_)
            with self.subTest(type_):
                self.assertRecordValues(
                    self._received(lead),
                    [
                        {
                            "event": "lead",
                            "user_id": self.seller.id,
                            "campaign_id": self.campaign.id,
                            "utm_source_id": self.source.id,
                            "utm_medium_id": self.medium.id,
                            "amount": 0,
                            "documents": 1,
                        }
                    ],
                )
        self.assertExact()

    def test_a_lead_stays_one_lead_when_it_becomes_an_opportunity(self):
        lead = self._lead()
        day = self._received(lead).date
        lead.convert_opportunity(self.partner_a)
        self.assertEqual(self._received(lead).date, day)
        self.assertEqual(self._facts(lead).mapped("event"), ["lead", "created"])
        lead.action_set_won()
        self.assertEqual(len(self._received(lead)), 1)
        self.assertExact()

    def test_a_lead_follows_its_campaign_and_source(self):
        lead = self._lead()
        other = self.source.copy({"name": "Test Other"})
        self.assertTrue(self._received(lead))
        lead.write({"campaign_id": False, "source_id": other.id})
        values = [{"campaign_id": False, "utm_source_id": other.id}]
        self.assertRecordValues(self._received(lead), values)
        # Changed by plain SQL, too
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET medium_id = NULL WHERE id = %s", [lead.id]
        )
        self.assertFalse(self._received(lead).utm_medium_id)
        lead.unlink()
        self.assertFalse(self._received(lead))
        self.assertExact()

    def test_a_lead_without_company_follows_its_team(self):
        company = self.env["res.company"].create({"name": "Other"})
        team = self.env["crm.team"].create({"name": "Team"})
        lead = self._lead(user_id=False)
        lead.write({"team_id": team.id, "company_id": False})
        self.assertEqual(self._received(lead).company_id, self.company)
        team.company_id = company
        self.assertEqual(self._received(lead).company_id, company)
        self.assertExact()

    def test_what_does_not_concern_leads_queues_nothing(self):
        lead = self._lead()
        self.mart._refresh()
        lead.description = "Called"
        self.env.flush_all()
        self.assertFalse(self.mart._count_pending())

    def test_a_new_source_reads_the_documents_that_there_are(self):
        self._lead()
        source = self.env["sales.mart.source"].search([("code", "=", "lead")])
        self.mart._refresh()
        source.sudo().unlink()
        self._source("lead").sudo()._create_records()
        source = self.env["sales.mart.source"].search([("code", "=", "lead")])
        self.assertEqual(source.subject, "marketing")
        self.env.cr.execute(
            "SELECT res_id FROM sales_fact_queue WHERE origin = 'sales_mart_source'"
        )
        self.assertEqual(self.env.cr.fetchall(), [(source.id,)])

    def test_sources_say_what_they_are_about_and_how_fresh_they_are(self):
        sources = self.env["sales.mart.source"].search([])
        subjects = {source.code: source.subject for source in sources}
        for code, subject in {
            "order": "order",
            "history": "order",
            "invoice": "finance",
            "payment": "finance",
            "opportunity": "customer",
            "lead": "marketing",
        }.items():
            self.assertEqual(subjects[code], subject, code)
        self.mart._refresh()
        sources = sources.with_context(lang="en_US")
        self.assertEqual(set(sources.mapped("freshness")), {"Up to date"})
        self._lead()
        self.env.flush_all()
        sources.invalidate_recordset()
        self.assertIn("(waiting: ", sources[0].freshness)

    def test_sales_months_are_those_of_sales(self):
        company = self.env["res.company"].create({"name": "Other"})
        self._lead(company_id=company.id, user_id=False, team_id=False)
        self.mart._refresh()
        self.assertEqual(company._get_sales_months(), (False, False))
