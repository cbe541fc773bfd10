# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase
from odoo.addons.sales_efficiency_base.tools import Scope

from ..engine.funnel import Funnel


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestFunnelDemo(DemoCase):
    """The opportunities of the demo company have a past."""

    def test_the_funnel_narrows_and_some_turn_back_or_skip(self):
        steps = Funnel(self.env, Scope(self.company.id)).get_steps()
        reached = [step.reached for step in steps]
        self.assertEqual(reached, sorted(reached, reverse=True))
        self.assertGreater(len(steps), 3)
        self.assertTrue(any(step.returned for step in steps))
        self.assertTrue(any(step.skipped for step in steps))
        self.assertTrue(all(step.done for step in steps if not step.is_won))

    def test_time_is_lost_and_something_is_done_about_it(self):
        waste = self.env["sales.waste"].search([], limit=1)
        self.assertTrue(waste.days)
        self.assertTrue(waste.action_ids)

    def test_there_is_a_playbook(self):
        playbooks = self.env["sales.playbook"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertGreaterEqual(len(playbooks), 3)
