# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestConductHonourDemo(DemoCase):
    """The demo company has rules, a case and elections."""

    def test_rules_are_published_and_a_case_is_heard(self):
        rules = self.env["sales.conduct.version"].search([])
        self.assertEqual((rules.state, len(rules.rule_ids)), ("published", 3))
        self.assertEqual(rules.asked_count - rules.confirmed_count, 2)
        case = self.env["sales.conduct.case"].search([])
        self.assertEqual(case.state, "hearing")
        linda = self.env.ref("sales_efficiency_base.user_linda_demo")
        self.assertTrue(case.with_user(linda).may_decide)

    def test_the_best_are_honoured_and_a_jury_votes(self):
        honours = self.env["sales.honour"].search([])
        self.assertEqual(
            sorted(honours.mapped("state")), ["published", "published", "voting"]
        )
        amy = self.env.ref("sales_efficiency_base.user_amy_demo")
        fame = self.env["sales.honour.nominee"].with_user(amy).search([])
        self.assertTrue(fame)
        self.assertTrue(all(fame.mapped("is_winner")))
        self.assertTrue(all(fame.mapped("figure")))
