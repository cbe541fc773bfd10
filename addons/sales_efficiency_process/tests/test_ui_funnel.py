# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import HttpCase, tagged

from .funnel_common import FunnelCommon


class UiFunnelCommon(FunnelCommon, HttpCase):
    """A deal that waits, and a playbook that asks for its expected revenue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.playbook"].create(
            {
                "stage_id": cls.new.id,
                "company_id": cls.company.id,
                "longest_stay": 5,
            }
        )
        cls.env["sales.playbook"].create(
            {
                "stage_id": cls.qualified.id,
                "company_id": cls.company.id,
                "requirement_ids": [
                    Command.create(
                        {
                            "kind": "field",
                            "field_name": "date_deadline",
                            "is_blocking": True,
                        }
                    ),
                    Command.create({"kind": "decider"}),
                ],
            }
        )
        cls.lead = cls._lead("Tour Deal", expected_revenue=5000)
        cls.customer_north.user_id = cls.salesperson
        cls._wait(cls.lead, 30)


@tagged("post_install", "-at_install")
class TestUiFunnel(UiFunnelCommon):
    """Playbook, funnel and lost time in the browser."""

    browser_size = "1366x768"

    def test_salesperson_is_refused_and_sees_what_is_missing(self):
        self.start_tour(
            f"/odoo/crm/{self.lead.id}",
            "sales_funnel_playbook",
            login="test_salesperson",
        )
        self.env.invalidate_all()
        self.assertEqual(self.lead.stage_id, self.new)

    def test_leader_finds_lost_time_and_acts(self):
        self.start_tour(
            "/odoo/sales-waste-finder", "sales_funnel_waste", login="test_leader"
        )
        waste = self.env["sales.waste"].search([("owner_id", "=", self.leader.id)])
        self.assertEqual(waste.code, "waiting")
        self.assertEqual(waste.action_ids.metric_id.code, "waste_waiting")

    def test_director_looks_at_the_funnel(self):
        self.start_tour("/odoo/sales-funnel", "sales_funnel", login="test_director")

    def test_director_writes_a_playbook(self):
        self.start_tour(
            "/odoo/sales-playbook", "sales_funnel_write", login="test_director"
        )
        playbook = self.env["sales.playbook"].search([("stage_id", "=", self.offer.id)])
        self.assertEqual(playbook.longest_stay, 12)
        self.assertEqual(playbook.requirement_ids.kind, "quotation")

    def test_leader_sees_the_longest_waits_in_the_cockpit(self):
        self.start_tour(
            "/odoo/sales-cockpit", "sales_funnel_cockpit", login="test_leader"
        )


@tagged("post_install", "-at_install")
class TestUiFunnelPhone(UiFunnelCommon):
    """The waste finder on a phone."""

    browser_size = "375x667"
    touch_enabled = True

    def test_leader_finds_lost_time(self):
        self.start_tour(
            "/odoo/sales-waste-finder", "sales_funnel_phone", login="test_leader"
        )
