# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.engine.cockpit import Choice

from ..engine import Drops
from .drop_common import SalesDropCommon


@tagged("post_install", "-at_install")
@freeze_time("2019-06-28 12:00:00")
class TestDropPanel(SalesDropCommon):
    """The cockpit shows the customers who buy less, of the people chosen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._lose_south()
        cls._test()

    def _show(self, user, **asked):
        return Drops(Choice(self.env(user=user), asked))

    def test_everybody_sees_their_own(self):
        for user, scope, names in (
            (self.salesperson, "my", ["Customer North"]),
            (self.leader, "team", ["Customer North"]),
            (self.leader, "my", []),
            (self.director, "company", ["Customer South", "Customer North"]),
        ):
            panel = self._show(user, scope=scope)
            if not names:
                self.assertFalse(panel.is_visible())
                continue
            self.assertTrue(panel.is_visible())
            data = panel.get_data()
            self.assertEqual([row["name"] for row in data["rows"]], names)
            self.assertEqual(data["count"], len(names))
            self.assertEqual(data["amount"], sum(row["amount"] for row in data["rows"]))
            drops = self.drops.with_user(user).search(data["domain"])
            self.assertEqual(len(drops), len(names))

    def test_it_says_what_was_expected(self):
        [row] = self._show(self.salesperson, scope="my").get_data()["rows"]
        drop = self._find()
        self.assertEqual(row["explanation"], drop.explanation)
        self.assertEqual((row["state"], row["state_name"]), ("alert", "Alert"))

    def test_it_is_part_of_the_cockpit(self):
        data = self.env["sales.cockpit"].with_user(self.director).get_data()
        self.assertEqual(data["panels"]["customer_drops"]["count"], 2)

    def test_no_panel_before_the_first_test(self):
        self.drops.search([]).unlink()
        self.assertFalse(self._show(self.director).is_visible())
