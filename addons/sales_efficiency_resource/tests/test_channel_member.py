# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .channel_common import ChannelCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestChannelMember(ChannelCommon):
    """A partner becomes a member by stages (policy 5.2.2)."""

    def _bring(self, **values):
        form = Form(self.members.with_user(self.salesperson))
        form.partner_id = self.agent
        form.channel_id = self.channel_agent
        return form.save()

    # ------------------------------------------------------------------
    # Stages
    # ------------------------------------------------------------------

    def test_a_salesperson_brings_a_prospect_to_active(self):
        member = self._bring()
        self.assertEqual(member.stage_id, self._stage("prospect"))
        self.assertEqual(member.missing, "Regions")
        with (
            self.assertRaisesRegex(ValidationError, "In Talks: Regions"),
            self.env.cr.savepoint(),
        ):
            member.action_next_stage()
        member.region_ids = self.region_north
        member.action_next_stage()
        self.assertEqual(member.stage_id, self._stage("talks"))
        member.item_ids = member.next_stage_id.item_ids
        member.action_next_stage()
        self.assertEqual(member.state, "prospect")
        with (
            self.assertRaisesRegex(
                ValidationError, "Contract Start, Contract and Papers, Review Date"
            ),
            self.env.cr.savepoint(),
        ):
            member.stage_id = self._stage("active")
        paper = {"name": "Contract", "raw": b"Signed"}
        member.write(
            {
                "contract_start": "2026-10-01",
                "document_ids": [Command.create(paper)],
                "review_date": "2027-04-01",
                "item_ids": [Command.link(self._stage("active").item_ids.id)],
            }
        )
        member.action_next_stage()
        self.assertEqual(member.state, "active")
        self.assertEqual(member.date_active, date(2026, 10, 15))
        with self.assertRaisesRegex(UserError, "last stage"):
            member.action_next_stage()

    def test_an_active_member_keeps_what_it_needs(self):
        member = self._create_member(stage="active").with_user(self.salesperson)
        name = member.stage_id.name
        with self.assertRaisesRegex(ValidationError, f"{name}: Contract Start"):
            member.contract_start = False

    def test_a_leader_decides_on_suspension(self):
        member = self._create_member(stage="active")
        suspended = self._stage("suspended")
        with self.assertRaisesRegex(AccessError, "Team leader"):
            member.with_user(self.salesperson).stage_id = suspended
        with self.assertRaisesRegex(AccessError, "Team leader"):
            self.members.with_user(self.salesperson).create(
                {
                    "partner_id": self.rival.id,
                    "channel_id": self.channel_agent.id,
                    "stage_id": suspended.id,
                    "reason": "Forged",
                }
            )
        member.with_user(self.leader).stage_id = suspended
        self.assertEqual(member.state, "suspended")

    def test_a_salesperson_frees_no_member_that_a_leader_has_bound(self):
        member = self._create_member(stage="suspended")
        own = member.with_user(self.salesperson)
        for values in (
            {"stage_id": self._stage("active").id},
            {"region_ids": self.region_south.ids},
            {"is_exclusive": True},
            {"contract_end": "2030-12-31"},
        ):
            with self.assertRaisesRegex(AccessError, "Team leader"):
                own.write(values)
        member.with_user(self.leader).stage_id = self._stage("active")
        own.contract_end = "2030-12-31"

    def test_a_bound_member_is_ended_not_archived(self):
        member = self._create_member(stage="active").with_user(self.leader)
        for stage in ("active", "suspended"):
            member.stage_id = self._stage(stage)
            with self.assertRaisesRegex(UserError, "End the membership"):
                member.active = False
        member.stage_id = self._stage("ended")
        member.active = False

    def test_who_has_ended_stays_ended_since_then(self):
        member = self._create_member(stage="ended")
        other = self._stage("ended").copy()
        member.date_ended = "2026-09-30"
        member.stage_id = other
        self.assertEqual(member.date_ended, date(2026, 9, 30))

    def test_who_is_suspended_has_a_reason(self):
        member = self._create_member(stage="active", reason=" ")
        with self.assertRaisesRegex(ValidationError, "Why in This Stage"):
            member.stage_id = self._stage("suspended")

    def test_days_are_kept_for_each_stage(self):
        member = self._create_member()
        member = member.with_context(tracking_disable=False, mail_notrack=False)
        self.env.cr.precommit.run()
        member.stage_id = self._stage("talks")
        self.env.cr.precommit.run()
        for stage in ("prospect", "talks"):
            self.assertIn(str(self._stage(stage).id), member.duration_tracking)
        now = self.env.cr.now()
        self.assertEqual(member.date_last_stage_update, now)
        member.date_last_stage_update = now - timedelta(days=3)
        self.assertEqual(member.days_in_stage, 3)

    def test_a_member_that_stays_too_long_is_found(self):
        member = self._create_member()
        member.date_last_stage_update = self.env.cr.now() - timedelta(days=31)
        self.env.flush_all()
        self.assertTrue(member.is_rotting)
        self.assertIn(member, self.members.search([("is_rotting", "=", True)]))

    def test_a_stage_in_use_is_not_deleted(self):
        member = self._create_member()
        member.active = False
        with self.assertRaisesRegex(UserError, "Agent Wu"):
            member.stage_id.unlink()

    def test_recruiting_moves_no_conversion(self):
        metrics = self.env["sales.metric"]
        scope = Scope(self.company.id)
        period = Period(date(2026, 1, 1), date(2026, 12, 31))
        names = ["conversion_rate", "opportunities_created", "closed"]

        def measure():
            self.env["sales.mart"]._refresh()
            values = metrics.ask(names, [scope], [period])
            return [values[name, scope, period] for name in names]

        before = measure()
        self._create_member(stage="active")
        ended = self._create_member(self.rival)
        ended.stage_id = self._stage("ended")
        self.assertEqual(measure(), before)

    # ------------------------------------------------------------------
    # One membership, one area
    # ------------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def test_a_partner_is_at_most_once_a_live_member_of_a_channel(self):
        member = self._create_member()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._create_member()
        self._create_member(channel_id=self.channel_distributor.id)
        member.stage_id = self._stage("ended")
        self.assertEqual(member.date_ended, date(2026, 10, 15))
        self.assertTrue(self._create_member())

    def test_contacts_are_no_members(self):
        contact = self.env["res.partner"].create(
            {"name": "Ms Wu", "parent_id": self.agent.id}
        )
        with self.assertRaisesRegex(ValidationError, "make the company the member"):
            self._create_member(contact)

    def test_an_exclusive_area_is_for_one_member(self):
        self._create_member(
            stage="active", is_exclusive=True, categ_ids=self.category.ids
        )
        clashes = {
            "the same": (self.region_north, self.category),
            "a line below": (self.region_north, self.category_below),
            "a region above": (self.region_world, self.category),
            "all lines": (self.region_north, self.category.browse()),
            "everything": (self.region_north.browse(), self.category.browse()),
        }
        rival = self._create_member(self.rival, region_ids=self.region_south.ids)
        for name, (regions, lines) in clashes.items():
            with self.subTest(name):
                rival.write(
                    {
                        "region_ids": [Command.set(regions.ids)],
                        "categ_ids": [Command.set(lines.ids)],
                    }
                )
                self.assertEqual(rival.overlap, "Agent Wu")
                if regions or lines:
                    with (
                        self.assertRaisesRegex(ValidationError, "exclusively"),
                        self.env.cr.savepoint(),
                    ):
                        rival.stage_id = self._stage("active")
        rival.write(
            {
                "region_ids": [Command.set(self.region_north.ids)],
                "categ_ids": [Command.set(self.category_other.ids)],
            }
        )
        rival.stage_id = self._stage("active")
        self.assertFalse(rival.overlap)

    def test_regions_and_lines_do_not_move_into_an_exclusive_area(self):
        coast, island = self.env["sales.region"].create(
            [{"name": "Coast"}, {"name": "Island"}]
        )
        self._create_member(
            stage="active",
            is_exclusive=True,
            region_ids=coast.ids,
            categ_ids=self.category.ids,
        )
        self._create_member(
            self.rival,
            stage="active",
            region_ids=island.ids,
            categ_ids=self.category_other.ids,
        )
        self.category_other.parent_id = self.category  # in another region
        with (
            self.assertRaisesRegex(ValidationError, "exclusively"),
            self.env.cr.savepoint(),
        ):
            island.parent_id = coast
        self.category_other.parent_id = False
        island.parent_id = coast
        with self.assertRaisesRegex(ValidationError, "exclusively"):
            self.category_other.parent_id = self.category_below

    def test_the_form_tells_of_others_in_the_area_as_it_is_chosen(self):
        self._create_member(self.rival, stage="active", is_exclusive=True)
        with Form(self._create_member(region_ids=[])) as form:
            form.region_ids.add(self.region_south)
            self.assertFalse(form.overlap)
            form.region_ids.add(self.region_north)
            self.assertEqual(form.overlap, "Rival Lin")

    def test_other_channels_and_those_not_exclusive_share_an_area(self):
        self._create_member(stage="active")
        self.assertTrue(self._create_member(self.rival, stage="active"))
        self._create_member(
            stage="active", channel_id=self.channel_distributor.id, is_exclusive=True
        )

    def test_the_area_of_who_is_suspended_is_not_given_away(self):
        member = self._create_member(stage="active", is_exclusive=True)
        member.stage_id = self._stage("suspended")
        with (
            self.assertRaisesRegex(ValidationError, "Agent Wu"),
            self.env.cr.savepoint(),
        ):
            self._create_member(self.rival, stage="active")
        member.stage_id = self._stage("ended")
        self.assertTrue(self._create_member(self.rival, stage="active"))

    def test_areas_are_compared_by_few_queries(self):
        partners = self.env["res.partner"].create(
            [{"name": f"P{number}"} for number in range(12)]
        )
        every = self.members.union(
            *(self._create_member(partner, stage="active") for partner in partners)
        )
        self.env.flush_all()

        def count(members):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            members._get_overlaps()
            return self.env.cr.sql_log_count - before

        count(every)
        self.assertGreaterEqual(count(every[:2]), count(every))

    # ------------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------------

    def _remind(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_resource.ir_cron_channel_reminders"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_reviews_and_contracts_are_reminded_of_once(self):
        member = self._create_member(
            stage="active", review_date="2026-10-20", contract_end="2026-11-10"
        )
        later = self._create_member(
            self.rival,
            stage="active",
            review_date="2026-10-23",
            contract_end="2026-11-15",
        )
        self._remind()
        self._remind()
        self.assertEqual(
            member.activity_ids.sorted("date_deadline").mapped(
                lambda to_do: (to_do.user_id, str(to_do.date_deadline))
            ),
            [(self.salesperson, "2026-10-20"), (self.salesperson, "2026-11-10")],
        )
        self.assertFalse(later.activity_ids)
        # Another date is another reminder, in the place of the first one.
        member.review_date = "2026-10-21"
        self._remind()
        self.assertEqual(
            sorted(map(str, member.activity_ids.mapped("date_deadline"))),
            ["2026-10-21", "2026-11-10"],
        )

    def test_a_review_waits_for_somebody_to_be_told(self):
        late = self._create_member(
            self.rival, stage="active", review_date="2026-10-16", user_id=False
        )
        with patch.object(
            type(self.env["res.company"]),
            "_get_sales_directors",
            lambda self: self.env["res.users"],
        ):
            self._remind()
        self.assertFalse(late.review_reminded)
        self._remind()
        self.assertEqual(late.review_reminded, late.review_date)
        self.assertTrue(late.activity_ids)

    def test_who_has_ended_is_not_reminded_of(self):
        member = self._create_member(stage="ended", review_date="2026-10-16")
        self._remind()
        self.assertFalse(member.activity_ids)

    def test_a_review_is_followed_by_the_next_one(self):
        member = self._create_member(stage="active", review_date="2026-10-16")
        self._remind()
        self.assertTrue(member.activity_ids)
        member.with_user(self.salesperson).action_review_done()
        self.assertEqual(member.review_date, date(2027, 4, 15))
        self.assertFalse(member.activity_ids)

    def test_the_to_do_of_who_has_left_goes_to_a_director(self):
        member = self._create_member(stage="active", review_date="2026-10-16")
        self.salesperson.active = False
        self._remind()
        user = member.activity_ids.user_id
        self.assertIn(user, self.company._get_sales_directors())

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def test_members_are_for_the_salesperson_the_leader_and_directors(self):
        member = self._create_member(stage="active")
        accountant = self._create_employee("accountant")
        for user, sees in (
            (self.salesperson, True),
            (self.leader, True),
            (self.director, True),
            (self.colleague, False),
            (self.outsider, False),
            (accountant, False),
        ):
            with self.subTest(user.name):
                own = member.with_user(user)
                self.assertEqual(own.has_access("read"), sees)

    def _create_employee(self, name):
        return new_test_user(
            self.env, f"channel_{name}", groups="account.group_account_user"
        )

    def test_papers_are_for_those_who_see_the_member(self):
        paper = self.env["ir.attachment"].with_user(self.leader)
        paper = paper.create({"name": "Contract", "raw": b"Signed"})
        member = self._create_member().with_user(self.leader)
        member.document_ids = paper
        self.assertTrue(paper.with_user(self.salesperson).has_access("read"))
        self.assertFalse(paper.with_user(self.outsider).has_access("read"))

    def test_the_partner_of_a_member_does_not_change(self):
        member = self._create_member().with_user(self.director)
        for name, record in (
            ("partner_id", self.rival),
            ("channel_id", self.channel_distributor),
        ):
            with self.assertRaisesRegex(AccessError, "cannot change any more"):
                member[name] = record
