# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.modules.migration import load_script
from odoo.tests import tagged

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestSalesAlert(SalesEfficiencyCommon):
    """Warnings about any record. The contract add-on tests kinds of other add-ons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["sales.alert.rule"].create({"name": "Test"})
        cls.order = cls._create_order()
        cls.alert = cls.env["sales.alert"].create(
            {
                "rule_id": cls.rule.id,
                "res_model": cls.order._name,
                "res_id": cls.order.id,
                "company_id": cls.company.id,
                "responsible_id": cls.salesperson.id,
                "user_id": cls.salesperson.id,
                "severity": "warning",
            }
        )

    def test_it_is_called_by_its_subject_and_its_rule(self):
        self.assertEqual(self.alert.display_name, f"{self.order.name}: Test")
        self.order.unlink()
        self.alert.invalidate_recordset()
        self.assertEqual(self.alert.display_name, ": Test")
        self.alert.res_model = "no.such.model"
        self.assertEqual(self.alert.display_name, ": Test")

    def test_those_whom_it_does_not_name_see_it_only_with_its_subject(self):
        """Orders are not registered as subjects of warnings."""
        self.assertEqual(self.alert.with_user(self.salesperson).severity, "warning")
        for user in (self.leader, self.director):
            with self.assertRaises(AccessError):
                self.alert.with_user(user).read(["severity"])
            self.assertFalse(self.alert.with_user(user).search([]) & self.alert)

    def test_its_subject_is_opened_with_the_rights_of_the_user(self):
        own = self.alert.with_user(self.salesperson)
        self.env["ir.rule"].create(
            {
                "name": "Nobody",
                "model_id": self.env["ir.model"]._get_id("sale.order"),
                "domain_force": "[(0, '=', 1)]",
            }
        )
        with self.assertRaises(AccessError):
            own.action_open_subject()
        action = self.alert.action_open_subject()
        self.assertEqual((action["res_model"], action["res_id"]), self._key())

    def _key(self):
        return self.order._name, self.order.id

    def test_nobody_alters_what_the_rule_has_found(self):
        alert = self.alert.with_user(self.salesperson)
        for values in (
            {"severity": "critical"},
            {"state": "closed"},
            {"res_id": self.order.id + 1},
            {"cause": "market", "responsible_id": self.colleague.id},
        ):
            with self.assertRaises(AccessError, msg=values):
                alert.write(values)

    def _read_owners(self):
        """:return: set of (add-on, name) of all that add-ons own"""
        self.env.cr.execute("SELECT module, name FROM ir_model_data")
        return set(self.env.cr.fetchall())

    def test_an_update_without_warnings_has_nothing_to_take_over(self):
        """They were part of targets, which not every database had installed."""
        owners = self._read_owners()
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE sales_alert RENAME TO no_alert")
        path = Path(__file__).parents[1] / "migrations/19.0.1.3.0/pre-alerts.py"
        load_script(str(path), "pre_alerts").migrate(self.env.cr, "19.0.1.2.0")
        self.assertEqual(self._read_owners(), owners)
