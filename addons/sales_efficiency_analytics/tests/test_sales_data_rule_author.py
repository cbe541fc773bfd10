# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .quality_common import QualityCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesDataRuleAuthor(QualityCommon):
    """Who may check what, and what is refused."""

    def test_hostile_domains_are_refused_with_a_message(self):
        for domain, words in (
            ("__import__('os').system('true')", "cannot be used"),
            ("[('id', '=', (lambda: 1)())]", "cannot be used"),
            ("nonsense", "cannot be used"),
            ("[('no_such_field', '=', 1)]", "no_such_field"),
            ("[('user_ids.password', '!=', False)]", "password"),
            ("[('signup_type', '!=', False)]", "signup_type"),
            ("{'a': 1}", "cannot be used"),
        ):
            for name in ("domain", "condition"):
                with (
                    self.subTest(domain, field=name),
                    self.assertRaisesRegex(ValidationError, words),
                    self.env.cr.savepoint(),
                ):
                    self._create_rule(self.director, **{name: domain})

    def test_text_never_becomes_sql(self):
        text = "x'); DROP TABLE sales_data_issue; --"
        rule = self._create_rule(self.director, domain=f"[('name', '=', {text!r})]")
        self.assertFalse(self._check(rule))
        self.assertFalse(rule.error)

    def test_fields_that_cannot_be_checked_are_refused(self):
        for values, words in (
            ({"field_name": False}, "choose the field"),
            ({"field_name": "no_such"}, "choose the field"),
            ({"field_name": "signup_type"}, "may not read"),
            ({"field_name": "name", "kind": "stale"}, "cannot check"),
            ({"field_name": "commercial_company_name", "kind": "range"}, "cannot"),
            ({"field_name": "contact_address"}, "is not kept"),
            ({"field_name": "property_payment_term_id"}, "is not kept"),
            ({"field_name": "color", "kind": "range"}, "enter the least"),
            ({"field_name": "country_id", "kind": "orphan"}, "cannot be archived"),
            ({"kind": "inconsistent", "condition": "[]"}, "by which condition"),
            ({"kind": "inconsistent", "condition": "[(1, '=', 1)]"}, "condition"),
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                self._create_rule(self.director, **values)

    def test_models_that_nobody_named_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "What Is Checked"):
            self._create_rule(self.director, model="res.users")

    @mute_logger("odoo.sql_db")
    def test_limits_are_checked(self):
        for values, name in (
            ({"days": -1}, "days_positive"),
            ({"threshold": 0}, "threshold_positive"),
            (
                {"has_least": True, "least": 5, "has_most": True, "most": 4},
                "limits_in_order",
            ),
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(CheckViolation, name),
                self.env.cr.savepoint(),
            ):
                self._create_rule(**values)

    def test_the_owner_has_a_role(self):
        employee = self.env["res.users"].create(
            {"name": "Clerk", "login": "quality_clerk"}
        )
        with self.assertRaisesRegex(ValidationError, "Clerk needs a role"):
            self._create_rule(self.director, owner_id=employee.id)

    def test_what_a_rule_checks_stays(self):
        rule = self._create_rule(self.director)
        with self.assertRaisesRegex(AccessError, "What Is Checked"):
            rule.model = "crm.lead"

    def test_directors_make_rules_and_others_read_them(self):
        form = Form(self.rules.with_user(self.director))
        form.name = "Without Phone"
        form.field_name = "phone"
        rule = form.save()
        self.assertEqual((rule.field_label, rule.source), ("Phone", "customer"))
        for user in (self.leader, self.salesperson):
            self.assertEqual(rule.with_user(user).name, "Without Phone")
            with self.assertRaises(AccessError):
                rule.with_user(user).name = "Other"
            with self.assertRaises(AccessError):
                rule.with_user(user).action_check_soon()

    def test_only_who_works_in_all_companies_sets_rules_for_all(self):
        other = self.env["res.company"].create({"name": "Other"})
        mine = self._create_rule(user=self.director)
        self.assertEqual(mine.company_id, self.company)
        everywhere = self._create_rule()
        self.assertFalse(everywhere.company_id)
        for values in (
            {"condition": "[('name', 'ilike', 'a')]"},
            {"owner_id": self.director.id},
            {"company_id": False},
        ):
            rule = (mine if "company_id" in values else everywhere).with_user(
                self.director
            )
            with self.assertRaisesRegex(ValidationError, "all companies"):
                rule.write(values)
        with self.assertRaisesRegex(ValidationError, "all companies"):
            self._create_rule(user=self.director, company_id=False)
        all_ = self.env["res.company"].search([])
        self.director.company_ids = all_
        self.assertIn(other, all_)
        free = self._create_rule(user=self.director)
        self.assertFalse(free.company_id)

    def test_conditions_do_not_look_into_messages_and_files(self):
        for condition in (
            "[('message_ids.body', 'ilike', 'secret')]",
            "[('message_ids', '!=', False)]",
            "[('activity_ids', 'any', [('note', 'ilike', 'secret')])]",
            "[('activity_summary', 'ilike', 'secret')]",
            "[('parent_id.message_ids.body', 'ilike', 'secret')]",
            "[('parent_id', 'any', [('message_ids.body', 'ilike', 'secret')])]",
            "['|', ('name', '=', 'a'), '!', ('message_ids.body', 'ilike', 'secret')]",
        ):
            for name in ("condition", "domain"):
                with (
                    self.subTest(condition, name=name),
                    self.assertRaisesRegex(ValidationError, "cannot be part"),
                ):
                    self._create_rule(
                        user=self.director,
                        kind="inconsistent",
                        **{"condition": "[('name', '=', 'a')]", name: condition},
                    )

    def test_a_change_is_checked_soon(self):
        rule = self._create_rule(self.director)
        self._check(rule)
        self.assertFalse(rule._is_due())
        rule.domain = "[]"
        self.assertTrue(rule._is_due())
        self._check(rule)
        rule.severity = "critical"
        self.assertFalse(rule._is_due())
        self.assertEqual(
            set(self.issues.search([("rule_id", "=", rule.id)]).mapped("severity")),
            {"critical"},
        )
