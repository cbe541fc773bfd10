# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .drop_common import DAY, SalesDropCommon


@tagged("post_install", "-at_install")
@freeze_time("2019-06-28 12:00:00")
class TestSalesDropAlert(SalesDropCommon):
    """Warnings about customers who buy less."""

    def _get_to_dos(self):
        return self.env["mail.activity"].search(
            [("res_model", "=", "sales.alert"), ("res_id", "in", self._alert().ids)]
        )

    def test_the_customer_is_the_subject(self):
        self._test()
        alert = self._judge()
        self.assertRecordValues(
            alert,
            [
                {
                    "rule_id": self.rule.id,
                    "company_id": self.company.id,
                    "partner_id": self.customer_north.id,
                    "responsible_id": self.salesperson.id,
                    "leader_id": self.leader.id,
                    "severity": "critical",
                    "state": "open",
                    "expected_orders": 4,
                    "recent_orders": 0,
                    "amount_at_risk": 400,
                }
            ],
        )
        self.assertEqual(alert.display_name, "Customer North: Buys less than before")
        self.assertEqual(alert.action_open_subject()["res_id"], alert.res_id)
        self.assertEqual(self.customer_north.open_alert_count, 1)
        self.assertFalse(self._alert(self.market))
        drops = self.drops.search(alert.action_open_drop()["domain"])
        self.assertEqual(drops, self._find())

    def test_those_concerned_have_one_to_do(self):
        self._test()
        self._judge()
        to_dos = self._get_to_dos()
        self.assertEqual(to_dos.user_id, self.salesperson | self.leader)
        self.assertEqual(len(to_dos), 2)
        self.assertEqual(
            set(to_dos.mapped("summary")), {"Customer North: 0 of 4.0 orders"}
        )
        self.assertIn("Money at risk", to_dos[0].note)
        self._test()
        self._judge()
        self._test(DAY + timedelta(days=7))
        self._judge()
        self.assertEqual(self._get_to_dos(), to_dos)
        self.assertEqual(len(self._alert()), 1)

    def test_few_orders_are_a_warning(self):
        self._order(self.customer_north, 14, 2)
        self._order(self.market, 0, 10)
        drop = self._test()
        self.assertEqual(drop.state, "alert")
        self.assertEqual(self._judge().severity, "warning")

    def test_it_is_answered_with_cause_and_action(self):
        self._test()
        alert = self._judge().with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "Choose the cause"):
            alert.action_answer()
        alert.write({"cause": "competition", "analysis": "A web shop is cheaper."})
        alert.action_answer()
        self.assertEqual(alert.state, "answered")
        self.assertFalse(self._get_to_dos())
        event = alert.event_ids.filtered(lambda item: item.event == "answered")
        self.assertEqual((event.expected_orders, event.amount_at_risk), (4, 400))

    def test_it_closes_when_chance_explains_it(self):
        """At 20 % it is still open, above it is not."""
        self._test()
        alert = self._judge()
        drop = self._find()
        self.env.cr.execute(
            "UPDATE sales_customer_drop SET probability = 0.2, state = 'none',"
            " recent_orders = 1 WHERE id = %s",
            [drop.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self._judge().state, "open")
        self.env.cr.execute(
            "UPDATE sales_customer_drop SET probability = 0.201 WHERE id = %s",
            [drop.id],
        )
        self._judge()
        self.assertEqual((alert.state, alert.outcome), ("closed", "recovered"))
        self.assertFalse(self._get_to_dos())

    def test_a_customer_who_comes_back_has_recovered(self):
        self._test()
        alert = self._judge()
        self._order(self.customer_north, 0, 4)
        self._test()
        self._judge()
        self.assertEqual((alert.state, alert.outcome), ("closed", "recovered"))

    def test_one_who_comes_back_may_be_too_rare_to_be_tested(self):
        self._test()
        alert = self._judge()
        lines = self.env["sales.history.line"].search(
            [("partner_id", "=", self.customer_north.id)], limit=11
        )
        lines.unlink()
        self._order(self.customer_north, 0, 2)
        drop = self._test()
        self.assertEqual((drop.is_tested, drop.recent_orders), (False, 2))
        self._judge()
        self.assertEqual((alert.state, alert.outcome), ("closed", "recovered"))

    def test_one_who_is_gone_for_long_has_not_recovered(self):
        """Silence cannot be told from chance any more, since it has become usual."""
        self._test()
        alert = self._judge()
        self.env["sales.history.line"].search(
            [("partner_id", "=", self.customer_north.id)], limit=14
        ).unlink()
        self.env["sales.mart"]._refresh()
        drop = self._test()
        self.assertGreater(drop.probability, 0.2)
        self._judge()
        self.assertEqual((alert.state, alert.outcome), ("closed", "withdrawn"))

    def test_it_opens_again_in_the_same_place(self):
        self._test()
        alert = self._judge()
        self._order(self.customer_north, 0, 4)
        self._test()
        self._judge()
        self.env["sales.history.line"].search(
            [("partner_id", "=", self.customer_north.id), ("date", ">", "2019-03-30")]
        ).unlink()
        self.env["sales.mart"]._refresh()
        self._test()
        self.assertEqual(self._judge(), alert)
        self.assertEqual(alert.state, "open")
        self.assertEqual(len(self._get_to_dos()), 2)

    def test_several_rules_give_one_warning(self):
        """That of the company comes before that of all companies."""
        own = self.rule.copy({"name": "Ours", "company_id": self.company.id})
        self.rule.sequence = 1
        self._test()
        self.assertEqual(self._judge().rule_id, own)

    def test_an_unanswered_one_goes_up(self):
        self._test()
        self._judge()
        with freeze_time("2019-07-10 12:00:00"):
            self._run_job("sales_efficiency_base.ir_cron_alerts")
        directors = self.company._get_sales_directors()
        self.assertEqual(self._alert().escalated_id, directors[0])

    def test_the_digest_tells_what_is_at_risk(self):
        self.leader.email = "leader@example.com"
        self._test()
        self._judge()
        before = self.env["mail.mail"].search([])
        self._run_job("sales_efficiency_base.ir_cron_alert_digest")
        mails = self.env["mail.mail"].search([]) - before
        mails = mails.filtered(
            lambda mail: self.leader.partner_id in mail.recipient_ids
        )
        self.assertEqual(len(mails), 1)
        self.assertIn("Expected 4.0 orders in 90 days, got 0.", mails.body_html)
        self.assertIn("400.00", mails.body_html)

    def test_an_archived_customer_is_not_watched(self):
        self._test()
        alert = self._judge()
        self.customer_north.active = False
        self._judge()
        self.assertEqual((alert.state, alert.outcome), ("closed", "withdrawn"))

    def test_a_deleted_customer_takes_its_warnings_along(self):
        partner = self.env["res.partner"].create({"name": "Gone"})
        alert = self.alerts.create(
            {
                "rule_id": self.rule.id,
                "res_model": "res.partner",
                "res_id": partner.id,
                "company_id": self.company.id,
                "severity": "warning",
            }
        )
        partner.unlink()
        self.assertFalse(alert.exists())
