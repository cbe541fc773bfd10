# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .rating_common import SalesRatingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAppraisalRater(SalesRatingCommon):
    """Who is asked about whom."""

    def _propose(self):
        self.cycle.with_user(self.hr_user).action_propose_raters()

    def _add(self, user=None, partner=None, kind="peer", by=None):
        return (
            self.env["sales.appraisal.rater"]
            .with_user(by or self.hr_user)
            .create(
                {
                    "appraisal_id": self.appraisal.id,
                    "kind": kind,
                    "user_id": user and user.id,
                    "partner_id": partner and partner.id,
                }
            )
        )

    # ------------------------------------------------------------------
    # Proposal
    # ------------------------------------------------------------------

    def test_the_superior_rates(self):
        self._propose()
        self.assertEqual(self._get_raters("superior").user_id, self.leader)

    def test_without_a_leader_the_next_above_rates(self):
        self.leader.active = False
        self._propose()
        self.assertEqual(self._get_raters("superior").user_id, self.director)

    def test_peers_are_colleagues_of_the_team(self):
        self._propose()
        self.assertEqual(self._get_raters("peer").user_id, self.colleague + self.mates)

    def test_who_shares_sales_is_a_peer(self):
        order = self._create_order(partner=self.buyers[0])
        order.sales_credit_ids = [
            Command.create({"user_id": user.id, "share": 50})
            for user in (self.salesperson, self.outsider)
        ]
        order.action_confirm()
        order.date_order = "2026-09-01 12:00:00"
        self.env["sales.mart"]._refresh()
        self._propose()
        self.assertIn(self.outsider, self._get_raters("peer").user_id)

    def test_in_a_large_team_all_rate_equally_many(self):
        more = self.env["res.users"].union(
            *(
                self._create_user("salesperson", login=f"more{number}")
                for number in range(6)
            )
        )
        self.team_field.member_ids |= more
        self.cycle.action_make()
        self._propose()
        peers = self.env["sales.appraisal.rater"].search(
            [("cycle_id", "=", self.cycle.id), ("kind", "=", "peer")]
        )
        members = self.team_field.member_ids
        counts = [
            len(some)
            for user, some in peers.grouped("user_id").items()
            if user in members
        ]
        self.assertEqual(counts, [5] * len(members))

    def test_customers_of_the_period_rate(self):
        self.customer_north.email = "north@example.com"
        self._sell(1, "2026-10-02", partner=self.customer_north)
        self.env["sales.mart"]._refresh()
        self._propose()
        self.assertEqual(self._get_raters("customer").partner_id, self.buyers)

    def test_of_a_customer_without_address_a_contact_rates(self):
        self.buyers[0].write({"email": False, "is_company": True})
        contact = self.env["res.partner"].create(
            {
                "name": "Purchaser",
                "parent_id": self.buyers[0].id,
                "email": "purchaser@example.com",
            }
        )
        self._propose()
        self.assertIn(contact, self._get_raters("customer").partner_id)
        self.assertNotIn(self.buyers[0], self._get_raters("customer").partner_id)

    def test_reports_rate_their_leader(self):
        self._propose()
        reports = self._get_raters("report", self._get_appraisal(self.leader))
        self.assertEqual(reports.user_id, self.salesperson + self.colleague)

    def test_everybody_appraises_themselves_if_the_template_says_so(self):
        self._propose()
        self.assertEqual(self._get_raters("self").user_id, self.salesperson)

    def test_who_left_is_not_proposed(self):
        self.colleague.active = False
        self._propose()
        self.assertNotIn(self.colleague, self._get_raters("peer").user_id)

    def test_a_second_proposal_adds_nothing(self):
        self._propose()
        chosen = self.env["sales.appraisal.rater"].search([])
        self._propose()
        self.assertEqual(self.env["sales.appraisal.rater"].search([]), chosen)

    def test_a_choice_is_kept(self):
        self._add(self.outsider)
        self._propose()
        self.assertEqual(self._get_raters("peer").user_id, self.outsider)

    def test_the_proposal_does_not_depend_on_the_number_of_people(self):
        """But for one statement more for each hundred rows that Odoo writes."""

        def count():
            self._propose()  # what is read once
            self.env["sales.appraisal.rater"].search([]).unlink()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._propose()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few = count()
        more = self.env["res.users"].union(
            *(
                self._create_user("salesperson", login=f"more{number}")
                for number in range(8)
            )
        )
        self.team_field.member_ids |= more
        self.cycle.action_make()
        self.env["sales.appraisal.rater"].search([]).unlink()
        self.assertLessEqual(count(), few + 4)

    # ------------------------------------------------------------------
    # Choice
    # ------------------------------------------------------------------

    def test_a_rater_keeps_the_name_of_the_day(self):
        rater = self._add(self.outsider)
        name = rater.name
        self.outsider.name = "Other Name"
        self.assertEqual(rater.name, name)

    def test_nobody_rates_themselves(self):
        for kind in ("peer", "superior"):
            with self.subTest(kind), self.assertRaises(ValidationError):
                self._add(self.salesperson, kind=kind)
        with self.assertRaises(ValidationError):
            self._add(self.colleague, kind="self")

    def test_a_customer_is_a_partner_and_a_peer_a_user(self):
        for values in (
            {"kind": "customer", "user": self.colleague},
            {"kind": "peer", "partner": self.customer_north},
            {"kind": "peer"},
            {"kind": "peer", "user": self.colleague, "partner": self.customer_north},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._add(**values)

    @mute_logger("odoo.sql_db")
    def test_nobody_rates_twice(self):
        self._add(self.colleague)
        with self.assertRaises(UniqueViolation):
            self._add(self.colleague, kind="superior")

    def test_who_left_does_not_rate(self):
        self.colleague.active = False
        with self.assertRaises(ValidationError):
            self._add(self.colleague)

    def test_only_parts_of_the_template_are_rated(self):
        part = self.appraisal.part_ids.filtered(lambda part: part.kind == "peer")
        part.unlink()
        with self.assertRaises(ValidationError):
            self._add(self.colleague)

    def test_raters_stay_once_people_rate(self):
        """Otherwise the number of answers would tell whether they have answered."""
        self.cycle.action_start_rating()
        with self.assertRaises(UserError):
            self._get_raters("peer")[:1].with_user(self.hr_user).unlink()

    def test_who_is_added_late_is_asked_at_once(self):
        self.cycle.action_start_rating()
        rater = self._add(self.outsider)
        rating = self.env["sales.appraisal.rating"].search(
            [("rater_id", "=", rater.id)]
        )
        self.assertEqual(rating.user_id, self.outsider)

    def test_who_is_appraised_late_is_rated_too(self):
        self.cycle.action_start_rating()
        late = self._create_user("salesperson", login="late")
        self.team_field.member_ids |= late
        self.cycle.action_make()
        self._propose()
        appraisal = self._get_appraisal(late)
        asked = self._get_ratings("superior", appraisal)
        self.assertEqual(asked.user_id, self.leader)

    def test_nobody_is_added_after_the_round(self):
        self.cycle.action_start_rating()
        self.cycle.action_calibrate()
        with self.assertRaises(UserError):
            self._add(self.outsider)

    def test_only_hr_and_directors_see_who_is_asked(self):
        self._propose()
        raters = self.env["sales.appraisal.rater"]
        for user in (self.salesperson, self.leader, self.colleague):
            with self.subTest(user.name), self.assertRaises(AccessError):
                raters.with_user(user).search([])
        self.assertTrue(raters.with_user(self.hr_user).search([]))

    def test_nobody_sees_who_is_asked_about_themselves(self):
        appraisal = self._get_appraisal(self.leader)
        self.leader.group_ids += self.env.ref("hr.group_hr_user")
        self._propose()
        seen = self.env["sales.appraisal.rater"].with_user(self.leader).search([])
        self.assertTrue(seen)
        self.assertNotIn(appraisal, seen.appraisal_id)
