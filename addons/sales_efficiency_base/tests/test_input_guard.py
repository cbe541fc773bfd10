# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
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
