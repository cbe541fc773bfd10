# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .deal_common import DealCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestNegotiation(DealCommon):
    """Rounds, concessions against the first offer, and what we got for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.env["res.partner"].create(
            {"name": "Nora North", "parent_id": cls.customer_north.id}
        )

    def _negotiate(self, user=None, **values):
        lead = self.lead.with_user(user or self.salesperson)
        action = lead.action_negotiate()
        negotiation = lead.env["sales.negotiation"].browse(action["res_id"])
        negotiation.write({"goal_amount": 980, "bottom_amount": 900, **values})
        return negotiation

    def _add_round(self, negotiation, date="2026-10-12", **values):
        rounds = negotiation.env["sales.negotiation.round"]
        return rounds.create({"negotiation_id": negotiation.id, "date": date, **values})

    def test_one_negotiation_for_an_opportunity(self):
        negotiation = self._negotiate()
        action = self.lead.with_user(self.salesperson).action_negotiate()
        self.assertEqual(action["res_id"], negotiation.id)
        self.assertEqual(negotiation.company_id, self.company)
        self.assertEqual(negotiation.partner_id, self.customer_north)

    def test_it_moves_to_another_company_with_the_opportunity(self):
        negotiation = self._negotiate()
        company = self.env["res.company"].create({"name": "Company B"})
        self.lead.write({"company_id": company.id, "user_id": False, "team_id": False})
        self.assertEqual(negotiation.sudo().company_id, company)
        self.lead.company_id = False
        self.assertEqual(negotiation.sudo().company_id, company)

    def test_the_concession_is_computed_against_the_first_version(self):
        """For what is offered now: fewer pieces are no concession."""
        order = self._create_offer((10, 100.0))
        self._send(order)
        order.order_line.write({"price_unit": 95, "product_uom_qty": 5})
        version = self._send(order)
        negotiation = self._negotiate()
        round_ = self._add_round(negotiation, version_id=version.id)
        self.assertEqual(negotiation.first_amount, 1000)
        self.assertAlmostEqual(round_.offered_amount, 475)
        self.assertAlmostEqual(round_.concession_amount, 25)
        self.assertAlmostEqual(round_.concession_percent, 5)
        self.assertAlmostEqual(negotiation.concession_amount, 25)
        self.assertTrue(negotiation.is_below_bottom)

    def test_the_first_version_of_another_quotation_counts(self):
        """A duplicate does not make the first offer forgotten."""
        first = self._create_offer((10, 100.0))
        self._send(first)
        with freeze_time("2026-10-16 12:00:00"):
            version = self._send(self._create_offer((10, 92.0)))
        round_ = self._add_round(self._negotiate(), version_id=version.id)
        self.assertAlmostEqual(round_.concession_percent, 8)

    def test_the_first_offer_is_that_which_the_user_may_see(self):
        """Directors see that of another team, leaders do not."""
        foreign = self._create_offer(
            (10, 100.0), user_id=self.outsider.id, team_id=self.team_other.id
        )
        foreign.action_quotation_sent()
        with freeze_time("2026-10-16 12:00:00"):
            self._send(self._create_offer((10, 90.0)))
        negotiation = self._negotiate()
        for user, amount in ((self.director, 1000), (self.leader, 900)):
            seen = negotiation.with_user(user)
            self.assertEqual(seen.first_amount, amount)
            self.assertEqual(seen.offer_amount, amount)

    def test_an_offer_in_words(self):
        self._send(self._create_offer((10, 100.0)))
        negotiation = self._negotiate()
        self._add_round(negotiation, offer_amount=940, demand_amount=850)
        self.assertAlmostEqual(negotiation.offer_amount, 940)
        self.assertAlmostEqual(negotiation.concession_percent, 6)
        self.assertAlmostEqual(negotiation.room_amount, 40)
        self.assertFalse(negotiation.is_below_bottom)

    def test_without_a_first_version_there_is_no_concession(self):
        negotiation = self._negotiate()
        round_ = self._add_round(negotiation, offer_amount=940)
        self.assertEqual(round_.concession_amount, 0)
        self.assertEqual(negotiation.room_amount, 40)

    def test_before_the_first_round_the_first_version_is_the_offer(self):
        self._send(self._create_offer((10, 100.0)))
        negotiation = self._negotiate()
        self.assertEqual(negotiation.offer_amount, 1000)
        self.assertEqual(negotiation.room_amount, 100)

    def _add_euro(self):
        """0.92 euros for one unit of the currency of the company"""
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "company_id": self.company.id,
                "name": "2026-01-01",
                "rate": 0.92,
            }
        )
        return euro

    def test_a_version_in_another_currency(self):
        euro = self._add_euro()
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        self._send(self._create_offer((10, 100.0)))
        with freeze_time("2026-10-16 12:00:00"):
            version = self._send(
                self._create_offer((10, 87.4), pricelist_id=pricelist.id)
            )
        round_ = self._add_round(self._negotiate(), version_id=version.id)
        self.assertAlmostEqual(round_.offered_amount, 950)
        self.assertAlmostEqual(round_.concession_amount, 50)
        self.assertAlmostEqual(round_.concession_percent, 5)

    def test_who_gives_way_for_nothing_is_asked_what_for(self):
        self._send(self._create_offer((10, 100.0)))
        negotiation = self._negotiate()
        first = self._add_round(negotiation, "2026-10-12", offer_amount=960)
        same = self._add_round(negotiation, "2026-10-13", offer_amount=960)
        self.assertTrue(first.is_for_nothing)
        self.assertFalse(same.is_for_nothing)
        first.counterpart = "Payment in ten days"
        self.assertFalse(first.is_for_nothing)

    def test_a_round_is_written_down_with_its_concerns(self):
        negotiation = self._negotiate()
        with Form(negotiation) as form, form.round_ids.new() as round_:
            round_.demand = "A year of warranty more"
            round_.contact_ids.add(self.contact)
            with round_.concern_ids.new() as concern:
                concern.kind = "service"
                concern.name = "Who comes when it breaks?"
        self.assertEqual(negotiation.round_ids.contact_ids, self.contact)
        self.assertEqual(negotiation.concern_ids.name, "Who comes when it breaks?")
        self.assertEqual(negotiation.open_concern_count, 1)
        negotiation.concern_ids.is_settled = True
        self.assertEqual(negotiation.open_concern_count, 0)

    def test_a_concern_of_another_negotiation(self):
        other = self.lead.copy({"name": "Other"})
        foreign = self.env["sales.negotiation"].create({"lead_id": other.id})
        round_ = self._add_round(foreign)
        with self.assertRaisesRegex(ValidationError, "another negotiation"):
            self._negotiate().concern_ids = [
                Command.create({"name": "Why?", "round_id": round_.id})
            ]

    def test_the_bottom_line_is_not_above_the_goal(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._negotiate(goal_amount=900, bottom_amount=980)
            self.env.flush_all()

    def test_no_negative_bottom_line(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._negotiate(bottom_amount=-1)
            self.env.flush_all()

    def test_it_is_closed_once(self):
        negotiation = self._negotiate()
        negotiation.action_agree()
        self.assertEqual(negotiation.state, "agreed")
        self.assertEqual(str(negotiation.closed_on), "2026-10-15")
        with self.assertRaisesRegex(UserError, "closed already"):
            negotiation.action_fail()
        negotiation.action_reopen()
        self.assertEqual(negotiation.state, "open")
        with self.assertRaises(AccessError):
            negotiation.state = "agreed"

    def test_a_contract_follows_an_agreement(self):
        order = self._create_offer((10, 100.0))
        negotiation = self._negotiate()
        negotiation.action_agree()
        action = negotiation.action_make_contract()
        contract = self.env["agreement"].browse(action["res_id"])
        self.assertEqual(contract.lead_id, self.lead)
        self.assertEqual(contract.order_ids, order)
        self.assertEqual(contract.contract_amount, 1000)
        self.assertEqual(str(contract.agreed_on), "2026-10-15")
        again = negotiation.action_make_contract()
        self.assertEqual(again["res_id"], contract.id)

    def test_merged_opportunities_have_one_negotiation(self):
        self._negotiate(goal="A reference")
        other = self.lead.copy({"name": "Other"})
        second = self.env["sales.negotiation"].create(
            {"lead_id": other.id, "goal": "A longer term"}
        )
        self._add_round(second, offer_amount=950)
        left = (self.lead + other).merge_opportunity(auto_unlink=False)
        self.assertEqual(len(left.sales_negotiation_ids), 1)
        kept = left.sales_negotiation_ids
        self.assertIn("A reference", kept.goal)
        self.assertIn("A longer term", kept.goal)
        self.assertEqual(kept.round_ids.offer_amount, 950)

    def test_merged_negotiations_keep_the_bottom_line(self):
        self._negotiate(bottom_amount=0, their_limit_amount=950)
        other = self.lead.copy({"name": "Other"})
        self.env["sales.negotiation"].create(
            {"lead_id": other.id, "bottom_amount": 900, "their_goal_amount": 850}
        )
        left = (self.lead + other).merge_opportunity(auto_unlink=False)
        self.assertRecordValues(
            left.sales_negotiation_ids,
            [
                {
                    "goal_amount": 980,
                    "bottom_amount": 900,
                    "their_goal_amount": 850,
                    "their_limit_amount": 950,
                }
            ],
        )

    def test_merging_invents_no_goal(self):
        kept = self._negotiate(goal_amount=0, bottom_amount=900).sudo()
        other = self.lead.copy({"name": "Other"})
        self.env["sales.negotiation"].create({"lead_id": other.id})._move_to(kept)
        self.assertRecordValues(kept, [{"goal_amount": 0, "bottom_amount": 900}])

    def test_a_bottom_line_above_the_goal_of_the_other_raises_it(self):
        kept = self._negotiate(goal_amount=800, bottom_amount=0).sudo()
        other = self.lead.copy({"name": "Other"})
        second = self.env["sales.negotiation"].create(
            {"lead_id": other.id, "bottom_amount": 900}
        )
        second._move_to(kept)
        self.assertRecordValues(kept, [{"goal_amount": 900, "bottom_amount": 900}])

    def test_merged_amounts_in_another_currency_are_converted(self):
        euro = self._add_euro()
        kept = self._negotiate(bottom_amount=0).sudo()
        other = self.lead.copy({"name": "Other"})
        second = self.env["sales.negotiation"].create(
            {"lead_id": other.id, "currency_id": euro.id, "bottom_amount": 828}
        )
        self._add_round(second, offer_amount=874, demand_amount=782)
        second._move_to(kept)
        self.assertAlmostEqual(kept.bottom_amount, 900)
        self.assertRecordValues(
            kept.round_ids, [{"offer_amount": 950, "demand_amount": 850}]
        )

    def test_merging_takes_a_negotiation_along(self):
        other = self.lead.copy({"name": "Other", "priority": "3"})
        negotiation = self._negotiate()
        left = (other + self.lead).merge_opportunity(auto_unlink=True)
        self.assertEqual(negotiation.sudo().exists().lead_id, left)

    def test_the_number_of_queries_does_not_depend_on_that_of_rounds(self):
        order = self._create_offer((10, 100.0))
        self._send(order)
        negotiation = self._negotiate()

        def add(count):
            for number in range(count):
                self._add_round(negotiation, offer_amount=990 - number)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            negotiation.round_ids.mapped("is_for_nothing")
            return self.env.cr.sql_log_count - before

        add(2)
        count()  # fills caches of the registry
        few = count()
        add(20)
        self.assertEqual(count(), few)
