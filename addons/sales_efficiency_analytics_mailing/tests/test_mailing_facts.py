# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.sales_mart_common import SalesMartCommon
from odoo.addons.sales_efficiency_base.tools import Period, Scope


@tagged("post_install", "-at_install")
class TestMailingFacts(SalesMartCommon):
    """What mailings reach, as figures (policy 6.1.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.env["utm.campaign"].create({"title": "Spring"})
        cls.mailing = cls.env["mailing.mailing"].create(
            {
                "subject": "Offer",
                "mailing_model_id": cls.env["ir.model"]._get("res.partner").id,
                "campaign_id": cls.campaign.id,
                "user_id": cls.seller.id,
            }
        )

    def _trace(self, sent, opened=False, clicked=False, **values):
        return (
            self.env["mailing.trace"]
            .sudo()
            .create(
                {
                    "mass_mailing_id": self.mailing.id,
                    "model": "res.partner",
                    "res_id": self.partner_a.id,
                    "sent_datetime": sent,
                    "open_datetime": opened,
                    "links_click_datetime": clicked,
                    **values,
                }
            )
        )

    def _read(self):
        """:return: dict of (event, day) -> number of mails"""
        facts = self._facts(self.mailing)
        return {(fact.event, str(fact.date)): fact.quantity for fact in facts}

    def test_mails_count_by_day_and_event(self):
        self._trace("2026-03-02 08:00:00", "2026-03-02 09:00:00")
        self._trace("2026-03-02 08:00:05", "2026-03-03 09:00:00", "2026-03-03 09:01:00")
        self._trace("2026-03-02 08:00:07")
        self._trace("2026-03-02 08:00:00", is_test_trace=True)
        self._trace(False)
        self.assertEqual(
            self._read(),
            {
                ("mail_sent", "2026-03-02"): 3,
                ("mail_opened", "2026-03-02"): 1,
                ("mail_opened", "2026-03-03"): 1,
                ("mail_clicked", "2026-03-03"): 1,
            },
        )
        fact = self._facts(self.mailing)[0]
        self.assertEqual(fact.campaign_id, self.campaign)
        self.assertEqual(fact.user_id, self.seller)
        self.assertExact()

    def test_what_is_opened_later_and_what_is_deleted_follows(self):
        trace = self._trace("2026-03-02 08:00:00")
        self.assertEqual(self._read(), {("mail_sent", "2026-03-02"): 1})
        trace.open_datetime = "2026-03-05 10:00:00"
        self.assertEqual(self._read()["mail_opened", "2026-03-05"], 1)
        trace.unlink()
        self.assertEqual(self._read(), {})
        self.assertExact()

    def test_rates_divide_by_what_was_sent(self):
        for number in range(10):
            self._trace(
                "2026-03-02 08:00:00",
                "2026-03-02 09:00:00" if number < 4 else False,
                "2026-03-02 09:00:00" if number < 1 else False,
            )
        self.mart._refresh()
        scope = Scope(self.company.id, campaign_id=self.campaign.id)
        march = Period.month(date(2026, 3, 1))
        values = self.env["sales.metric"].ask(
            ["mails_sent", "mail_open_rate", "mail_click_rate"], [scope], [march]
        )
        self.assertEqual(values["mails_sent", scope, march], 10)
        self.assertEqual(values["mail_open_rate", scope, march], 40)
        self.assertEqual(values["mail_click_rate", scope, march], 10)

    def test_the_company_is_that_of_the_responsible(self):
        self._trace("2026-03-02 08:00:00")
        company = self.env["res.company"].create({"name": "Other"})
        self.seller.write({"company_ids": [(4, company.id)], "company_id": company.id})
        self.assertEqual(self._facts(self.mailing).company_id, company)
        self.assertExact()
