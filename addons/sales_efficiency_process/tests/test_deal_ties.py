# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from ..engine.deal import ConcernsSettled, ContractSigned, NegotiationPrepared
from ..engine.need import GradedNeed, SolutionMade
from .deal_common import DealCommon

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


@tagged("post_install", "-at_install")
@freeze_time("2026-10-20 12:00:00")
class TestDealTies(DealCommon):
    """Lost time and playbooks know of negotiations, contracts, needs and solutions."""

    def _get_lost(self, code):
        """:return: dict id of a document -> its working days and money at stake"""
        waste = self.env["sales.waste"]._find_waste(Scope(self.company.id), [code])
        self.env.flush_all()
        return {
            id_: (float(days), money and float(money))
            for id_, days, money in waste.get_documents(OCTOBER)
        }

    def _agree(self, day, **values):
        contract = self._create_contract(contract_amount=500, **values).sudo()
        contract.agreed_on = day
        return contract

    # Lost time

    def test_days_until_the_signature_are_lost_beyond_those_allowed(self):
        """From Monday the 5th to Monday the 19th there are 10 working days; the
        settings allow 5."""
        contract = self._agree("2026-10-05", lead_id=self.lead.id)
        with freeze_time("2026-10-19 12:00:00"):
            self.assertEqual(self._get_lost("signature"), {contract.id: (5, 500)})

    def test_a_signed_contract_waits_no_longer(self):
        contract = self._agree("2026-10-05")
        contract.with_context(skip_validation_check=True).write(
            {"state": "signed", "signature_date": "2026-10-14"}
        )
        [lost] = self._get_lost("signature").values()
        self.assertEqual(lost, (2, None))
        contract.with_context(skip_validation_check=True).signature_date = "2026-10-07"
        self.assertFalse(self._get_lost("signature"))

    def test_what_is_not_agreed_does_not_wait(self):
        self._create_contract()
        self.assertFalse(self._get_lost("signature"))

    def test_many_versions_of_a_quotation_cost_the_time_between_them(self):
        order = self._create_offer((10, 100.0))
        for day, price in (("05", 100), ("07", 98), ("12", 95)):
            order.order_line.price_unit = price
            with freeze_time(f"2026-10-{day} 12:00:00"):
                self._send(order)
            if day != "12":
                self.assertFalse(self._get_lost("versions"))
        self.assertEqual(self._get_lost("versions"), {order.id: (5, 950)})

    # Playbook

    def _is_met(self, kind):
        self.env.flush_all()
        return bool(kind(self.env).find_met(self.lead.sudo(), None))

    def test_a_stage_may_require_a_negotiation(self):
        self.assertFalse(self._is_met(NegotiationPrepared))
        self.assertTrue(self._is_met(ConcernsSettled), "There are none.")
        negotiation = self.env["sales.negotiation"].create({"lead_id": self.lead.id})
        self.assertFalse(self._is_met(NegotiationPrepared))
        negotiation.write({"goal_amount": 980, "bottom_amount": 900})
        self.assertTrue(self._is_met(NegotiationPrepared))
        concern = self.env["sales.negotiation.concern"].create(
            {"negotiation_id": negotiation.id, "name": "The price"}
        )
        self.assertFalse(self._is_met(ConcernsSettled))
        concern.is_settled = True
        self.assertTrue(self._is_met(ConcernsSettled))

    def test_a_stage_may_require_a_signed_contract(self):
        contract = self._agree("2026-10-05", lead_id=self.lead.id)
        self.assertFalse(self._is_met(ContractSigned))
        contract.with_context(skip_validation_check=True).write(
            {"state": "signed", "signature_date": "2026-10-14"}
        )
        self.assertTrue(self._is_met(ContractSigned))

    def test_a_stage_may_require_a_need_and_a_solution(self):
        values = {
            "name": "Faster",
            "partner_id": self.customer_north.id,
            "company_id": self.company.id,
            "lead_id": self.lead.id,
        }
        grades = dict.fromkeys(("urgency", "importance", "feasibility"), "4")
        need = self.env["sales.need"].create({**values, **grades, "kind": "particular"})
        self.assertFalse(self._is_met(GradedNeed), "One grade is missing.")
        need.fit = "4"
        self.assertTrue(self._is_met(GradedNeed))
        need.state = "dropped"
        self.assertFalse(self._is_met(GradedNeed), "It counts no more.")
        self.assertFalse(self._is_met(SolutionMade))
        self.env["sales.solution"].create({**values, "user_id": self.salesperson.id})
        self.assertTrue(self._is_met(SolutionMade))

    def test_all_kinds_can_be_chosen(self):
        kinds = self.env["sales.playbook.requirement"]._get_requirement_kinds()
        self.assertLessEqual(
            {"concerns", "contract", "need", "negotiation", "solution", "visit"},
            kinds.keys(),
        )
        lead = self.lead.with_user(self.salesperson)
        for code, kind in kinds.items():
            if code != "field":
                action = kind(lead.env).get_link(lead, None)
                self.assertEqual(action["type"], "ir.actions.act_window", code)
