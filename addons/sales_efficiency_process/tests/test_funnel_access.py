# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged, users

from .funnel_common import FunnelCommon


@tagged("post_install", "-at_install")
class TestFunnelAccess(FunnelCommon):
    """Who sees how long opportunities take."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._lead()
        cls.of_colleague = cls._lead(user_id=cls.colleague.id)
        cls.of_other = cls._lead(
            user_id=cls.outsider.id, team_id=cls.team_other.id, stage_id=cls.new.id
        )
        cls.all = cls.own | cls.of_colleague | cls.of_other
        cls.portal = new_test_user(cls.env, "funnel_portal", groups="base.group_portal")
        cls.env.flush_all()

    def _seen(self):
        domain = [("lead_id", "in", self.all.ids)]
        return self.env["sales.stage.report"].search(domain).lead_id

    @users("test_salesperson")
    def test_a_salesperson_sees_their_own(self):
        self.assertEqual(self._seen(), self.own)

    @users("test_leader")
    def test_a_leader_sees_the_team(self):
        self.assertEqual(self._seen(), self.own | self.of_colleague)

    @users("test_director")
    def test_a_director_sees_all(self):
        self.assertEqual(self._seen(), self.all)

    def test_other_companies_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other"})
        lead = self._lead(
            company_id=other.id, team_id=False, user_id=False, partner_id=False
        )
        self.env.flush_all()
        stays = self.env["sales.stage.report"].with_user(self.director)
        self.assertFalse(stays.search([("lead_id", "=", lead.id)]))

    @users("test_director")
    def test_nobody_writes_history(self):
        history = self.env["sales.stage.history"]
        stay = self.env["sales.stage.report"].search([], limit=1)
        for attempt in (
            lambda: history.search([]),
            lambda: history.create({"lead_id": self.own.id}),
            lambda: history.browse(stay.id).write({"left_at": False}),
            lambda: stay.write({"days": 1}),
            lambda: stay.unlink(),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_customers_learn_nothing(self):
        """By call, export, group-by and search on the fields of opportunities."""
        leads = self.own.with_user(self.portal)
        for name in ("sales_playbook", "sales_missing", "sales_stay_ids", "alert_ids"):
            for ask in (
                lambda name=name: leads.read([name]),
                lambda name=name: leads.export_data([name]),
                lambda name=name: leads.search([(name, "!=", False)]),
                lambda name=name: leads.formatted_read_group([], [name], ["__count"]),
            ):
                # Customers may not even export.
                with self.subTest(name), self.assertRaises(UserError):
                    ask()
        for model in (
            "sales.stage.history",
            "sales.stage.report",
            "sales.playbook",
            "sales.playbook.requirement",
            "sales.waste",
            "sales.waste.finder",
            "sales.funnel",
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.portal).search_read([], ["id"])

    @users("test_salesperson")
    def test_a_playbook_is_read_by_all_and_written_by_directors(self):
        playbook = (
            self.env["sales.playbook"]
            .sudo()
            .create({"stage_id": self.new.id, "company_id": self.company.id})
        )
        playbook = playbook.sudo(False)
        self.assertEqual(playbook.stage_id, self.new)
        with self.assertRaises(AccessError):
            playbook.longest_stay = 3
