# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestInputGuard(SalesEfficiencyCommon):
    def _get_guarded_models(self):
        for name in sorted(
            self.registry.descendants(["sales.guard.mixin"], "_inherit")
        ):
            model = self.env[name].with_user(self.director)
            if not (model._abstract or model._transient) and model._protects_readonly:
                yield model

    def _get_accepted(self, get_fields, *methods):
        """Return the fields that a director can write by call."""
        accepted = []
        for model in self._get_guarded_models():
            for name in get_fields(model):
                for method in methods:
                    try:
                        getattr(model, method)({name: False})
                    except AccessError:
                        continue
                    accepted.append(f"{model._name}.{name}")
        return accepted

    def test_nobody_writes_a_readonly_field_by_call(self):
        accepted = self._get_accepted(
            lambda model: model._get_protected_fields(), "write", "create"
        )
        self.assertEqual(accepted, [])

    def test_nobody_changes_a_fixed_field_by_call(self):
        accepted = self._get_accepted(lambda model: model._get_fixed_fields(), "write")
        self.assertEqual(accepted, [])

    def test_the_error_names_the_fields(self):
        item = self.env["sales.action"].with_user(self.director)
        with self.assertRaisesRegex(AccessError, "Done On and Effect Measured On"):
            item.write({"effect_date": False, "date_done": False, "name": "Call"})

    def test_a_number_that_no_record_can_have_is_refused_by_name(self):
        item = self.env["sales.action"].with_user(self.director)
        metric = self.env["sales.metric"].with_user(self.director)
        for number in (2**31, 10**30, -(10**30), 1e30, float("inf"), float("nan")):
            for records, name, label, values in (
                (item, "user_id", "Owner", (number, [number])),
                (
                    metric,
                    "event_ids",
                    "Events",
                    ([number], [Command.link(number)], [Command.set([number])]),
                ),
            ):
                self._assert_refused(records, name, label, values[0])
                for value in values:
                    with (
                        self.subTest(name, value=value),
                        self.assertRaisesRegex(ValidationError, label),
                    ):
                        records.create({"name": "x", name: value})

    def _assert_refused(self, records, name, label, value):
        calls = [
            lambda: records.write({name: value}),
            lambda: records.onchange({name: value}, [name], {name: {}}),
        ]
        if value in (2**31, [2**31], 10**30, [10**30]):
            # Others are no ids to Odoo.
            context = {f"default_{name}": value}
            calls.append(lambda: records.with_context(**context).default_get([name]))
        for call in calls:
            with (
                self.subTest(name, value=value),
                self.assertRaisesRegex(ValidationError, label),
            ):
                call()

    def test_a_filter_by_a_number_that_no_record_can_have_is_refused(self):
        metric = self.env["sales.metric"].search([("kind", "=", "sum")], limit=1)
        for domain in (
            f"[('user_id', '=', {10**30})]",
            "[('team_id', 'child_of', [4294967296])]",
            "[('partner_id.country_id', 'in', [1, 4294967296])]",
            "[('partner_id', 'any', [('id', '=', 4294967296)])]",
        ):
            with (
                self.subTest(domain),
                self.assertRaisesRegex(ValidationError, "cannot be [14]"),
            ):
                metric.domain = domain

    def test_code_writes_readonly_fields_as_superuser(self):
        item = self.env["sales.action"].create(
            {"name": "Call", "date_deadline": "2026-03-01"}
        )
        item.sudo().effect_date = "2026-03-01"
        self.assertTrue(item.effect_date)

    def test_a_duplicate_of_a_metric_keeps_its_method(self):
        metrics = self.env["sales.metric"].with_user(self.director)
        metric = metrics.search([("kind", "=", "method")], limit=1)
        self.assertEqual(metric.copy().method_name, metric.method_name)
