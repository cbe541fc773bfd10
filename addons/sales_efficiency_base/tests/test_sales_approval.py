# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from lxml import etree
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged, users
from odoo.tools import mute_logger

from ..engine.cockpit import Approvals, Choice
from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 12:00:00")
class TestSalesApproval(SalesEfficiencyCommon):
    """Pending reviews are to-dos of their reviewers (design: approvals)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._load_fake_model()
        cls.model = cls.env["ir.model"]._get("sales.fake.request")
        cls.env["ir.model.access"].create(
            {
                "name": "fake",
                "model_id": cls.model.id,
                "group_id": cls.group_user.id,
                **dict.fromkeys(
                    ("perm_read", "perm_write", "perm_create", "perm_unlink"), True
                ),
            }
        )
        cls.group = cls.env["res.groups"].create(
            {"name": "Approvers", "user_ids": (cls.leader + cls.director).ids}
        )
        cls.env["ir.ui.view"].create(
            {
                "name": "sales.fake.request.view.form",
                "model": "sales.fake.request",
                "arch": """
                    <form>
                        <header><field name="state" widget="statusbar"/></header>
                        <sheet><field name="name"/><field name="amount"/></sheet>
                    </form>
                """,
            }
        )

    @classmethod
    def _load_fake_model(cls):
        from .fake_models import SalesFakeRequest, load_fake_model

        load_fake_model(cls, SalesFakeRequest)

    @classmethod
    def _create_rule(cls, reviewer=None, **values):
        return cls.env["tier.definition"].create(
            {
                "name": "Director approves",
                "model_id": cls.model.id,
                "review_type": "individual",
                "reviewer_id": (reviewer or cls.director).id,
                "company_id": False,
                **values,
            }
        )

    @classmethod
    def _create_group_rule(cls, **values):
        return cls._create_rule(
            review_type="group",
            reviewer_id=False,
            reviewer_group_id=cls.group.id,
            **values,
        )

    def _create_request(self, **values):
        requests = self.env["sales.fake.request"].with_user(self.salesperson)
        return requests.create({"name": "Request", **values})

    def _request(self, **values):
        request = self._create_request(**values)
        request.request_validation()
        self._end_transaction()
        return request

    def _end_transaction(self):
        self.env.cr.flush()

    def _todo(self, request):
        """Return the users with an open activity on the request, sorted by name."""
        return request.sudo().activity_ids.user_id.sorted("name")

    def _act(self, request, user, method):
        getattr(request.with_user(user), method)()
        self._end_transaction()

    def test_a_rule_can_be_made_for_any_model_with_the_mixin(self):
        names = self.env["tier.definition"]._get_tier_validation_model_names()
        self.assertIn("sales.fake.request", names)
        self.assertNotIn("sales.approval.mixin", names)
        with Form(self.env["tier.definition"].with_user(self.director)) as form:
            form.name = "Made by a director"
            form.model_id = self.model
            form.reviewer_id = self.leader
        self.assertEqual(form.record.model, "sales.fake.request")

    def test_a_director_makes_no_rules_for_the_documents_of_others(self):
        rule = self._create_rule(
            model_id=self.env["ir.model"]._get("res.partner").id
        ).with_user(self.director)
        with self.assertRaises(AccessError):
            rule.reviewer_id = self.leader
        with self.assertRaises(AccessError):
            rule.copy()

    def test_directors_make_the_rules_of_their_companies_only(self):
        """Shared rules are visible to all, but may be changed only by administrators
        and by users of all companies."""
        company_b = self.env["res.company"].create({"name": "Company B"})
        own = self._create_rule(company_id=self.company.id).with_user(self.director)
        shared = self._create_rule().with_user(self.director)
        foreign = self._create_rule(company_id=company_b.id).with_user(self.director)
        own.reviewer_id = self.leader
        self.assertTrue(shared.has_access("read"))
        for change in (
            lambda: shared.write({"reviewer_id": self.director.id}),
            lambda: shared.write({"company_id": self.company.id}),
            lambda: shared.unlink(),
            lambda: shared.copy(),
            lambda: foreign.write({"active": False}),
            lambda: own.write({"company_id": False}),
            lambda: own.write({"company_id": company_b.id}),
            lambda: own.write({"model_id": self.env["ir.model"]._get_id("crm.lead")}),
        ):
            with self.assertRaises(AccessError):
                change()
        administrator = new_test_user(
            self.env, "rights", groups="base.group_erp_manager"
        )
        shared.with_user(administrator).name = "Changed"
        self.director.company_ids = self.env["res.company"].search([])
        shared.name = "Changed again"

    def _close_to_others(self):
        """Restrict users to their own requests."""
        self.env["ir.rule"].create(
            {
                "name": "own",
                "model_id": self.model.id,
                "groups": self.group_user.ids,
                "domain_force": "[('user_id', '=', user.id)]",
            }
        )

    def test_reviews_are_read_by_who_may_read_the_document(self):
        self._create_rule()
        self._close_to_others()
        mine = self._request(user_id=self.salesperson.id)
        other = self._request(user_id=self.salesperson.id).sudo()
        other.with_context(skip_validation_check=True).user_id = self.colleague
        reviews = (mine + other).sudo().review_ids
        reviews.comment = "Too expensive"
        self.env.invalidate_all()
        seen = self.env["tier.review"].with_user(self.salesperson)
        found = seen.search([("id", "in", reviews.ids)])
        self.assertEqual(found.ids, mine.sudo().review_ids.ids)
        self.assertEqual(found.read(["comment"])[0]["comment"], "Too expensive")
        groups = seen.formatted_read_group(
            [("id", "in", reviews.ids)], ["comment"], ["__count"]
        )
        self.assertEqual([group["__count"] for group in groups], [1])
        self.assertEqual(seen.search_count([("id", "in", reviews.ids)]), 1)
        closed = other.sudo().review_ids.with_user(self.salesperson)
        for operation in ("read", "write", "unlink"):
            with self.subTest(operation), self.assertRaises(AccessError):
                closed.check_access(operation)
        self.assertFalse(seen.search([("id", "in", closed.ids)], limit=1))
        self.assertFalse(seen.search([("id", "in", reviews.ids)], offset=1))

    def test_reviewers_without_access_are_shown_nothing_to_review(self):
        self._create_rule()
        self._request(user_id=self.salesperson.id)
        reviews = self.director.with_user(self.director).review_ids
        self.assertEqual(len(reviews), 1)
        self._close_to_others()
        self.env.invalidate_all()
        self.assertFalse(self.director.with_user(self.director).review_ids)
        users = self.env["res.users"].with_user(self.director)
        self.assertEqual(users.review_user_count(), [])

    def test_reviews_of_nothing_are_read_by_nobody(self):
        self._create_rule()
        request = self._request()
        review = request.sudo().review_ids
        self.env.cr.execute(
            "UPDATE tier_review SET res_id = 0 WHERE id = %s", review.ids
        )
        self.env.invalidate_all()
        self.assertFalse(review.with_user(self.director).has_access("read"))

    def test_customers_read_no_approvals(self):
        rule = self._create_rule()
        review = self._request().sudo().review_ids
        for group in ("base.group_portal", "base.group_public"):
            user = new_test_user(self.env, f"approval_{group}", groups=group)
            for record in (rule, review):
                with self.subTest(record._name, group=group):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["name"])
                    with self.assertRaises(AccessError):
                        record.with_user(user).search([])

    def test_a_customer_does_not_get_past_an_approval(self):
        """The OCA module looks up rules and reviews on every write, by any user."""
        self._create_rule()
        customer = new_test_user(self.env, "customer", groups="base.group_portal")
        self.env["ir.model.access"].create(
            {
                "name": "fake portal",
                "model_id": self.model.id,
                "group_id": self.env.ref("base.group_portal").id,
                **dict.fromkeys(("perm_read", "perm_write", "perm_create"), True),
            }
        )
        request = self._create_request().with_user(customer)
        self.assertTrue(request.need_validation)
        request.name = "Changed"
        with self.assertRaises(ValidationError):
            request.state = "done"
        request.with_user(self.salesperson).request_validation()
        self._end_transaction()
        with self.assertRaises(ValidationError):
            request.name = "Changed again"

    def test_rules_are_read_by_who_may_read_the_documents(self):
        definitions = self.env["tier.definition"]
        mine = self._create_rule()
        other = self._create_rule(model_id=self.env["ir.model"]._get("ir.cron").id)
        both = mine + other
        seen = definitions.with_user(self.salesperson).search([("id", "in", both.ids)])
        self.assertEqual(seen, mine)
        self.assertFalse(other.with_user(self.salesperson).has_access("read"))
        admin = new_test_user(self.env, "rights", groups="base.group_erp_manager")
        self.assertTrue(both.with_user(admin).has_access("read"))
        self.assertEqual(
            definitions.with_user(admin).search([("id", "in", both.ids)]), both
        )

    def test_a_rule_that_cannot_be_evaluated_is_not_saved(self):
        """It would break every form of the documents for everybody."""
        rule = self._create_rule(company_id=self.company.id).with_user(self.director)
        for domain in (
            "[('user_id', '=', uid)]",
            "[('create_date', '<', context_today())]",
            "[('planet', '=', 1)]",
            "[('amount', '>', 'much')]",
            "[('next_review', '=', 'x')]",
            "[('amount',)]",
            "{'amount': 1}",
            "nonsense",
        ):
            with self.subTest(domain), self.assertRaises(ValidationError):
                rule.definition_domain = domain
        rule.definition_domain = "[('amount', '>', 10), ('name', '!=', 'x')]"
        self.assertTrue(self._create_request(amount=11).need_validation)
        self.assertFalse(self._create_request(amount=9).need_validation)

    def test_who_gives_access_rights_makes_a_rule_with_a_condition(self):
        """They may do so even for documents that they may not read."""
        admin = new_test_user(self.env, "rights", groups="base.group_system")
        self.env["ir.model.access"].search([("model_id", "=", self.model.id)]).unlink()
        self.assertFalse(
            self.env["sales.fake.request"].with_user(admin).has_access("read")
        )
        rule = self._create_rule().with_user(admin)
        rule.definition_domain = "[('amount', '>', 10)]"
        with self.assertRaisesRegex(ValidationError, "Director approves"):
            rule.definition_domain = "[('planet', '=', 1)]"

    def test_a_condition_that_its_author_may_not_read_is_explained(self):
        rule = self._create_rule().with_user(self.director)
        with self.assertRaisesRegex(ValidationError, "Director approves"):
            rule.definition_domain = (
                "[('user_id.employee_ids.private_phone', '!=', 'x')]"
            )

    def test_no_default_decides(self):
        """Reviews are created as superuser, with the defaults of the requester."""
        self._create_rule()
        forged = {
            "status": "approved",
            "done_by": self.director.id,
            "reviewed_date": "2026-03-01 12:00:00",
            "comment": "Very well",
            "reviewer_ids": self.salesperson.ids,
        }
        context = {f"default_{name}": value for name, value in forged.items()}

        def assert_undecided(request):
            self._end_transaction()
            self.assertRecordValues(
                request.sudo().review_ids,
                [
                    {
                        "status": "pending",
                        "done_by": False,
                        "reviewed_date": False,
                        "comment": False,
                        "reviewer_ids": self.director.ids,
                    }
                ],
            )
            self.assertEqual(request.validation_status, "pending")
            self.assertEqual(self._todo(request), self.director)

        request = self._create_request()
        request.with_context(**context).request_validation()
        assert_undecided(request)
        request.with_context(**context).restart_validation()
        request.with_context(**context).request_validation()
        assert_undecided(request)
        settings = self.env["ir.default"].with_user(self.salesperson)
        for name, value in forged.items():
            settings.set("tier.review", name, value, user_id=True)
        settings.set("mail.activity", "active", False, user_id=True)
        assert_undecided(self._request())

    def test_a_review_whose_document_is_gone_has_no_reviewers(self):
        self._create_rule()
        request = self._request()
        review = request.sudo().review_ids
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM sales_fake_request WHERE id = %s", [request.id]
        )
        self.env.invalidate_all()
        self.env.add_to_compute(review._fields["reviewer_ids"], review)
        self.assertFalse(review.reviewer_ids)
        self._end_transaction()

    def test_reviewers_are_named_by_a_field_of_the_document(self):
        fields = self.env["ir.model.fields"]
        for model, name in (
            ("sales.fake.request", "amount"),
            ("crm.team", "user_id"),
        ):
            field = fields._get(model, name)
            with self.subTest(field.name), self.assertRaises(ValidationError):
                self._create_rule(
                    review_type="field",
                    reviewer_id=False,
                    reviewer_field_id=field.id,
                )

    def test_the_form_has_the_buttons_and_the_reviews(self):
        arch = self.env["sales.fake.request"].get_view(view_type="form")["arch"]
        form = etree.fromstring(arch)
        for name in ("request_validation", "validate_tier", "reject_tier"):
            self.assertTrue(form.xpath(f"//button[@name='{name}']"), name)
        self.assertTrue(form.xpath("//field[@name='review_ids']"))

    def test_the_document_says_who_has_to_decide_and_who_has_decided(self):
        self._create_rule(self.leader, sequence=20)
        self._create_rule(self.director, sequence=10)
        request = self._request()
        self.assertEqual(
            request.approval_message, "Waiting for Test Leader and Test Director"
        )
        self._act(request, self.leader, "validate_tier")
        self.assertEqual(request.approval_message, "Waiting for Test Director")
        self._act(request, self.director, "validate_tier")
        self.assertEqual(
            request.approval_message, "Approved by Test Leader and Test Director"
        )

    def test_approvals_list_what_waits_for_me_and_what_i_asked_for(self):
        self._create_rule()
        request = self._request(user_id=self.salesperson.id)
        action = self.env.ref("sales_efficiency_base.tier_review_action")
        self.assertEqual(action.res_model, "tier.review")
        review = request.sudo().review_ids
        seen = review.with_user(self.director)
        self.assertEqual(seen.document_name, request.display_name)
        self.assertEqual(seen.progress, "Waiting for Test Director")
        self.assertEqual(seen.action_open_document()["res_id"], request.id)
        self.assertIn(review, seen.search([]))
        self._close_to_others()
        self.env.invalidate_all()
        self.assertFalse(review.with_user(self.director).search([]) & review)

    def test_a_reviewer_gets_a_to_do_with_a_deadline(self):
        self._create_rule(activity_deadline_days=5)
        activity = self._request().sudo().activity_ids
        self.assertRecordValues(
            activity,
            [
                {
                    "user_id": self.director.id,
                    "summary": "Director approves",
                    "activity_type_id": self.env.ref(
                        "sales_efficiency_base.mail_activity_type_approval"
                    ).id,
                    "automated": True,
                }
            ],
        )
        self.assertEqual(str(activity.date_deadline), "2026-03-07")
        self.assertIn("Test Salesperson", activity.note)

    def test_the_deadline_counts_from_the_day_of_the_reviewer(self):
        self.director.tz = "Pacific/Auckland"
        self._create_rule(activity_deadline_days=0)
        activity = self._request().sudo().activity_ids
        self.assertEqual(str(activity.date_deadline), "2026-03-03")

    def test_the_settings_propose_the_deadline(self):
        settings = self.env["res.config.settings"].create(
            {"sales_approval_deadline_days": 8}
        )
        settings.execute()
        self.assertEqual(self._create_rule().activity_deadline_days, 8)

    def test_the_settings_keep_a_deadline_of_the_same_day(self):
        Settings = self.env["res.config.settings"]
        Settings.create({"sales_approval_deadline_days": 0}).execute()
        self.assertEqual(Settings.create({}).sales_approval_deadline_days, 0)
        self.assertEqual(self._create_rule().activity_deadline_days, 0)

    @mute_logger("odoo.sql_db")
    def test_the_settings_refuse_a_negative_deadline(self):
        with self.assertRaises(CheckViolation):
            self.env["res.config.settings"].create({"sales_approval_deadline_days": -1})

    def test_the_to_do_is_done_when_the_review_is_approved(self):
        self._create_rule(has_comment=True)
        request = self._request()
        activity = request.sudo().activity_ids
        action = request.with_user(self.director).validate_tier()
        wizard = (
            self.env["comment.wizard"]
            .with_user(self.director)
            .with_context(**action["context"])
            .create({"comment": "Well argued"})
        )
        wizard.add_comment()
        self._end_transaction()
        self.assertFalse(self._todo(request))
        self.assertFalse(activity.active)
        self.assertEqual(activity.feedback, "Approved: Well argued")
        message = request.sudo().message_ids.filtered(
            lambda m: m.mail_activity_type_id == activity.activity_type_id
        )
        self.assertEqual(message.author_id, self.director.partner_id)
        request.invalidate_recordset()
        request.state = "done"
        self.assertEqual(request.state, "done")

    def test_the_to_do_is_done_when_the_review_is_rejected(self):
        self._create_rule()
        request = self._request()
        activity = request.sudo().activity_ids
        self._act(request, self.director, "reject_tier")
        self.assertFalse(self._todo(request))
        self.assertEqual(activity.feedback, "Rejected")
        with self.assertRaises(ValidationError):
            request.state = "done"

    def test_a_rejection_closes_the_to_dos_of_all_tiers(self):
        self._create_rule(self.leader, sequence=20)
        self._create_rule(self.director, sequence=10)
        request = self._request()
        self.assertEqual(self._todo(request), self.director + self.leader)
        self._act(request, self.leader, "reject_tier")
        self.assertFalse(self._todo(request))

    def test_one_of_a_group_approves_and_the_to_dos_of_the_others_close(self):
        self._create_group_rule()
        request = self._request()
        self.assertEqual(self._todo(request), self.director + self.leader)
        activities = request.sudo().activity_ids
        theirs = activities.filtered(lambda a: a.user_id == self.leader)
        self._act(request, self.director, "validate_tier")
        self.assertFalse(self._todo(request))
        self.assertFalse(theirs.exists())
        self.assertEqual((activities - theirs).exists().feedback, "Approved")

    def test_tiers_in_sequence_get_their_to_dos_one_after_the_other(self):
        self._create_rule(self.leader, sequence=20, approve_sequence=True)
        self._create_rule(self.director, sequence=10, approve_sequence=True)
        request = self._request()
        self.assertEqual(self._todo(request), self.leader)
        self._act(request, self.leader, "validate_tier")
        self.assertEqual(self._todo(request), self.director)
        self._act(request, self.director, "validate_tier")
        self.assertFalse(self._todo(request))
        self.assertEqual(request.validation_status, "validated")

    def test_a_restart_closes_the_to_do_and_a_new_request_opens_one(self):
        self._create_rule()
        request = self._request()
        first = request.sudo().activity_ids
        self._act(request, self.salesperson, "restart_validation")
        self.assertFalse(first.exists())
        request.request_validation()
        self._end_transaction()
        self.assertEqual(self._todo(request), self.director)

    def test_a_cancelled_request_closes_the_to_do(self):
        self._create_rule()
        request = self._request()
        request.with_context(skip_validation_check=True).state = "cancel"
        self._end_transaction()
        self.assertFalse(self._todo(request))

    def test_a_deleted_request_leaves_no_to_do(self):
        self._create_rule()
        request = self._request()
        activity = request.sudo().activity_ids
        request.unlink()
        self._end_transaction()
        self.assertFalse(activity.exists())

    def test_another_reviewer_takes_the_to_do_over(self):
        """A new reviewer in the rule, a new member of the group and a delegation all
        change the reviewers of pending reviews."""
        rule = self._create_rule(self.leader)
        request = self._request()
        rule.reviewer_id = self.director
        self._end_transaction()
        self.assertEqual(self._todo(request), self.director)

    def test_a_new_member_of_the_group_gets_the_to_do_too(self):
        self._create_group_rule()
        request = self._request()
        self.group.user_ids = [
            Command.link(self.colleague.id),
            Command.unlink(self.leader.id),
        ]
        self._end_transaction()
        self.assertEqual(self._todo(request), self.colleague + self.director)

    def test_the_reviewer_named_in_the_document_gets_the_to_do(self):
        field = self.env["ir.model.fields"]._get("sales.fake.request", "user_id")
        self._create_rule(
            review_type="field", reviewer_id=False, reviewer_field_id=field.id
        )
        request = self._request(user_id=self.leader.id)
        self.assertEqual(self._todo(request), self.leader)

    def test_who_approves_their_own_request_at_once_gets_no_to_do(self):
        self._get_director_group().user_ids = False
        self._create_rule(self.salesperson)
        request = self._create_request()
        request.state = "done"
        self._end_transaction()
        self.assertEqual(request.review_ids.status, "approved")
        self.assertFalse(request.sudo().with_context(active_test=False).activity_ids)

    def test_nobody_approves_by_writing_the_review(self):
        rule = self._create_rule(self.leader)
        request = self._request()
        review = request.review_ids
        other = self._request().review_ids
        with self.assertRaises(AccessError):
            review.create(
                {
                    "model": request._name,
                    "res_id": request.id,
                    "definition_id": rule.id,
                    "status": "approved",
                }
            )
        foreign = review.create(
            {
                "model": "res.partner",
                "res_id": self.customer_north.id,
                "status": "approved",
            }
        )
        for write in (
            lambda: review.write({"status": "approved"}),
            lambda: review.write({"reviewer_ids": [Command.link(self.env.uid)]}),
            lambda: review.write({"comment": "Fine"}),
            lambda: foreign.write({"model": request._name, "res_id": request.id}),
            lambda: review.unlink(),
        ):
            with self.assertRaises(AccessError):
                write()
        with self.assertRaises(AccessError):
            review.with_user(self.leader).write({"status": "approved"})
        self._act(request, self.salesperson, "validate_tier")
        self.assertEqual(request.validation_status, "pending")
        request.with_user(self.leader)._validate_tier(other.with_user(self.leader))
        self.assertEqual(other.status, "pending", "of another document")
        self._act(request, self.leader, "validate_tier")
        self.assertEqual(request.validation_status, "validated")

    def _create_comment(self, request, user, decision, reviews=None):
        return (
            self.env["comment.wizard"]
            .with_user(user)
            .create(
                {
                    "res_model": request._name,
                    "res_id": request.id,
                    "validate_reject": decision,
                    "comment": "Fine",
                    "review_ids": reviews and reviews.ids,
                }
            )
        )

    def test_who_is_not_asked_changes_no_review(self):
        """Neither by the comment wizard nor by passing reviews of another document."""
        self._create_rule(self.leader, sequence=20, approve_sequence=True)
        self._create_rule(self.director, sequence=10, approve_sequence=True)
        request = self._request()
        own = self._create_request()
        statuses = request.sudo().review_ids.mapped("status")
        self.assertEqual(statuses, ["pending", "waiting"])
        for user in self.salesperson, self.director:
            for decision in "validate", "reject":
                self._create_comment(request, user, decision).add_comment()
                method = {"validate": "validate_tier", "reject": "reject_tier"}
                self._act(request, user, method[decision])
                for tiers in own.sudo().review_ids, request.sudo().review_ids[1]:
                    self._create_comment(request, user, decision, tiers)
                    document = request.with_user(user)
                    document._validate_tier(tiers.with_user(user))
                    document._rejected_tier(tiers.with_user(user))
                with self.subTest(user.login, decision=decision):
                    self.assertEqual(
                        request.sudo().review_ids.mapped("status"), statuses
                    )
        self._act(request, self.leader, "validate_tier")
        self._act(request, self.director, "validate_tier")
        self.assertEqual(request.validation_status, "validated")

    def test_who_may_not_read_a_document_decides_nothing_about_it(self):
        self._create_rule()
        self._close_to_others()
        request = self._request(user_id=self.salesperson.id)
        for user in self.director, self.colleague:
            for decision in "validate", "reject":
                comment = self._create_comment(request, user, decision)
                with (
                    self.subTest(user.login, decision=decision),
                    self.assertRaises(AccessError),
                ):
                    comment.add_comment()
        self.assertEqual(request.sudo().review_ids.status, "pending")

    def test_who_reviews_all_tiers_approves_them_at_once(self):
        for sequence in 20, 10:
            self._create_rule(
                sequence=sequence, approve_sequence=True, approve_sequence_bypass=True
            )
        request = self._request()
        self._act(request, self.director, "validate_tier")
        self.assertEqual(request.validation_status, "validated")

    def test_nobody_reads_the_comments_of_others(self):
        self._create_rule()
        request = self._request()
        comment = self._create_comment(request, self.director, "validate")
        self.assertTrue(comment.read(["comment"]))
        other = comment.with_user(self.colleague)
        with self.assertRaises(AccessError):
            other.read(["comment"])
        with self.assertRaises(AccessError):
            other.comment = "Forged"
        self.assertFalse(other.search([("id", "in", comment.ids)]))

    def test_who_only_reads_a_document_neither_asks_nor_starts_again(self):
        self._create_rule()
        request = self._request()
        self.env["ir.model.access"].search(
            [("model_id", "=", self.model.id)]
        ).perm_write = False
        for method in ("request_validation", "restart_validation"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(request, method)()

    def test_a_to_do_is_done_by_deciding_only(self):
        self._create_group_rule()
        request = self._request()
        mine = request.sudo().activity_ids.filtered(
            lambda activity: activity.user_id == self.leader
        )
        for user in self.salesperson, self.leader, self.director:
            activity = mine.with_user(user)
            for change in (
                lambda todo=activity: todo.action_feedback("Not me"),
                lambda todo=activity: todo.write({"active": False}),
                lambda todo=activity: todo.write({"user_id": self.outsider.id}),
                lambda todo=activity: todo.unlink(),
                lambda user=user: request.with_user(user).activity_unlink(
                    ["sales_efficiency_base.mail_activity_type_approval"]
                ),
            ):
                with self.assertRaises(AccessError):
                    change()
        with self.assertRaises(AccessError):
            mine.with_user(self.salesperson).date_deadline = "2027-01-01"
        mine.with_user(self.leader).date_deadline = "2026-03-20"
        self._end_transaction()
        self.assertEqual(self._todo(request), self.director + self.leader)

    def test_nobody_makes_the_to_do_of_a_review(self):
        """A forged to-do that is already done would replace the real one."""
        self._create_rule()
        request = self._request()
        review = request.sudo().review_ids
        review.activity_ids.unlink()
        values = {
            "res_model_id": self.model.id,
            "res_id": request.id,
            "user_id": self.director.id,
        }
        activities = self.env["mail.activity"].with_user(self.salesperson)
        with self.assertRaises(AccessError):
            activities.create({**values, "tier_review_id": review.id})
        forged = activities.with_context(default_tier_review_id=review.id)
        activity = forged.create(values)
        self.assertFalse(activity.tier_review_id)
        with self.assertRaises(AccessError):
            activity.tier_review_id = review

    def test_nobody_decides_on_their_own_request_if_somebody_else_can(self):
        self._create_group_rule()
        request = self.env["sales.fake.request"].with_user(self.director)
        request = request.create({"name": "Mine"})
        request.request_validation()
        self._end_transaction()
        self.assertEqual(request.review_ids.reviewer_ids, self.leader)
        self._act(request, self.director, "validate_tier")
        self.assertEqual(request.validation_status, "pending")
        self._act(request, self.leader, "validate_tier")
        self.assertEqual(request.validation_status, "validated")

    def _get_director_group(self):
        return self.env.ref("sales_efficiency_base.group_sales_director")

    def test_no_rule_makes_its_author_decide_on_their_own_request(self):
        """If the rule names only its author, another director has to decide."""
        other = self._create_user("director", login="other_director")
        self._get_director_group().user_ids = self.director + other
        rules = self.env["tier.definition"].with_user(self.director)
        rules.create(
            {
                "name": "I approve",
                "model_id": self.model.id,
                "review_type": "individual",
                "reviewer_id": self.director.id,
            }
        )
        requests = self.env["sales.fake.request"].with_user(self.director)
        request = requests.create({"name": "Mine", "company_id": self.company.id})
        request.request_validation()
        self._end_transaction()
        self.assertEqual(request.review_ids.reviewer_ids, other)
        self.assertEqual(self._todo(request), other)
        self._act(request, self.director, "validate_tier")
        self.assertEqual(request.validation_status, "pending")
        self._act(request, other, "validate_tier")
        self.assertEqual(request.validation_status, "validated")

    def test_the_only_director_decides_on_their_own_request(self):
        self._get_director_group().user_ids = self.director
        self._create_rule()
        request = self.env["sales.fake.request"].with_user(self.director)
        request = request.create({"name": "Mine", "company_id": self.company.id})
        request.request_validation()
        self.assertEqual(request.review_ids.reviewer_ids, self.director)

    def test_sent_by_somebody_else_it_stays_the_own_request(self):
        self._create_group_rule()
        request = self.env["sales.fake.request"].with_user(self.director)
        request = request.create({"name": "Mine"})
        request.with_user(self.salesperson).request_validation()
        self.assertEqual(request.sudo().review_ids.reviewer_ids, self.leader)

    def test_who_is_alone_decides_on_their_own_request(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        self.leader.write({"company_ids": company_b.ids, "company_id": company_b.id})
        self._get_director_group().user_ids = self.director
        self._create_group_rule()
        request = self.env["sales.fake.request"].with_user(self.director)
        request = request.create({"name": "Mine", "company_id": self.company.id})
        request.request_validation()
        self.assertIn(self.director, request.sudo().review_ids.reviewer_ids)
        self._act(request, self.director, "validate_tier")
        self.assertEqual(request.validation_status, "validated")

    def test_what_nobody_can_approve_is_not_submitted(self):
        self._create_rule(self.leader)
        request = self._create_request()
        with patch.object(
            type(request), "_filter_reviewers", lambda _self, users: users.browse()
        ):
            request.request_validation()
            with self.assertRaisesRegex(UserError, "Nobody can approve .*Change the"):
                request._check_has_reviewers()

    def test_what_waits_for_reviewers_is_not_approved_by_a_button(self):
        self._create_request()._check_no_reviews()
        self._create_rule(self.leader)
        request = self._create_request()
        request._request_approval()
        with self.assertRaisesRegex(UserError, "waits for its reviewers"):
            request.with_user(self.director)._check_no_reviews()

    def test_who_works_in_another_company_is_not_asked(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        self.director.write({"company_ids": company_b.ids, "company_id": company_b.id})
        self._create_group_rule()
        request = self._request(company_id=self.company.id)
        self.assertEqual(request.sudo().review_ids.reviewer_ids, self.leader)
        self.assertEqual(self._todo(request), self.leader)
        shared = self._request()
        self.assertEqual(self._todo(shared), self.director + self.leader)

    def test_the_reminder_is_a_message_and_no_second_to_do(self):
        rule = self._create_rule(notify_reminder_delay=3)
        request = self._request()
        self.env.flush_all()
        self.env.cr.execute("UPDATE tier_review SET create_date = '2026-02-20'")
        self.env.invalidate_all()
        rule._cron_send_review_reminder()
        self._end_transaction()
        self.assertEqual(len(request.sudo().activity_ids), 1)
        messages = self.env["mail.message"].search(
            [("model", "=", request._name), ("res_id", "=", request.id)]
        )
        self.assertIn(self.director.partner_id, messages.notified_partner_ids)

    def test_many_requests_cost_as_many_queries_as_few(self):
        self._create_group_rule()

        def count_queries(number):
            requests = self._create_request()
            for _i in range(number - 1):
                requests += self._create_request()
            requests.request_validation()
            self.env.flush_all()
            reviews = requests.review_ids
            self.assertEqual(len(reviews), number)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._end_transaction()
            queries = self.env.cr.sql_log_count - before
            self.assertEqual(len(requests.sudo().activity_ids), 2 * number)
            return queries

        count_queries(2)
        few = count_queries(2)
        self.assertEqual(count_queries(20), few)

    @users("test_director")
    def test_the_form_asks_for_the_deadline(self):
        rule = self._create_rule(company_id=self.company.id)
        with Form(rule.with_env(self.env)) as form:
            form.activity_deadline_days = 1
        self.assertEqual(form.record.activity_deadline_days, 1)

    # The cockpit

    def _wait_for(self, user):
        """:return: names in the panel of the cockpit, None if there is none"""
        cockpit = self.env["sales.cockpit"].with_user(user)
        panel = cockpit.get_data()["panels"].get("approvals")
        return panel and [row["name"] for row in panel["rows"]]

    def test_the_cockpit_shows_what_waits_for_a_reviewer_the_longest_first(self):
        self._create_group_rule()
        requests = [self._request(name=name) for name in ("First", "Second")]
        for number, request in enumerate(requests):
            self.env.cr.execute(
                "UPDATE tier_review SET create_date = %s WHERE res_id = %s",
                [f"2026-03-0{2 - number} 08:00:00", request.id],
            )
        self.env.invalidate_all()
        for user in (self.leader, self.director):
            self.assertEqual(self._wait_for(user), ["Second", "First"])
        self.assertIsNone(self._wait_for(self.salesperson))
        self._act(requests[0], self.leader, "validate_tier")
        for user in (self.leader, self.director):
            self.assertEqual(self._wait_for(user), ["Second"])

    def test_the_cockpit_says_who_asks_since_when(self):
        self._create_rule()
        request = self._request()
        self.env.cr.execute(
            "UPDATE tier_review SET create_date = '2026-03-02 08:00' WHERE res_id = %s",
            [request.id],
        )
        self.env.invalidate_all()
        cockpit = self.env["sales.cockpit"].with_user(self.director)
        [row] = cockpit.get_data()["panels"]["approvals"]["rows"]
        self.assertEqual(
            row["detail"],
            f"Fake Request, asked by {self.salesperson.name} on 03/02/2026",
        )

    def test_the_cockpit_shows_no_later_tier_before_its_turn(self):
        self._create_rule(self.leader, sequence=20, approve_sequence=True)
        self._create_rule(self.director, sequence=10, approve_sequence=True)
        request = self._request()
        self.assertEqual(self._wait_for(self.leader), ["Request"])
        self.assertIsNone(self._wait_for(self.director))
        self._act(request, self.leader, "validate_tier")
        self.assertIsNone(self._wait_for(self.leader))
        self.assertEqual(self._wait_for(self.director), ["Request"])

    def test_the_cockpit_shows_no_document_that_is_closed_to_its_reviewer(self):
        self._create_rule()
        request = self._request(name="Open")
        closed = self._request(name="Closed")
        self.env["ir.rule"].create(
            {
                "name": "closed",
                "model_id": self.model.id,
                "domain_force": [("id", "!=", closed.id)],
            }
        )
        self.assertEqual(self._wait_for(self.director), [request.name])

    def test_the_queries_of_the_panel_do_not_depend_on_the_documents(self):
        self._create_rule()
        cockpit = self.env["sales.cockpit"].with_user(self.director)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Approvals(Choice(cockpit.env, {})).get_data()
            return self.env.cr.sql_log_count - before

        self._request()
        count()
        few = count()
        for number in range(10):
            self._request(name=f"Request {number}")
        self.assertEqual(count(), few)
