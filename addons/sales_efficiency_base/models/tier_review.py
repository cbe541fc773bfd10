# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import OrderedSet, clean_context, format_list

# So many reviewers are named, more by their group
NAMED = 3


class TierReview(models.Model):
    """Reviews are visible to users who may read the messages of the reviewed document,
    as a rule those who read it, and to reviewers who read it.

    ``base_tier_validation`` shows all of them, with their comments, to everybody.
    They start undecided, whatever defaults the requester has set.
    """

    _name = "tier.review"
    _inherit = ["tier.review", "sales.approval.access", "sales.default.mixin"]

    activity_ids = fields.One2many(
        comodel_name="mail.activity",
        inverse_name="tier_review_id",
    )

    progress = fields.Char(compute="_compute_progress")
    document_name = fields.Char(string="Document", compute="_compute_document_name")

    @api.depends_context("lang")
    @api.depends("status", "reviewer_ids", "done_by")
    def _compute_progress(self):
        for review in self:
            review.progress = review._describe_progress()

    @api.depends("model", "res_id")
    def _compute_document_name(self):
        """Name the documents with the rights of the user, model by model."""
        self.document_name = False
        for model, reviews in self.grouped("model").items():
            if model in self.env:
                documents = self.env[model].browse(reviews.mapped("res_id")).exists()
                names = dict(
                    documents._filtered_access("read").mapped(
                        lambda document: (document.id, document.display_name)
                    )
                )
                for review in reviews:
                    review.document_name = names.get(review.res_id)

    @api.readonly
    def action_open_document(self):
        """Open the document that awaits a decision."""
        self.ensure_one()
        document = self.env[self.model].browse(self.res_id)
        document.check_access("read")
        return document._get_records_action()

    def _describe_progress(self):
        """Say who decides, or has decided, reviews of one status."""
        if self[0].status in ("waiting", "pending"):
            names = [name for review in self for name in review._name_reviewers()]
        else:
            names = self.mapped("done_by.name")
        people = format_list(self.env, list(dict.fromkeys(filter(None, names))))
        return {
            "waiting": self.env._("Not yet their turn: %s", people),
            "pending": self.env._("Waiting for %s", people),
            "approved": self.env._("Approved by %s", people),
            "rejected": self.env._("Rejected by %s", people),
            "cancel": self.env._("Withdrawn"),
        }[self[0].status]

    def _name_reviewers(self):
        """:return: the names of those who can decide, of many that of their group"""
        # sudo: who decides is no secret to those who see the document.
        review = self.sudo()
        group = review.reviewer_group_id
        if group and len(review.reviewer_ids) > NAMED:
            return [group.name]
        return review.reviewer_ids.mapped("name")

    def _compute_reviewer_ids(self):
        res = super()._compute_reviewer_ids()
        self._plan_activity_update()
        return res

    def _get_reviewers(self):
        """Empty if the document is gone; see ``_choose_reviewers`` otherwise."""
        if not self._is_sales_approval():
            return super()._get_reviewers()
        document = self.env[self.model].browse(self.res_id).exists()
        if not document:
            return self.env["res.users"]
        reviewers = super()._get_reviewers()
        return document._choose_reviewers(reviewers, self.requested_by)

    @api.model_create_multi
    def create(self, vals_list):
        reviews = super().create(vals_list)
        reviews._check_may_write()
        return reviews

    def write(self, vals):
        if vals.keys() != {"comment"} or any(
            self.env.user not in review.reviewer_ids for review in self
        ):
            self._check_may_write()
        res = super().write(vals)
        if "model" in vals:
            self._check_may_write()
        if "status" in vals:
            self._plan_activity_update()
        return res

    def unlink(self):
        self._check_may_write()
        # sudo: rights on the reviews were checked; the to-dos are those of reviewers.
        self.sudo().activity_ids.unlink()
        return super().unlink()

    def _check_access(self, operation):
        result = super()._check_access(operation)
        open_ = self - result[0] if result else self
        if closed := open_ - open_._filter_document_readable():
            error = partial(closed._make_document_error, operation)
            return (self - open_) | closed, error
        return result

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        if self.env.su or kwargs.get("bypass_access"):
            return super()._search(domain, offset, limit, order, **kwargs)
        query = super()._search(domain, order=order, **kwargs)
        # As mail.activity does: bypass the cache, which superusers may have filled
        columns = (
            self._field_to_sql(self._table, name) for name in ("id", "model", "res_id")
        )
        rows = self.env.execute_query(query.select(*columns))
        reviews = self._filter_documents(rows)
        return reviews[offset:][:limit]._as_query(order)

    def _filter_document_readable(self):
        # sudo: only finds the documents, on which access is checked.
        reviews = self.sudo()
        return self._filter_documents([(r.id, r.model, r.res_id) for r in reviews])

    @api.model
    def _filter_documents(self, rows):
        """:return: the reviews whose document the user may read

        :param list rows: (id of the review, model, id of the document)
        """
        readable = set()
        for model in {model for _id, model, _res_id in rows} & set(self.env.registry):
            ids = {res_id for _id, name, res_id in rows if name == model and res_id}
            existing = self.env[model].browse(ids).exists()
            documents = self.env["mail.message"]._filter_records_for_message_operation(
                model, existing.ids, "read"
            )
            readable.update((model, id_) for id_ in documents.ids)
        closed = self.browse(
            id_ for id_, *document in rows if (*document,) not in readable
        )
        own = closed._filter_own()
        return self.browse(
            id_
            for id_, *document in rows
            if (*document,) in readable or id_ in own._ids
        )

    def _filter_own(self):
        """:return: the reviews that the user is asked for, if they read the document"""
        # sudo: only whether the user is asked
        own = self.sudo().filtered(
            lambda review: review.res_id
            and review.model in self.env
            and self.env.user in review.reviewer_ids
        )
        readable = self.browse()
        for model, asked in own.grouped("model").items():
            documents = self.env[model].browse(asked.mapped("res_id")).exists()
            ids = set(documents._filtered_access("read").ids)
            readable |= self.browse(r.id for r in asked if r.res_id in ids)
        return readable

    def _make_document_error(self, operation):
        return AccessError(
            self.env._("Only users with access to a document can read its reviews.")
        )

    def _check_may_write(self):
        """Leave the reviews of our documents to ``sales.approval.mixin``."""
        if not self.env.su and any(review._is_sales_approval() for review in self):
            raise AccessError(
                self.env._(
                    "Reviews result from their reviewers' decisions and cannot be"
                    " edited."
                )
            )

    def _update_review_status(self):
        # sudo: whether it is a reviewer's turn depends on reviews of others.
        return super(TierReview, self.sudo())._update_review_status()

    def _plan_activity_update(self):
        """Update the activities once, at the end of the transaction: reviews are
        created, delegated and approved one by one."""
        precommit = self.env.cr.precommit
        if "sales_efficiency_base.reviews" not in precommit.data:
            precommit.data["sales_efficiency_base.reviews"] = set()
            # Without the defaults of the form that the reviewer has open
            env = self.env(su=True, context=clean_context(self.env.context))
            precommit.add(env["tier.review"]._update_planned_activities)
        precommit.data["sales_efficiency_base.reviews"].update(self.ids)

    @api.model
    def _update_planned_activities(self):
        ids = self.env.cr.precommit.data.pop("sales_efficiency_base.reviews")
        names = set(self.env["tier.definition"]._get_sales_approval_model_names())
        reviews = self.browse(ids).exists().filtered(lambda r: r.model in names)
        for model, model_reviews in reviews.grouped("model").items():
            ids = set(model_reviews.mapped("res_id"))
            documents = self.env[model].browse(ids).exists()
            documents.review_ids._update_activities(documents)

    def _update_activities(self, documents):
        """Give each reviewer of a pending review an open activity and close all
        others: done for the person who decided, removed for the rest.

        :param documents: the documents of these reviews, all of one model
        """
        open_ids = {
            document.id
            for document in documents
            if document.validation_status in ("waiting", "pending")
        }
        wanted = OrderedSet(
            (review, user)
            for review in self
            if review.status == "pending" and review.res_id in open_ids
            for user in review.reviewer_ids
        )
        # Done activities count too: a to-do ticked off by hand does not come back
        activities = self.with_context(active_test=False).activity_ids
        present = {
            (activity.tier_review_id, activity.user_id) for activity in activities
        }
        obsolete = activities.filtered(
            lambda activity: activity.active
            and (activity.tier_review_id, activity.user_id) not in wanted
        )
        decided = obsolete.filtered(
            lambda activity: activity.user_id == activity.tier_review_id.done_by
        )
        for activity in decided:
            # sudo: in the name of the reviewer, who may not read the document any more
            activity.with_user(activity.user_id).sudo().action_feedback(
                activity.tier_review_id._get_activity_feedback()
            )
        (obsolete - decided).unlink()
        missing = [pair for pair in wanted if pair not in present]
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [review._prepare_activity_vals(user) for review, user in missing]
        )

    def _prepare_activity_vals(self, user):
        """Return the values of a reviewer's activity, in the reviewer's language."""
        self.ensure_one()
        review = self.with_context(lang=user.lang, tz=user.tz)
        deadline = timedelta(days=review.definition_id.activity_deadline_days)
        return self.env["mail.activity"]._prepare_sales_to_do(
            self.env[review.model].browse(review.res_id),
            user,
            "sales_efficiency_base.mail_activity_type_approval",
            tier_review_id=review.id,
            summary=review.name,
            note=review.env._("Requested by %s.", review.requested_by.name),
            date_deadline=user._get_sales_today() + deadline,
        )

    def _get_activity_feedback(self):
        self.ensure_one()
        return ": ".join(filter(None, (self.display_status, self.comment)))

    def _is_sales_approval(self):
        self.ensure_one()
        definition = self.env["tier.definition"]
        return self.model in definition._get_sales_approval_model_names()

    def _schedule_review_reminder_activity(self, record):
        """Remind reviewers by message: they have an activity already."""
        if not self._is_sales_approval():
            return super()._schedule_review_reminder_activity(record)
        return self._notify_review_reminder(record)

    def _notify_review_reminder(self, record):
        if not self._is_sales_approval():
            return super()._notify_review_reminder(record)
        return record.message_notify(
            subject=self.name,
            body=self._notify_review_reminder_body(),
            partner_ids=self.reviewer_ids.partner_id.ids,
        )
