# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .funnel_common import FunnelCommon


@tagged("post_install", "-at_install")
class TestStayAlert(FunnelCommon):
    """The leader is told of opportunities that stay too long (section B4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.alert.rule"].search([]).active = False
        cls.rule = cls.env["sales.alert.rule"].create(
            {"name": "Too long", "kind": "stay", "company_id": cls.company.id}
        )
        cls.playbook = cls.env["sales.playbook"].create(
            {"stage_id": cls.new.id, "company_id": cls.company.id, "longest_stay": 10}
        )
        cls.lead = cls._lead(expected_revenue=500)

    def _alerts(self):
        self.env["sales.alert"]._evaluate_rules()
        domain = [("res_model", "=", "crm.lead"), ("res_id", "=", self.lead.id)]
        return self.env["sales.alert"].search(domain, order="id")

    def test_within_the_limit_nobody_is_told(self):
        self._wait(self.lead, 10)  # at most 8 working days
        self.assertFalse(self._alerts())

    def test_beyond_the_limit_the_salesperson_and_the_leader_are_told(self):
        self._wait(self.lead, 17)  # 11 to 13 working days
        alert = self._alerts()
        self.assertRecordValues(
            alert,
            [
                {
                    "severity": "warning",
                    "state": "open",
                    "responsible_id": self.salesperson.id,
                    "team_id": self.team_field.id,
                    "stay_stage_id": self.new.id,
                    "stay_limit": 10,
                    "stay_money": 500,
                }
            ],
        )
        self.assertIn(alert.stay_days, (11, 12, 13))
        alert._tell()
        self.assertEqual(alert.activity_ids.user_id, self.salesperson | self.leader)

    def test_beyond_twice_the_limit_it_is_critical(self):
        self._wait(self.lead, 40)
        self.assertEqual(self._alerts().severity, "critical")

    def test_it_recovers_when_the_opportunity_moves_on(self):
        self._wait(self.lead, 17)
        alert = self._alerts()
        self._move(self.lead, self.qualified)
        self._alerts()
        self.assertEqual((alert.state, alert.outcome), ("closed", "recovered"))

    def test_each_stay_has_its_own_warning(self):
        self._wait(self.lead, 17)
        self._alerts()
        self._move(self.lead, self.qualified)
        self._move(self.lead, self.new)
        self._wait(self.lead, 17)
        self.assertEqual(self._alerts().mapped("state"), ["closed", "open"])

    def test_a_lost_or_won_opportunity_waits_for_nothing(self):
        self._wait(self.lead, 17)
        self.lead.action_set_lost()
        self.assertFalse(self._alerts())

    def test_no_limit_no_warning(self):
        self.playbook.longest_stay = 0
        self._wait(self.lead, 100)
        self.assertFalse(self._alerts())

    def test_other_companies_have_their_own_limits(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.playbook.company_id = other
        self._wait(self.lead, 100)
        self.assertFalse(self._alerts())

    def test_queries_do_not_grow_with_opportunities(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.rule._get_judgements()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for _number in range(10):
            self._lead()
        self.assertEqual(count(), few)
