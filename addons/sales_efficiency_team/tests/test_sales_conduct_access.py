# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import suppress

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .conduct_common import TODAY, ConductCommon

WORDS = "Nobody may know of this yet"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSalesConductAccess(ConductCommon):
    """Only the person, their superiors and HR see a case; who reported it does not."""

    def _sees(self, case, user):
        self.env.invalidate_all()
        found = self.env["sales.conduct.case"].with_user(user).search([])
        self.assertEqual(case in found.with_env(case.env), self._reads(case, user))
        return case.id in found.ids

    def _reads(self, case, user):
        self.env.invalidate_all()
        return case.with_user(user).has_access("read")

    def test_the_person_sees_the_case_from_the_hearing_on(self):
        case = self._open_case()
        self.assertFalse(self._sees(case, self.salesperson))
        case.with_user(self.leader).action_hear()
        self.assertTrue(self._sees(case, self.salesperson))

    def test_superiors_and_hr_see_it(self):
        case = self._open_case()
        for user in (self.leader, self.director, self.hr_user, self.hr_manager):
            with self.subTest(user.login):
                self.assertTrue(self._sees(case, user))

    def test_nobody_else_sees_it(self):
        case = self._open_case()
        other_leader = self._create_user("leader", login="other_leader")
        self.team_other.user_id = other_leader
        for user in (self.colleague, self.outsider, other_leader):
            with self.subTest(user.login):
                self.assertFalse(self._sees(case, user))

    def test_nobody_sees_their_own_case_by_a_role(self):
        """Leaders are in their own team, HR sees all: not what is about them."""
        self.env["crm.team.member"].create(
            {"crm_team_id": self.team_department.id, "user_id": self.leader.id}
        )
        case = self._open_case(user=self.leader)
        self.assertFalse(self._sees(case, self.leader))
        self.leader.group_ids = [
            Command.link(self.env.ref("hr.group_hr_manager").id),
            Command.link(self.env.ref("sales_efficiency_base.group_sales_director").id),
        ]
        self.assertFalse(self._sees(case, self.leader))
        self.assertFalse(case.with_user(self.leader).has_access("write"))

    def test_the_manager_of_the_employee_sees_it(self):
        manager = self._create_user("salesperson", login="manager")
        boss = self.env["hr.employee"].create(
            {
                "name": "Boss",
                "user_id": manager.id,
                "company_id": self.company.id,
            }
        )
        self.employee.parent_id = boss
        self.assertTrue(self._sees(self._open_case(), manager))

    def test_reporters_see_that_it_was_received_and_no_more(self):
        """Not even superiors and HR, if they have reported it."""
        for reporter in (self.colleague, self.leader, self.director, self.hr_manager):
            with self.subTest(reporter.login):
                report = self._report(reporter=reporter)
                report.action_send()
                case = report.sudo().case_id.with_user(self.env.user)
                self.env.invalidate_all()
                mine = report.with_user(reporter)
                self.assertEqual(mine.state, "received")
                self.assertFalse(self._sees(case, reporter))
                if reporter != self.hr_manager:
                    with self.assertRaises(AccessError):
                        mine.read(["case_id"])

    def test_the_person_does_not_learn_who_has_reported(self):
        case = self._hear(self._open_case())
        report = case.sudo().report_ids
        mine = case.with_user(self.salesperson)
        self.env.invalidate_all()
        self.assertFalse(report.with_user(self.salesperson).has_access("read"))
        [values] = mine.read()
        named = str(values) + str(mine.activity_ids.read())
        self.assertNotIn(self.colleague.name, named)
        self.assertNotIn(str((self.colleague.id, self.colleague.name)), named)
        with self.assertRaises(AccessError):
            mine.read(["report_ids"])
        # Nor does the leader: HR alone knows it.
        with self.assertRaises(AccessError):
            case.with_user(self.leader).read(["report_ids"])
        self.assertTrue(case.with_user(self.hr_user).report_ids)

    def test_nothing_of_others_tells_of_it(self):
        """No to-do, message, follower, group, export or document."""
        case = self._convict()
        may_export = self.env.ref("base.group_allow_export")
        (self.colleague + self.outsider).group_ids += may_export
        self.env.flush_all()
        for user in (self.colleague, self.outsider):
            self.env.invalidate_all()
            cases = self.env["sales.conduct.case"].with_user(user)
            with self.subTest(user.login):
                self.assertFalse(cases._read_group([], ["user_id"], ["__count"]))
                self.assertEqual(cases.search_count([]), 0)
                self.assertFalse(
                    self._records("mail.activity", user, case, "res_model")
                )
                self.assertFalse(self._records("mail.message", user, case, "model"))
                self.assertFalse(self._records("tier.review", user, case, "model"))
                self.assertFalse(
                    self._records("ir.attachment", user, case, "res_model")
                )
                with self.assertRaises(AccessError):
                    case.with_user(user).export_data(["display_name"])
                # Nor by way of the person or the rule
                people = self.env["res.users"].with_user(user)
                self.assertNotIn(
                    "sales.conduct.case",
                    {field.comodel_name for field in people._fields.values()},
                )

    def _records(self, model, user, case, name):
        return (
            self.env[model]
            .with_user(user)
            .search([(name, "=", case._name), ("res_id", "=", case.id)])
        )

    def test_to_dos_are_those_of_people_who_see_the_case(self):
        case = self._open_case()
        case.with_user(self.leader).action_hear()
        self._say(case, "No")
        self._submit(case)
        self.env.flush_all()
        self.env.cr.precommit.run()
        people = self.env["mail.activity"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        self.assertIn(self.hr_manager, people.user_id)
        for user in people.user_id:
            self.assertTrue(self._reads(case, user), user.login)

    def test_no_mail_tells_of_it(self):
        mails = self.env["mail.mail"].sudo().search_count([])
        case = self._convict()
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), mails)
        outsiders = (self.salesperson + self.colleague).partner_id
        self.assertFalse(case.message_partner_ids & outsiders)

    def test_the_person_does_not_follow_and_does_not_read_what_others_write(self):
        case = self._hear(self._open_case())
        case.message_subscribe(
            (self.salesperson + self.colleague + self.hr_user).partner_id.ids
        )
        self.assertIn(self.hr_user.partner_id, case.message_partner_ids)
        outsiders = (self.salesperson + self.colleague).partner_id
        self.assertFalse(case.message_partner_ids & outsiders)
        note = case.with_user(self.hr_user).message_post(body="What do we do?")
        self.env.invalidate_all()
        self.assertFalse(note.with_user(self.salesperson).has_access("read"))
        self.assertTrue(note.with_user(self.leader).has_access("read"))

    def test_the_person_reads_no_decision_before_they_are_told(self):
        """Neither the draft nor what others say about it, by no way of asking."""
        case = self._hear(self._open_case())
        mine = case.with_user(self.salesperson)
        self.salesperson.group_ids += self.env.ref("base.group_allow_export")
        leader = case.with_user(self.leader)
        leader.message_post(body=WORDS)
        self._enter(leader, draft_reason=WORDS, draft_points=7)
        self._assert_untold(mine)
        leader.action_submit()
        self._assert_untold(mine)
        review = case.sudo().review_ids.filtered(
            lambda review: self.hr_manager in review.reviewer_ids
        )
        review.with_user(self.hr_manager).comment = WORDS
        case.with_user(self.hr_manager)._rejected_tier()
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertEqual(case.state, "hearing")
        self._assert_untold(mine)
        # Those who judge and approve do read it.
        for user in (self.leader, self.hr_manager, self.director):
            self.assertEqual(case.with_user(user).draft_reason, WORDS)

    def test_the_person_reads_no_answer_to_an_appeal_before_it_is_given(self):
        self.salesperson.group_ids += self.env.ref("base.group_allow_export")
        case = self._convict()
        self._say(case, "It is wrong.")
        judge = case.with_user(self.director)
        judge.write({"draft_appeal_decision": "kept", "draft_appeal_answer": WORDS})
        self._assert_untold(case.with_user(self.salesperson), in_force=True)
        judge.action_decide_appeal()
        self.env.invalidate_all()
        self.assertEqual(case.with_user(self.salesperson).appeal_answer, WORDS)

    def _assert_untold(self, mine, in_force=False):
        self.env.flush_all()
        self.env.invalidate_all()
        [values] = mine.read()
        self.assertNotIn(WORDS, str(values))
        drafts = {name: value for name, value in values.items() if "draft_" in name}
        self.assertFalse(any(drafts.values()), drafts)
        if not in_force:
            told = ("decision", "decision_reason", "points", "decided_by_id")
            self.assertFalse(any(values[name] for name in told))
        self.assertFalse(values["approval_message"])
        self.assertFalse(self._find_words(mine))
        for path in ("draft_ids/reason", "draft_ids/.id"):
            with self.assertRaises(AccessError):
                mine.export_data([path])
        self.assertFalse(self._records("tier.review", self.salesperson, mine, "model"))
        messages = self._records("mail.message", self.salesperson, mine, "model")
        self.assertLessEqual(messages.author_id, self.salesperson.partner_id)

    def _find_words(self, mine):
        """:return: what a condition tells the person on what hangs on their case"""
        told = []
        for field in mine._fields.values():
            if field.type not in ("one2many", "many2many", "many2one"):
                continue
            for other in self.env[field.comodel_name]._fields.values():
                if not other.store or other.type not in ("char", "text", "html"):
                    continue
                domain = [(f"{field.name}.{other.name}", "ilike", WORDS)]
                with suppress(AccessError, ValueError, NotImplementedError):
                    if mine.search(domain):
                        told.append(domain)
        return told

    def test_the_person_sees_the_documents_and_no_files_of_messages(self):
        document = self.env["ir.attachment"].with_user(self.colleague)
        document = document.create({"name": "mail.txt", "raw": b"in stock"})
        report = self._report(attachment_ids=[Command.set(document.ids)])
        report.action_send()
        case = self._hear(report.sudo().case_id.with_user(self.env.user))
        note = case.with_user(self.leader).message_post(
            body="See this", attachments=[("draft.txt", b"what we think of it")]
        )
        files = self.env["ir.attachment"].with_user(self.salesperson)
        own = [("res_model", "=", case._name), ("res_id", "=", case.id)]
        self.env.flush_all()
        self.env.invalidate_all()
        for domain in (own, [("name", "in", ("draft.txt", "mail.txt"))]):
            self.assertEqual(files.search(domain).mapped("name"), ["mail.txt"])
        with self.assertRaises(AccessError):
            note.attachment_ids.with_user(self.salesperson).read(["raw"])
        mine = case.with_user(self.salesperson)
        self.assertEqual(mine.attachment_ids.raw, b"in stock")
        self.assertEqual(files.with_user(self.leader).search_count(own), 2)

    def test_lapsed_cases_are_gone_for_superiors(self):
        case = self._convict()
        case.sudo().with_context(skip_validation_check=True).state = "lapsed"
        for user, sees in (
            (self.leader, False),
            (self.director, False),
            (self.salesperson, True),
            (self.hr_user, True),
        ):
            with self.subTest(user.login):
                self.assertEqual(self._sees(case, user), sees)

    def test_a_superior_who_moves_away_sees_it_no_more(self):
        case = self._open_case()
        self.team_department.user_id = False
        self.superior.user_id = False
        self.assertFalse(self._sees(case, self.leader))

    def test_nobody_makes_cases_by_hand(self):
        for user in (self.leader, self.director, self.hr_manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["sales.conduct.case"].with_user(user).create(
                    {
                        "user_id": self.salesperson.id,
                        "rule_id": self.gifts.id,
                        "company_id": self.company.id,
                        "date": "2026-10-01",
                        "description": "x",
                        "proof": "x",
                    }
                )

    def test_who_cannot_see_drafts_of_reports(self):
        draft = self._report()
        for user in (self.salesperson, self.leader, self.director, self.hr_user):
            with self.subTest(user.login):
                self.assertFalse(draft.with_user(user).has_access("read"))
