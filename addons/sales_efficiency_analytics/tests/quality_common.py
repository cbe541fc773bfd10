# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


class QualityCommon(SalesEfficiencyCommon):
    """Only the rules of a test, on three customers: North belongs to the salesperson,
    South to the outsider, and nobody looks after Nowhere, which has past sales."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["sales.data.rule"]
        cls.issues = cls.env["sales.data.issue"]
        cls.scores = cls.env["sales.data.score"]
        cls.supplied = cls.rules.search([])
        cls.supplied.active = False
        cls.customer_north.user_id = cls.salesperson
        cls.customer_south.user_id = cls.outsider
        cls.customers = cls.customer_north | cls.customer_south | cls.customer_nowhere
        cls.env["sales.history.line"].create(
            {
                "date": "2026-01-15",
                "amount": 100,
                "company_id": cls.company.id,
                "partner_id": cls.customer_nowhere.id,
            }
        )
        cls.env["sales.mart"]._refresh()

    @classmethod
    def _create_rule(cls, user=None, **values):
        """Create a rule on the three customers, by default for their phone."""
        return cls.rules.with_user(user or cls.env.user).create(
            {
                "name": "Test Rule",
                "kind": "missing",
                "field_name": "phone",
                "domain": f"[('id', 'in', {cls.customers.ids})]",
                **values,
            }
        )

    @classmethod
    def _check(cls, rules=None):
        """Check as the job does.

        :return: the issues that are not closed, of the rules of the test
        """
        rules = rules or cls.rules.search([])
        rules.sudo()._check()
        cls.rules._follow_up()
        cls.env.invalidate_all()
        return cls.issues.search(
            [("rule_id", "in", rules.ids), ("state", "!=", "closed")]
        )

    def _of(self, customer):
        return self.issues.search(
            [("rule_id", "=", self.rule.id), ("res_id", "=", customer.id)]
        )

    def _get_to_dos(self, user=None):
        to_dos = self.env["mail.activity"].search(
            [("res_model", "=", "sales.data.rule"), ("res_id", "=", self.rule.id)]
        )
        return to_dos.filtered(lambda a: not user or a.user_id == user)

    def _names(self, issues):
        return sorted(issues.mapped("record_name"))
