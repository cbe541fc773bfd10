# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import freeze_time, tagged

from .allocation_common import AllocationCommon

NOVEMBER = "2026-11-02 12:00:00"


@tagged("post_install", "-at_install")
class TestSalesAllocationApplication(AllocationCommon):
    """A scenario is approved, applied from its day, and undone until something is
    sold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._create_user("director", login="second_director")
        with freeze_time("2026-10-15 12:00:00"):
            cls._add_work()

    def _prepare(self, **values):
        """Calculate and submit a scenario with moves A to 2, D and E to 1."""
        with freeze_time("2026-10-15 12:00:00"):
            allocation = self._create_allocation(
                limits_moves=True, most_moves=3, **values
            )
            self._calculate(allocation)
            allocation.action_submit()
        return allocation

    def _apply(self, **values):
        allocation = self._prepare(**values)
        with freeze_time(NOVEMBER):
            allocation.with_user(self.second).action_approve()
        return allocation

    def _get_leads(self, name):
        return self.env["crm.lead"].search(
            [("partner_id", "=", self.customers[name].id)]
        )

    def _get_hand_overs(self):
        return self.env["mail.activity"].search(
            Domain("sales_allocation_id", "!=", False)
        )

    # Approval

    def test_another_director_approves(self):
        allocation = self._prepare()
        self.assertEqual(allocation.state, "submitted")
        with self.assertRaisesRegex(UserError, "requested this yourself"):
            allocation.with_user(self.director).action_approve()

    def test_what_was_submitted_does_not_change(self):
        allocation = self._prepare()
        with self.assertRaisesRegex(UserError, "Take it back to draft"):
            allocation.line_ids[0].with_user(self.director).override_id = self.people[0]
        with self.assertRaisesRegex(UserError, "Take it back to draft"):
            allocation.most_moves = 99
        with self.assertRaisesRegex(UserError, "Take it back to draft"):
            allocation.person_ids[0].capacity = 99

    def test_what_moves_nobody_is_not_submitted(self):
        allocation = self._create_allocation()
        with self.assertRaisesRegex(UserError, "nothing would change"):
            allocation.action_submit()

    # Application

    def test_it_is_applied_from_its_day(self):
        allocation = self._prepare()
        with freeze_time("2026-10-20 12:00:00"):
            allocation.with_user(self.second).action_approve()
            self._run_job()
            self.assertEqual(allocation.state, "approved")
            self.assertEqual(self.customers["A"].user_id, self.people[2])
        with freeze_time("2026-11-01 12:00:00"):
            self._run_job()
        self.assertEqual(allocation.state, "applied", allocation.problem)
        self.assertEqual(self.customers["A"].user_id, self.people[1])
        self.assertEqual(self.customers["D"].user_id, self.people[0])
        self.assertEqual(self.customers["G"].user_id, self.people[2])

    def test_opportunities_and_to_dos_move_along(self):
        lead = self._get_leads("A")[0]
        to_do = lead.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.people[2].id
        )
        won = self._get_leads("A")[1]
        won.action_set_won()
        self._apply()
        self.assertEqual(lead.user_id, self.people[1])
        self.assertEqual(to_do.user_id, self.people[1])
        self.assertEqual(won.user_id, self.people[2])

    def test_they_stay_if_wished(self):
        self._apply(moves_opportunities=False, moves_to_dos=False)
        self.assertEqual(self._get_leads("A").user_id, self.people[2])

    def test_contacts_of_the_customer_go_along(self):
        contact, other = self.env["res.partner"].create(
            [
                {
                    "name": "Contact",
                    "parent_id": self.customers["A"].id,
                    "user_id": user.id,
                }
                for user in (self.people[2], self.outsider)
            ]
        )
        to_do = contact.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.people[2].id
        )
        self._apply()
        self.assertEqual(contact.user_id, self.people[1])
        self.assertEqual(to_do.user_id, self.people[1])
        self.assertEqual(other.user_id, self.outsider)

    def test_the_new_person_is_asked_to_take_over(self):
        self._apply()
        to_dos = self._get_hand_overs()
        self.assertEqual(len(to_dos), 3)
        own = to_dos.filtered(lambda a: a.res_id == self.customers["A"].id)
        self.assertEqual(own.user_id, self.people[1])
        self.assertIn(self.people[2].name, own.summary)
        self.assertEqual(str(own.date_deadline), "2026-11-16")

    def test_credit_of_past_sales_is_untouched(self):
        with freeze_time("2026-10-10 12:00:00"):
            order = self._sell(
                1, "2026-10-10", partner=self.customers["A"], user=self.people[2]
            )
        self._apply()
        self.env["sales.mart"]._refresh()
        facts = self.env["sales.fact"].search(
            [("partner_id", "=", self.customers["A"].id), ("source", "=", "order")]
        )
        self.assertEqual(facts.user_id, self.people[2])
        self.assertEqual(order.user_id, self.people[2])

    def test_who_has_changed_meanwhile_is_left_alone(self):
        allocation = self._prepare()
        self.customers["A"].user_id = self.outsider
        with freeze_time(NOVEMBER):
            allocation.with_user(self.second).action_approve()
        self.assertEqual(self.customers["A"].user_id, self.outsider)
        self.assertIn("Customer A", allocation.message_ids[0].body)

    def test_subsidiaries_stay_where_they_are(self):
        """They are customers of their own, with opportunities of their own."""
        subsidiary = self.env["res.partner"].create(
            {
                "name": "Subsidiary of A",
                "is_company": True,
                "parent_id": self.customers["A"].id,
                "user_id": self.people[2].id,
            }
        )
        lead = self.env["crm.lead"].create(
            {
                "name": "With the subsidiary",
                "type": "opportunity",
                "partner_id": subsidiary.id,
                "user_id": self.people[2].id,
                "company_id": self.company.id,
            }
        )
        allocation = self._prepare()
        line = allocation.line_ids.filtered(lambda line: line.partner_id == subsidiary)
        self.assertEqual(line.final_id, self.people[2])
        with freeze_time(NOVEMBER):
            allocation.with_user(self.second).action_approve()
        self.assertEqual(self.customers["A"].user_id, self.people[1])
        self.assertEqual(subsidiary.user_id, self.people[2])
        self.assertEqual(lead.user_id, self.people[2])

    def test_nobody_who_has_left_is_given_customers(self):
        allocation = self._prepare()
        self.people[1].active = False
        with freeze_time(NOVEMBER):
            allocation.with_user(self.second).action_approve()
        self.assertEqual(self.customers["A"].user_id, self.people[2])
        self.assertEqual(self.customers["D"].user_id, self.people[0])
        self.assertIn("Customer A", allocation.message_ids[0].body)

    def test_archived_customers_stay_where_they_are(self):
        allocation = self._prepare()
        self.customers["A"].active = False
        with freeze_time(NOVEMBER):
            allocation.with_user(self.second).action_approve()
        self.assertEqual(self.customers["A"].user_id, self.people[2])

    # Undo

    def test_it_is_undone_in_one_click(self):
        leads = self._get_leads("A")
        team = leads.team_id
        allocation = self._apply()
        with freeze_time("2026-11-05 12:00:00"):
            allocation.with_user(self.director).action_undo()
        self.assertEqual(allocation.state, "undone")
        self.assertEqual(self.customers["A"].user_id, self.people[2])
        self.assertEqual(leads.user_id, self.people[2])
        self.assertEqual(leads.team_id, team)
        self.assertFalse(self._get_hand_overs())
        self.assertTrue(all(allocation.change_ids.mapped("is_undone")))

    def test_it_is_not_undone_once_something_was_sold(self):
        allocation = self._apply()
        with freeze_time("2026-11-05 12:00:00"):
            self._sell(
                1, "2026-11-05", partner=self.customers["A"], user=self.people[1]
            )
            with self.assertRaisesRegex(UserError, "have sold to Customer A"):
                allocation.with_user(self.director).action_undo()
        self.assertEqual(allocation.state, "applied")
        self.assertEqual(self.customers["A"].user_id, self.people[1])

    def test_what_changed_since_stays(self):
        allocation = self._apply()
        self.customers["A"].user_id = self.outsider
        with freeze_time("2026-11-05 12:00:00"):
            allocation.with_user(self.director).action_undo()
        self.assertEqual(self.customers["A"].user_id, self.outsider)
        self.assertEqual(self.customers["D"].user_id, self.people[1])
        self.assertIn("changed them since: 1.", allocation.message_ids[0].body)

    def test_it_is_undone_only_once(self):
        allocation = self._apply()
        with freeze_time("2026-11-05 12:00:00"):
            allocation.with_user(self.director).action_undo()
            with self.assertRaisesRegex(UserError, "no longer Applied"):
                allocation.with_user(self.director).action_undo()

    # Targets

    def _plan(self):
        """Plan 2026 for the three persons, 1,200 each, of which 100 in December."""
        with freeze_time("2026-10-01 12:00:00"):
            self._create_history(
                *(
                    ("2026-08-15", amount, self._get_sale(name))
                    for name, amount in (("A", 250), ("F", 750), ("D", 400), ("C", 100))
                )
            )
            plan = self.env["sales.target.plan"].create(
                {"company_id": self.company.id, "date_from": "2026-01-01"}
            )
            targets = self.env["sales.target"].create(
                [
                    {
                        "plan_id": plan.id,
                        "metric_id": self.ordered.id,
                        "user_id": user.id,
                        "amount": 1200,
                    }
                    for user in self.people
                ]
            )
            plan._set_state("submitted")
            plan.action_start()
        return targets

    def _get_sale(self, name):
        customer = self.customers[name]
        return {"partner_id": customer.id, "user_id": customer.user_id.id}

    def test_target_adjustments_are_proposed(self):
        """A is a quarter of what person 3 sells, D all that person 2 sells."""
        targets = self._plan()
        allocation = self._apply()
        self.assertEqual(allocation.target_count, 3)
        with freeze_time("2026-11-05 12:00:00"):
            allocation.with_user(self.director).action_propose_adjustments()
        new = {
            adjustment.target_id: adjustment.line_ids.filtered(
                lambda line: str(line.month) == "2026-12-01"
            ).amount
            for adjustment in allocation.adjustment_ids
        }
        self.assertEqual([new[target] for target in targets], [200, 25, 75])
        self.assertEqual(set(allocation.adjustment_ids.mapped("state")), {"draft"})

    def test_undoing_takes_back_what_was_proposed(self):
        self._plan()
        allocation = self._apply()
        with freeze_time("2026-11-05 12:00:00"):
            allocation.with_user(self.director).action_propose_adjustments()
            allocation.with_user(self.director).action_undo()
        self.assertEqual(set(allocation.adjustment_ids.mapped("state")), {"cancelled"})

    def test_giving_it_up_takes_back_what_was_proposed(self):
        self._plan()
        for action in ("action_draft", "action_cancel"):
            allocation = self._prepare(name=action)
            with freeze_time("2026-10-20 12:00:00"):
                allocation.with_user(self.second).action_approve()
                allocation.with_user(self.director).action_propose_adjustments()
                getattr(allocation.with_user(self.director), action)()
            self.assertEqual(
                set(allocation.adjustment_ids.mapped("state")), {"cancelled"}, action
            )

    def test_undoing_says_which_targets_stay_adjusted(self):
        self._plan()
        allocation = self._apply()
        with freeze_time("2026-11-05 12:00:00"):
            allocation.with_user(self.director).action_propose_adjustments()
            adjustment = allocation.adjustment_ids[0]
            adjustment.with_user(self.director).action_request()
            self.env.invalidate_all()
            for reviewer in adjustment.sudo().review_ids.reviewer_ids:
                adjustment.with_user(reviewer)._validate_tier()
                self.env.invalidate_all()
            self.assertEqual(adjustment.state, "approved")
            allocation.with_user(self.director).action_undo()
        self.assertIn("Adjust them again", allocation.message_ids[0].body)

    def test_nothing_is_proposed_twice(self):
        self._plan()
        allocation = self._apply()
        with freeze_time("2026-11-05 12:00:00"):
            allocation.with_user(self.director).action_propose_adjustments()
            with self.assertRaisesRegex(UserError, "nothing to propose"):
                allocation.with_user(self.director).action_propose_adjustments()
