# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .market_common import NOON, YEAR, MarketCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSalesCompetitor(MarketCommon):
    """Who else sells what we sell, and how often we win (policy 3.1.1)."""

    def _close(self, won=0, lost=0, rivals=None):
        rivals = self.rival if rivals is None else rivals
        for number in range(won + lost):
            lead = self._lead(sales_competitor_ids=[Command.set(rivals.ids)])
            if number < won:
                lead.action_set_won()
            else:
                lead.action_set_lost()
        self._refresh()

    # Prices

    def test_the_newest_price_stands_beside_ours(self):
        offer = self._offer()
        self._price(offer, 120, "2026-05-01")
        self._price(offer, 90, "2026-09-01")
        self._price(offer, 130, "2026-01-01")
        self.assertRecordValues(
            offer,
            [
                {
                    "newest_price": 90,
                    "newest_date": date(2026, 9, 1),
                    "our_price": 100,
                    "difference": -10,
                }
            ],
        )

    def test_of_two_prices_of_a_day_the_later_one_counts(self):
        offer = self._offer()
        self._price(offer, 120, "2026-05-01")
        self._price(offer, 110, "2026-05-01")
        self.assertEqual(offer.newest_price, 110)

    def test_prices_in_another_currency_are_compared_at_the_rate_of_their_day(self):
        currency = self.env["res.currency"].create(
            {"name": "TST", "symbol": "T", "rounding": 0.01}
        )
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": self.company.id,
                "name": "2026-01-01",
                "rate": 0.5,
            }
        )
        offer = self._offer()
        self._price(offer, 60, "2026-05-01", currency_id=currency.id)
        # 60 at half a unit are 120 of ours.
        self.assertEqual(offer.difference, 20)

    def test_our_price_is_without_taxes_as_theirs(self):
        tax = self.env["account.tax"].create(
            {
                "name": "Test 5 % included",
                "amount": 5,
                "amount_type": "percent",
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        self.product.write({"lst_price": 105, "taxes_id": [Command.set(tax.ids)]})
        offer = self._offer()
        self._price(offer, 90, "2026-05-01")
        offer = offer.with_user(self.salesperson)
        self.assertEqual((offer.our_price, offer.difference), (100, -10))

    def test_the_newest_price_of_each_competitor_is_found_at_once(self):
        other = self.rival.copy({"name": "Test Other Rival"})
        for rival, price in ((self.rival, 95), (other, 85)):
            offer = self._offer(competitor=rival)
            self._price(offer, price + 30, "2026-02-01")
            self._price(offer, price, "2026-03-01")
        prices = self.env["sales.competitor.price"]
        rivals = self.rival | other
        found = prices._get_newest(rivals, self.product | self.service)
        self.assertEqual(list(found), [self.product])
        self.assertEqual(found[self.product].mapped("price"), [85, 95])
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            prices._get_newest(rivals, self.service)

    def test_a_price_of_nothing_is_refused(self):
        offer = self._offer()
        for price in (0, -5):
            with (
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._price(offer, price, "2026-05-01")

    def test_whoever_hears_a_price_notes_it(self):
        offer = self._offer()
        price = (
            self.env["sales.competitor.price"]
            .with_user(self.salesperson)
            .create({"offer_id": offer.id, "price": 99, "origin": "tender"})
        )
        self.assertEqual(price.user_id, self.salesperson)
        self.assertEqual(price.date, date(2026, 10, 15))
        with self.assertRaises(AccessError):
            price.user_id = self.colleague

    def test_prices_are_changed_by_who_noted_them_and_by_leaders(self):
        offer = self._offer()
        price = (
            self.env["sales.competitor.price"]
            .with_user(self.salesperson)
            .create({"offer_id": offer.id, "price": 99})
        )
        price.price = 98
        others = price.with_user(self.colleague)
        self.assertEqual(others.price, 98)
        for call in (
            lambda: others.write({"price": 1}),
            others.unlink,
            # Its prices would go with it.
            offer.with_user(self.colleague).unlink,
        ):
            with self.assertRaises(AccessError):
                call()
        price.with_user(self.leader).price = 97
        offer.with_user(self.leader).unlink()
        self.assertFalse(price.exists())

    # Deals

    def test_the_win_rate_is_won_of_all_that_were_closed(self):
        self._close(won=3, lost=1)
        self._lead(sales_competitor_ids=self.rival.ids)
        self.rival.invalidate_recordset()
        self.assertRecordValues(
            self.rival,
            [{"won_count": 3, "lost_count": 1, "win_rate": 75, "open_count": 1}],
        )

    def test_each_competitor_has_a_rate_of_its_own(self):
        other = self.rival.copy({"name": "Test Other Rival"})
        self._close(won=1, rivals=self.rival)
        self._close(lost=1, rivals=self.rival | other)
        rivals = (self.rival | other).with_user(self.salesperson)
        rivals.invalidate_recordset()
        self.assertEqual(rivals.mapped("win_rate"), [50, 0])

    def test_the_metric_counts_each_opportunity_once(self):
        other = self.rival.copy({"name": "Test Other Rival"})
        self.assertIsNone(self._ask("competitive_win_rate"))
        self._close(won=1, lost=3, rivals=self.rival | other)
        self._close(won=5, rivals=self.env["sales.competitor"])
        self.assertEqual(self._ask("competitive_win_rate"), 25)
        self.assertEqual(
            self._ask("competitive_win_rate", user_id=self.salesperson.id), 25
        )
        self.assertIsNone(self._ask("competitive_win_rate", user_id=self.outsider.id))

    def test_losing_asks_for_the_competitors(self):
        lead = self._lead()
        reason = self.env["crm.lost.reason"].create({"name": "Test Price"})
        wizard = Form(
            self.env["crm.lead.lost"]
            .with_user(self.salesperson)
            .with_context(default_lead_ids=lead.ids)
        )
        wizard.lost_reason_id = reason
        wizard.sales_lost_competitor_id = self.rival
        wizard.save().action_lost_reason_apply()
        self.assertEqual(lead.won_status, "lost")
        self.assertEqual(lead.sales_lost_competitor_id, self.rival)
        self.assertEqual(lead.sales_competitor_ids, self.rival)

    def test_the_wizard_knows_who_was_named(self):
        lead = self._lead(sales_competitor_ids=self.rival.ids)
        wizard = Form(
            self.env["crm.lead.lost"]
            .with_user(self.salesperson)
            .with_context(default_lead_ids=lead.ids)
        )
        self.assertEqual(wizard.sales_competitor_ids[:], self.rival)

    def test_losing_several_keeps_their_own_competitors(self):
        other = self.rival.copy({"name": "Test Other Rival"})
        leads = self._lead(sales_competitor_ids=self.rival.ids) | self._lead()
        wizards = self.env["crm.lead.lost"].with_user(self.director)
        wizard = wizards.create(
            {"lead_ids": leads.ids, "sales_lost_competitor_id": other.id}
        )
        wizard.action_lost_reason_apply()
        self.assertEqual(leads[0].sales_competitor_ids, self.rival | other)
        self.assertEqual(leads[1].sales_competitor_ids, other)
        self.assertEqual(leads.sales_lost_competitor_id, other)

    def test_losing_several_adds_the_competitors_that_were_ticked(self):
        other = self.rival.copy({"name": "Test Other Rival"})
        leads = self._lead(sales_competitor_ids=self.rival.ids) | self._lead()
        wizards = self.env["crm.lead.lost"].with_user(self.director)
        wizard = wizards.create({"lead_ids": leads.ids})
        wizard.sales_competitor_ids += other
        wizard.action_lost_reason_apply()
        self.assertEqual(leads[0].sales_competitor_ids, self.rival | other)
        self.assertEqual(leads[1].sales_competitor_ids, other)
        self.assertFalse(leads.sales_lost_competitor_id)

    def test_whoever_sells_without_a_sales_role_loses_as_before(self):
        lead = self._lead(user_id=self.env.uid)
        user = self.env["res.users"].create(
            {
                "name": "Plain",
                "login": "plain_crm",
                "group_ids": [
                    Command.set(
                        self.env.ref("sales_team.group_sale_salesman_all_leads").ids
                    )
                ],
            }
        )
        wizard = (
            self.env["crm.lead.lost"].with_user(user).create({"lead_ids": lead.ids})
        )
        wizard.action_lost_reason_apply()
        self.assertEqual(lead.won_status, "lost")

    def test_whoever_has_no_sales_role_merges_as_before(self):
        user = self.env["res.users"].create(
            {
                "name": "Plain",
                "login": "plain_merger",
                "group_ids": [
                    Command.set(
                        self.env.ref("sales_team.group_sale_salesman_all_leads").ids
                    )
                ],
            }
        )
        leads = self._lead(sales_competitor_ids=self.rival.ids) | self._lead()
        merged = leads.with_user(user).merge_opportunity()
        self.assertEqual(merged.sudo().sales_competitor_ids, self.rival)
        merged.copy()

    def test_a_merged_opportunity_names_the_competitors_of_all(self):
        other = self.rival.copy({"name": "Test Other Rival"})
        leads = self._lead(sales_competitor_ids=self.rival.ids) | self._lead(
            sales_competitor_ids=other.ids
        )
        merged = leads.merge_opportunity()
        self.assertEqual(merged.sales_competitor_ids, self.rival | other)
        merged.action_set_won()
        self._refresh()
        rivals = self.rival | other
        rivals.invalidate_recordset()
        self.assertEqual(rivals.mapped("won_count"), [1, 1])

    def test_competitors_with_lost_deals_are_archived_not_deleted(self):
        lead = self._lead(sales_lost_competitor_id=self.rival.id)
        self.env.flush_all()
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.rival.unlink()
        self.rival.action_archive()
        self.assertEqual(lead.sales_lost_competitor_id, self.rival)

    def test_a_name_is_taken_once(self):
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.rival.copy({"name": "TEST rival"})

    def test_wins_in_another_company_are_not_shown(self):
        self._close(won=2)
        company = self.env["res.company"].create({"name": "Other"})
        self.rival.company_id = False
        self.director.company_ids += company
        rival = self.rival.with_user(self.director)
        counts = [
            rival.with_context(allowed_company_ids=ids.ids).won_count
            for ids in (self.company, company)
        ]
        self.assertEqual(counts, [2, 0])

    def test_the_period_is_that_of_the_closing(self):
        self._close(won=1)
        self.assertEqual(self._ask("competitive_win_rate", YEAR), 100)
        self.assertIsNone(self._ask("competitive_win_rate", YEAR.previous_year()))
