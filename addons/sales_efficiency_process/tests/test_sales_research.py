# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..models import sales_research
from .market_common import NOON, MarketCommon

ACTIVITY = "sales_efficiency_process.mail_activity_type_research"


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSalesResearch(MarketCommon):
    """Research is due on a day, a to-do until there are findings (policy 3.1.1)."""

    def _to_dos(self, round_):
        return round_.activity_ids.filtered(
            lambda a: a.activity_type_id == self.env.ref(ACTIVITY)
        )

    def test_a_salesperson_asks_a_question_and_has_a_to_do(self):
        form = Form(self.env["sales.research"].with_user(self.salesperson))
        form.name = "Who builds factories in the north?"
        form.topic = "demand"
        form.region_id = self.region_north
        form.rhythm = "quarterly"
        form.date_first = date(2026, 10, 31)
        research = form.save()
        self.assertRecordValues(
            research.round_ids,
            [
                {
                    "state": "open",
                    "date_due": date(2026, 10, 31),
                    "user_id": self.salesperson.id,
                }
            ],
        )
        self.assertEqual(research.date_next, date(2026, 10, 31))
        [to_do] = self._to_dos(research.round_ids)
        self.assertEqual(to_do.user_id, self.salesperson)
        self.assertEqual(to_do.date_deadline, date(2026, 10, 31))

    def test_a_round_without_finding_is_not_done(self):
        round_ = self._research().round_ids.with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "Add a finding with its source"):
            round_.action_done()
        self._find(round_)
        round_.action_done()
        self.assertEqual(round_.state, "done")
        self.assertFalse(self._to_dos(round_))

    def test_a_finding_needs_a_source(self):
        finding = Form(
            self.env["sales.research.finding"]
            .with_user(self.salesperson)
            .with_context(default_round_id=self._research().round_ids.id)
        )
        finding.name = "They hire"
        with self.assertRaises(AssertionError):
            finding.save()

    def test_ticking_off_the_to_do_is_no_finding(self):
        round_ = self._research().round_ids
        self._to_dos(round_).action_feedback()
        self.assertEqual(round_.state, "open")
        round_._plan_to_dos()
        self.assertEqual(len(self._to_dos(round_)), 1)
        round_._plan_to_dos()
        self.assertEqual(len(self._to_dos(round_)), 1)

    def test_the_next_round_follows_when_one_is_done_or_over(self):
        research = self._research()
        self._find(research.round_ids)
        research.round_ids.action_done()
        days = research.round_ids.sorted("date_due").mapped("date_due")
        self.assertEqual(days, [date(2026, 10, 20), date(2026, 11, 20)])
        # It is there, so another run begins none.
        research._begin_rounds()
        self.assertEqual(len(research.round_ids), 2)
        with freeze_time("2026-11-21 12:00:00"):
            research._begin_rounds()
        self.assertEqual(len(research.round_ids), 3)
        self.assertEqual(research.date_next, date(2026, 11, 20))

    def test_the_job_begins_rounds_a_batch_at_a_time(self):
        researches = self._research() | self._research() | self._research()
        model, sizes = type(researches), []
        begin = model._begin_rounds

        def note(batch):
            sizes.append(len(batch))
            begin(batch)

        with (
            self.enter_registry_test_mode(),
            patch.object(sales_research, "BATCH", 2),
            patch.object(model, "_begin_rounds", note),
            freeze_time("2026-11-25 12:00:00"),
        ):
            self.env.ref(
                "sales_efficiency_process.ir_cron_research_rounds"
            ).method_direct_trigger()
        self.assertEqual(max(sizes), 2)
        for research in researches:
            self.assertEqual(len(research.round_ids), 2)

    def test_rounds_that_nobody_began_are_not_made_up_for(self):
        research = self._research(date_first="2026-01-31")
        self.assertEqual(research.round_ids.date_due, date(2026, 1, 31))
        research._begin_rounds()
        self.assertEqual(
            research.round_ids.sorted("date_due").mapped("date_due"),
            [date(2026, 1, 31), date(2026, 10, 31)],
        )

    def test_the_first_round_follows_the_first_day(self):
        research = self._research()
        research.date_first = "2026-11-05"
        self.assertEqual(research.round_ids.date_due, date(2026, 11, 5))
        to_do = self._to_dos(research.round_ids)
        self.assertEqual(to_do.date_deadline, date(2026, 11, 5))
        # What was begun stays.
        self._find(research.round_ids)
        research.date_first = "2026-12-05"
        self.assertEqual(research.round_ids.date_due, date(2026, 11, 5))

    def test_a_question_asked_once_has_one_round(self):
        research = self._research(rhythm="once")
        self._find(research.round_ids)
        research.round_ids.action_done()
        research._begin_rounds()
        self.assertEqual(len(research.round_ids), 1)

    def test_a_skipped_round_has_no_to_do(self):
        research = self._research()
        first = research.round_ids
        first.with_user(self.salesperson).action_skip()
        self.assertFalse(self._to_dos(first))
        self.assertEqual(len(research.round_ids), 2)

    def test_handing_over_moves_open_rounds_and_their_to_dos(self):
        research = self._research()
        research.user_id = self.colleague
        self.assertEqual(research.round_ids.user_id, self.colleague)
        self.assertEqual(self._to_dos(research.round_ids).user_id, self.colleague)

    def test_archived_research_asks_nobody(self):
        research = self._research()
        research.action_archive()
        self.assertFalse(self._to_dos(research.round_ids))
        research._begin_rounds()
        self.assertEqual(len(research.round_ids), 1)
        research.action_unarchive()
        self.assertEqual(len(self._to_dos(research.round_ids)), 1)

    def test_two_rounds_are_never_due_on_a_day(self):
        research = self._research()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            research.round_ids.copy({"date_due": research.round_ids.date_due})

    def test_research_with_findings_is_archived_not_deleted(self):
        research = self._research()
        self._find(research.round_ids)
        research.round_ids.action_done()
        with self.assertRaisesRegex(UserError, "Archive the research"):
            research.with_user(self.director).unlink()
        other = self._research(name="Other")
        to_do = self._to_dos(other.round_ids)
        other.with_user(self.director).unlink()
        self.assertFalse(to_do.exists())

    def test_conclusions_become_action_items(self):
        round_ = self._research().round_ids.with_user(self.salesperson)
        action = self.env["sales.action"].with_user(self.salesperson)
        item = action.create(
            {"name": "Call the architect", "research_round_id": round_.id}
        )
        self.assertEqual(item.company_id, self.company)
        self.assertEqual(round_.action_count, 1)
        with self.assertRaises(AccessError):
            action.with_user(self.outsider).create(
                {"name": "Meddle", "research_round_id": round_.id}
            )

    def test_all_who_sell_read_and_add_findings_the_responsible_concludes(self):
        round_ = self._research().round_ids
        for user in (self.salesperson, self.leader, self.director):
            round_.with_user(user).conclusion = user.name
        with self.assertRaises(AccessError):
            round_.with_user(self.outsider).conclusion = "Mine"
        self.assertEqual(round_.with_user(self.outsider).state, "open")
        finding = self.env["sales.research.finding"].with_user(self.outsider)
        mine = finding.create(
            {"round_id": round_.id, "name": "Heard", "source": "A customer"}
        )
        mine.name = "Heard twice"
        with self.assertRaises(AccessError):
            mine.with_user(self.colleague).name = "Changed"

    def test_others_note_what_they_hear(self):
        round_ = self._research().round_ids.with_user(self.outsider)
        self.assertFalse(round_.can_edit)
        action = round_.action_add_finding()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.outsider)
            .with_context(**action["context"])
        )
        form.name = "Heard"
        form.source = "A customer"
        finding = form.save()
        self.assertEqual(finding.round_id, round_)
        self.assertEqual(finding.user_id, self.outsider)

    def test_findings_of_a_round_that_is_done_are_kept(self):
        round_ = self._research().round_ids
        finding, other = self._find(round_), self._find(round_)
        other.unlink()
        round_.action_done()
        with self.assertRaisesRegex(UserError, "its findings are kept"):
            finding.unlink()
        round_.action_reopen()
        finding.unlink()

    def test_the_job_begins_rounds_of_all_companies(self):
        research = self._research(date_first="2026-10-01")
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_process.ir_cron_research_rounds"
            ).method_direct_trigger()
        self.assertEqual(
            research.round_ids.sorted("date_due").mapped("date_due"),
            [date(2026, 10, 1), date(2026, 11, 1)],
        )


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestResearchInMeetings(MarketCommon):
    """Meetings hear what research has concluded (policy 3.1.1)."""

    def _conclude(self, **values):
        round_ = self._research(**values).round_ids
        self._find(round_)
        round_.conclusion = "Sell more"
        round_.action_done()
        return round_

    def _pack(self, team):
        meeting = self.env["sales.meeting"].create(
            {
                "name": "Test Meeting",
                "company_id": self.company.id,
                "team_id": team.id,
                "user_id": self.leader.id,
                "date": "2026-10-20 09:00:00",
            }
        )
        meeting._generate_pack()
        return meeting.research_line_ids

    def test_a_conclusion_stands_in_the_data_pack(self):
        round_ = self._conclude()
        self.assertRecordValues(
            self._pack(self.team_field),
            [
                {
                    "name": "Test Question",
                    "solution": "Sell more",
                    "user_id": self.salesperson.id,
                    "research_round_id": round_.id,
                }
            ],
        )

    def test_research_of_a_team_is_for_its_meetings(self):
        self._conclude(team_id=self.team_other.id)
        self.assertFalse(self._pack(self.team_field))
        self.assertTrue(self._pack(self.team_other))
        self.assertTrue(self._pack(self.env["crm.team"]))

    def test_a_round_without_conclusion_tells_nothing(self):
        round_ = self._research().round_ids
        self._find(round_)
        round_.action_done()
        self.assertFalse(self._pack(self.team_field))
