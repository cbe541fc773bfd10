# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common_alert import SalesAlertCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-16 12:00:00")
class TestSalesAlertRule(SalesAlertCommon):
    def test_a_rule_that_makes_no_sense_is_refused(self):
        for values in (
            {"critical_line": 90},
            {"critical_line": 95},
            {"critical_line": -1},
            {"warning_line": 101},
            {"min_elapsed": 101},
            {"min_elapsed": -1},
            {"escalate_days": -1},
            {"tell_salesperson": False, "tell_leader": False},
        ):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.rule.write(values)
                self.rule.flush_recordset()

    def test_a_filter_that_cannot_be_read_is_refused(self):
        for domain in (
            "[('no_such_field', '=', 1)]",
            "[('user_id', '=', uid)]",
            "[('user_id'",
            "7",
            "[('commitment_gap', '>', 0)]",
            "[('amount', '>', 'much')]",
        ):
            with (
                self.subTest(domain=domain),
                self.assertRaisesRegex(ValidationError, "filter editor"),
            ):
                self.rule.target_domain = domain

    def test_a_rule_says_what_it_watches(self):
        self._evaluate()
        rule = self.rule.with_user(self.director)
        self.assertEqual((rule.target_count, rule.alert_count), (2, 2))
        targets = self.env["sales.target"].search(rule.action_open_targets()["domain"])
        self.assertEqual(targets, self.mine + self.other)
        alerts = self.alerts.search(rule.action_open_alerts()["domain"])
        self.assertEqual(len(alerts), 2)

    def test_a_filter_by_what_others_may_not_read_closes_no_list(self):
        """Salespeople may not read private fields of employees."""
        self.rule.target_domain = (
            "['!', ('user_id.employee_ids.private_phone', '=', 'x')]"
        )
        rule = self.rule.with_user(self.salesperson)
        self.assertEqual(rule.target_count, 1)

    def test_a_changed_rule_judges_anew(self):
        cron = self.env.ref("sales_efficiency_base.ir_cron_alerts")
        triggers = self.env["ir.cron.trigger"]
        triggers.search([("cron_id", "=", cron.id)]).unlink()
        self.rule.with_user(self.director).warning_line = 95
        self.assertTrue(triggers.search([("cron_id", "=", cron.id)]))

    def test_the_rules_that_come_with_it_differ_in_whom_they_watch(self):
        rules = self.env["sales.alert.rule"]
        for name in ("person_month", "team_quarter", "company_year"):
            rules |= self.env.ref(f"sales_efficiency_target.sales_alert_rule_{name}")
        self.assertEqual(rules.mapped("applies_to"), ["user", "team", "company"])
