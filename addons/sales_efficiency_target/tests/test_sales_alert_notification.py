# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common_alert import SalesAlertCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-16 12:00:00")
class TestSalesAlertNotification(SalesAlertCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._create_user("leader", login="head")
        cls.team_top = cls.env["crm.team"].create(
            {"name": "Test Top", "user_id": cls.head.id}
        )
        cls.team_department.parent_id = cls.team_top

    def _run(self, name, day=None):
        cron = self.env.ref(f"sales_efficiency_base.{name}")
        with self.enter_registry_test_mode():
            if day:
                with freeze_time(f"2026-07-{day} 12:00:00"):
                    cron.method_direct_trigger()
            else:
                cron.method_direct_trigger()
        self.env.invalidate_all()

    def _mails(self):
        return self.env["mail.mail"].search([("subject", "like", "Open warnings")])

    # To-dos

    def test_salesperson_and_leader_get_a_to_do(self):
        self.env["sales.target.result"]._refresh(self.plan.target_ids)
        self._run("ir_cron_alerts")
        to_dos = self._alert().activity_ids
        self.assertEqual(to_dos.user_id, self.salesperson + self.leader)
        self.assertEqual(to_dos.mapped("date_deadline"), [date(2026, 7, 21)] * 2)
        self.assertIn("July 2026: 0.0 % of expected to date", to_dos[0].summary)
        self._run("ir_cron_alerts")
        self.assertEqual(self._alert().activity_ids, to_dos)

    def test_a_to_do_speaks_the_language_of_its_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.salesperson.lang = "fr_FR"
        self._sell(1_234)
        self._evaluate()
        notes = {to_do.user_id: to_do.note for to_do in self._alert().activity_ids}
        self.assertIn("1,234.00", notes[self.leader])
        self.assertIn("1 234,00", notes[self.salesperson].replace("&nbsp;", " "))

    def test_only_those_are_told_whom_the_rule_names(self):
        self.rule.write(
            {"tell_salesperson": False, "tell_leader": False, "tell_director": True}
        )
        self._evaluate()
        self.assertEqual(self._alert().activity_ids.user_id, self.director)

    def test_who_has_left_is_not_told(self):
        self.salesperson.active = False
        self.leader.active = False
        self._evaluate()
        alert = self._alert()
        self.assertEqual(alert.leader_id, self.head)
        self.assertEqual(alert.activity_ids.user_id, self.head)

    def test_a_killed_job_tells_the_rest_the_next_time(self):
        self.env["sales.target.result"]._refresh(self.plan.target_ids)
        self.alerts._evaluate_rules()
        self._alert()._tell()
        self.assertFalse(self._alert(self.other).activity_ids)
        self._run("ir_cron_alerts")
        self.assertEqual(len(self._alert().activity_ids), 2)
        self.assertEqual(len(self._alert(self.other).activity_ids), 2)

    def test_measured_results_are_judged(self):
        cron = self.env.ref("sales_efficiency_base.ir_cron_alerts")
        triggers = self.env["ir.cron.trigger"]
        triggers.search([("cron_id", "=", cron.id)]).unlink()
        self.env["sales.target.result"]._refresh(self.plan.target_ids)
        self.assertTrue(triggers.search([("cron_id", "=", cron.id)]))

    # Escalation

    def test_without_an_answer_it_goes_up_level_by_level(self):
        self._evaluate()
        self._run("ir_cron_alerts", day=20)
        self.assertFalse(self._alert().escalated_id)
        for day, user in ((21, self.head), (25, self.head), (26, self.director)):
            self._run("ir_cron_alerts", day=day)
            self.assertEqual(self._alert().escalated_id, user, day)
        self._run("ir_cron_alerts", day=31)
        alert = self._alert()
        self.assertEqual(alert.escalated_id, self.director, "nobody stands above")
        told = self.salesperson + self.leader + self.head + self.director
        self.assertEqual(alert.activity_ids.user_id, told)
        escalated = alert.event_ids.filtered(lambda e: e.event == "escalated")
        self.assertEqual(escalated.user_id, self.director + self.head)
        self.assertEqual(alert.with_user(self.head).state, "open")

    def test_becoming_worse_puts_the_escalation_off_for_nobody(self):
        self._sell(9_000)
        self._evaluate()
        with freeze_time("2026-07-20 12:00:00"):
            self._sell(-4_000)
            self._evaluate()
        self.assertEqual(self._alert().severity, "critical")
        self._run("ir_cron_alerts", day=21)
        self.assertEqual(self._alert().escalated_id, self.head)

    def test_an_answer_stops_the_escalation(self):
        self._evaluate()
        self._answer(self._alert())
        self._run("ir_cron_alerts", day=30)
        self.assertFalse(self._alert().escalated_id)
        self.assertEqual(self._alert(self.other).escalated_id, self.head)

    def test_missing_and_archived_leaders_are_passed_over(self):
        self._evaluate()
        self.head.active = False
        self._run("ir_cron_alerts", day=21)
        self.assertEqual(self._alert().escalated_id, self.director)
        self.team_department.user_id = False
        self.director.active = False
        self.assertNotIn(self.director, self._alert()._get_superiors()[self._alert()])

    def test_zero_days_never_escalate(self):
        self.rule.escalate_days = 0
        self._evaluate()
        self._run("ir_cron_alerts", day=31)
        self.assertFalse(self._alert().escalated_id)

    # Digest

    def test_a_leader_gets_one_mail_and_not_one_for_each_warning(self):
        self._evaluate()
        self.assertFalse(
            self.env["mail.mail"].search([("model", "=", "sales.alert")]),
            "to-dos send no mails of their own",
        )
        self._run("ir_cron_alert_digest")
        mail = self._mails()
        self.assertEqual(mail.recipient_ids, self.leader.partner_id)
        self.assertEqual(mail.subject, "Open warnings: 2")
        for alert in self._alert() + self._alert(self.other):
            self.assertIn(alert.display_name, mail.body_html)
            self.assertIn(f"/odoo/sales-alerts/{alert.id}", mail.body_html)
        self._run("ir_cron_alert_digest")
        self.assertEqual(len(self._mails()), 1, "one a day")
        self._run("ir_cron_alert_digest", day=17)
        self.assertEqual(len(self._mails()), 2)

    def test_nothing_is_mailed_where_all_is_answered(self):
        self._evaluate()
        for alert in self._alert() + self._alert(self.other):
            self._answer(alert, user=alert.responsible_id)
        self._run("ir_cron_alert_digest")
        self.assertFalse(self._mails())

    def test_the_digest_follows_the_setting_of_the_company(self):
        self._evaluate()
        self.company.sales_alert_digest = "never"
        self._run("ir_cron_alert_digest")
        self.assertFalse(self._mails())
        self.company.sales_alert_digest = "weekly"
        self._run("ir_cron_alert_digest")  # a Thursday
        self._run("ir_cron_alert_digest", day=17)
        self.assertEqual(len(self._mails()), 1)
        self._run("ir_cron_alert_digest", day=20)  # the Monday after
        self.assertEqual(len(self._mails()), 2)

    def test_the_digest_speaks_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.leader.lang = "fr_FR"
        self._sell(1_234)
        self._evaluate()
        self._run("ir_cron_alert_digest")
        body = self._mails().body_html.replace("\u202f", " ").replace("\u00a0", " ")
        self.assertIn("1 234,00", body)

    # Attainment

    def test_attainment_is_told_once_for_each_share(self):
        self.rule.has_milestones = True
        self._sell(12_000)
        self._evaluate()

        def told():
            return self.mine.message_ids.filtered(lambda m: "reached" in m.body)

        self._run("ir_cron_alerts")
        self.assertEqual(len(told()), 1)
        self.assertIn("50 % of the target of July 2026", told().body)
        self.assertEqual(
            told().notified_partner_ids,
            self.salesperson.partner_id + self.leader.partner_id,
        )
        self._run("ir_cron_alerts")
        self.assertEqual(len(told()), 1)
        self._sell(11_500)
        self._evaluate()
        self._run("ir_cron_alerts")
        self.assertEqual(len(told()), 2)
        self.assertIn("100 %", told()[0].body)
        self._sell(-2_000)
        self._evaluate()
        self._run("ir_cron_alerts")
        self.assertEqual(len(told()), 2, "what was told is not taken back")

    def test_rules_without_it_tell_no_attainment(self):
        self._sell(23_000)
        self._evaluate()
        self._run("ir_cron_alerts")
        self.assertFalse(self.mine.message_ids.filtered(lambda m: "reached" in m.body))

    # Companies

    def test_each_company_has_its_rules_and_sees_its_own(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        boss = self._create_user("director", login="boss")
        boss.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        plan = self.env["sales.target.plan"].create(
            {
                "company_id": other.id,
                "date_from": date(2026, 1, 1),
                "user_id": boss.id,
            }
        )
        foreign = self.env["sales.target"].create(
            {"plan_id": plan.id, "metric_id": self.ordered.id, "amount": 12_000}
        )
        plan.sudo().state = "running"
        self.rule.company_id = self.company
        everywhere = self._create_rule(applies_to="company", period="to_date")
        self.env["sales.target.result"]._refresh(foreign)
        self._evaluate()
        alert = self._alert(foreign)
        self.assertRecordValues(
            alert,
            [
                {
                    "rule_id": everywhere.id,
                    "company_id": other.id,
                    "responsible_id": boss.id,
                }
            ],
        )
        self.assertEqual(self.alerts.with_user(boss).search([]), alert)
        seen = self.alerts.with_user(self.director).search([])
        self.assertEqual(seen.company_id, self.company)
