# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.engine.cockpit import Approvals, Choice

from .expense_control_common import ExpenseControlCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-18 12:00:00")
class TestWaitingDocuments(ExpenseControlCommon):
    """Claims stand in the cockpit of whoever's turn it is."""

    def _get_panel(self, user):
        return Approvals(Choice(self.env(user=user), {}))

    def _wait_for(self, user):
        """:return: (model, id) of what awaits a decision of the user"""
        panel = self._get_panel(user)
        if not panel.is_visible():
            return []
        return [(row["model"], row["id"]) for row in panel.get_data()["rows"]]

    @staticmethod
    def _keys(*documents):
        return [(document._name, document.id) for document in documents]

    def test_a_claim_waits_for_the_superior(self):
        claim = self._claim(100)
        self.assertEqual(self._wait_for(self.leader), [])
        self._submit(claim)
        self.assertEqual(self._wait_for(self.leader), self._keys(claim))
        self.assertEqual(self._wait_for(self.director), [])
        self.assertEqual(self._wait_for(self.salesperson), [])
        [row] = self._get_panel(self.leader).get_data()["rows"]
        self.assertIn(f"asked by {self.salesperson.name} on", row["detail"])
        self._act(claim, self.leader, "action_approve")
        self.assertEqual(self._wait_for(self.leader), [])

    def test_an_extra_approval_comes_first(self):
        self._create_rule()
        claim = self._claim(10_600, sales_excess_reason="A larger hall")
        self._submit(claim)
        self.assertEqual(self._wait_for(self.director), self._keys(claim))
        self.assertEqual(self._wait_for(self.leader), [])
        self._act(claim, self.director, "validate_tier")
        self.assertEqual(self._wait_for(self.director), [])
        self.assertEqual(self._wait_for(self.leader), self._keys(claim))

    def test_nobody_is_asked_about_an_own_claim(self):
        self._create_employee(self.leader, expense_manager_id=self.director.id)
        claim = self._claim(100, user=self.leader)
        claim.sudo().approval_state = "submitted"
        claim.sudo().manager_id = self.leader
        self.assertEqual(self._wait_for(self.leader), [])

    def test_what_was_asked_first_stands_first(self):
        claims = [self._claim(amount) for amount in (100, 200, 300)]
        for day, claim in zip((20, 19, 21), claims, strict=True):
            with freeze_time(f"2026-05-{day} 12:00:00"):
                self._submit(claim)
        first, second, third = claims
        self.env.cr.execute(
            "UPDATE mail_activity SET create_date = create_date - INTERVAL '3 days'"
            " WHERE res_model = 'hr.expense' AND res_id = %s",
            [second.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self._wait_for(self.leader)[0], *self._keys(second))
        self.assertEqual(
            set(self._wait_for(self.leader)), set(self._keys(first, second, third))
        )

    def test_the_number_of_queries_does_not_depend_on_the_claims(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get_panel(self.leader).get_data()
            return self.env.cr.sql_log_count - before

        self._submit(self._claim(1))
        count()
        few = count()
        for amount in range(2, 10):
            self._submit(self._claim(amount))
        self.assertEqual(count(), few)
