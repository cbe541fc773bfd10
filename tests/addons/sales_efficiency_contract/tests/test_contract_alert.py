# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-16 12:00:00")
class TestContractAlert(SalesEfficiencyCommon):
    """An add-on warns about its own record; all that follows comes with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alerts = cls.env["sales.alert"]
        cls.rule = cls.env.ref("sales_efficiency_contract.sales_alert_rule_few_stars")
        cls.env["sales.alert.rule"].search([("id", "!=", cls.rule.id)]).active = False
        cls.checks = cls.env["sales.store.check"]
        cls.good, cls.poor, cls.bad = (cls._check(stars) for stars in (5, 2, 1))

    @classmethod
    def _check(cls, stars, user=None):
        return cls.checks.create(
            {
                "name": f"Store check with {stars} stars",
                "date": "2026-07-15",
                "company_id": cls.company.id,
                "user_id": (user or cls.salesperson).id,
                "partner_id": cls.customer_north.id,
                "stars": stars,
            }
        )

    @classmethod
    def _evaluate(cls):
        cls.alerts._evaluate_rules()
        cls.alerts.search([("is_told", "=", False), ("state", "=", "open")])._tell()

    def _run(self, name, day=16):
        cron = self.env.ref(f"sales_efficiency_base.{name}")
        with (
            self.enter_registry_test_mode(),
            freeze_time(f"2026-07-{day} 12:00:00"),
        ):
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_the_method_says_what_is_a_warning_and_whose(self):
        self._evaluate()
        self.assertFalse(self.good.alert_ids)
        self.assertRecordValues(
            self.poor.alert_ids + self.bad.alert_ids,
            [
                {
                    "display_name": f"{check.name}: Few stars",
                    "severity": severity,
                    "state": "open",
                    "company_id": self.company.id,
                    "responsible_id": self.salesperson.id,
                    "leader_id": self.leader.id,
                    "partner_id": self.customer_north.id,
                }
                for check, severity in ((self.poor, "warning"), (self.bad, "critical"))
            ],
        )
        self.assertEqual(
            self.bad.alert_ids.activity_ids.user_id, self.salesperson + self.leader
        )
        self.assertEqual(self.rule.with_user(self.director).alert_count, 2)
        check = self.bad.with_user(self.salesperson)
        self.assertEqual(check.open_alert_count, 1)
        found = self.alerts.search(check.action_open_alerts()["domain"])
        self.assertEqual(found, self.bad.alert_ids)
        action = found.with_user(self.salesperson).action_open_subject()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("sales.store.check", check.id)
        )

    def test_it_follows_the_record(self):
        self._evaluate()
        alert = self.poor.alert_ids
        self.assertFalse(self.alerts._evaluate_rules(), "nothing has changed")
        self.poor.stars = 1
        self._evaluate()
        self.assertEqual(alert.severity, "critical")
        self.poor.stars = 4
        self._evaluate()
        self.assertRecordValues(alert, [{"state": "closed", "outcome": "recovered"}])
        self.assertFalse(alert.activity_ids)
        self.poor.stars = 2
        self._evaluate()
        self.assertEqual(
            alert.event_ids.sorted("id").mapped("event"),
            ["opened", "worsened", "recovered", "relapsed"],
        )
        self.rule.active = False
        self._evaluate()
        self.assertEqual(alert.outcome, "withdrawn")

    def test_an_answer_needs_a_cause_and_an_analysis_or_an_action(self):
        self._evaluate()
        alert = self.bad.alert_ids.with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "cause"):
            alert.action_answer()
        with Form(alert) as form:
            form.cause = "execution"
            with form.action_ids.new() as item:
                item.name = "Check again"
        alert.action_answer()
        self.assertRecordValues(
            alert, [{"state": "answered", "answered_by_id": self.salesperson.id}]
        )
        self.assertEqual(alert.action_ids.user_id, self.salesperson)
        self.assertFalse(alert.activity_ids)

    def test_it_goes_up_and_into_the_one_digest_of_a_leader(self):
        self._evaluate()
        self._run("ir_cron_alert_digest")
        mail = self.env["mail.mail"].search([("subject", "=", "Open warnings: 2")])
        self.assertEqual(mail.recipient_ids, self.leader.partner_id)
        for check in (self.poor, self.bad):
            self.assertIn(check.name, mail.body_html)
        self._run("ir_cron_alerts", day=22)
        above = self.bad.alert_ids._get_directors()[self.bad.alert_ids]
        self.assertEqual(self.bad.alert_ids.escalated_id, above)

    def test_who_may_not_read_the_record_sees_the_warning_only_if_it_names_them(self):
        self._evaluate()
        alert = self.bad.alert_ids
        self.assertEqual(alert.with_user(self.leader).severity, "critical")
        self.env["ir.rule"].create(
            {
                "name": "Nobody",
                "model_id": self.env["ir.model"]._get_id("sales.store.check"),
                "domain_force": "[('user_id', '=', False)]",
            }
        )
        for user in (self.leader, self.director):
            self.assertFalse(self.alerts.with_user(user).search([]), user.name)
            events = self.env["sales.alert.event"].with_user(user)
            self.assertFalse(events.search([]), user.name)
            with self.assertRaises(AccessError):
                alert.with_user(user).read(["severity"])
        own = alert.with_user(self.salesperson)
        self.assertEqual(own.display_name, f"{self.bad.name}: Few stars")
        with self.assertRaises(AccessError):
            own.action_open_subject()

    def test_an_action_item_comes_from_a_check(self):
        form = Form(self.env["sales.action"].with_user(self.salesperson))
        form.name = "Call them"
        form.store_check_id = self.bad
        item = form.save()
        self.assertEqual(
            (item.store_check_id, item.company_id), (self.bad, self.company)
        )

    def test_others_see_nothing_of_it(self):
        self._evaluate()
        self.assertFalse(self.alerts.with_user(self.outsider).search([]))

    def test_it_goes_with_the_record(self):
        self._evaluate()
        alert = self.bad.alert_ids
        to_dos = alert.activity_ids
        self.bad.with_user(self.director).unlink()
        self.assertFalse(alert.exists())
        self.assertFalse(to_dos.exists())

    def test_a_rule_that_has_warned_is_archived_and_not_deleted(self):
        self._evaluate()
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.rule.with_user(self.director).unlink()

    def test_the_number_of_queries_does_not_depend_on_the_records(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.alerts._evaluate_rules()
            return len(found), self.env.cr.sql_log_count - before

        self.assertEqual(count()[0], 2)  # fills the caches
        self._check(1)
        few = count()
        for _number in range(20):
            self._check(1)
        many = count()
        self.assertEqual((few[0], many[0]), (1, 20))
        self.assertEqual(few[1], many[1])
