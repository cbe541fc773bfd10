# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context, format_list


class SalesApprovalMixin(models.AbstractModel):
    """Approval in tiers, with a to-do for each reviewer of a pending review.

    A model inherits it (and ``mail.thread`` and ``mail.activity.mixin`` if it lacks
    them), sets ``_state_from`` and ``_state_to``, and has a form view with a
    ``<header>`` and a ``<sheet>``. Buttons, banner and reviews are added to that view,
    and approval rules can be defined for the model.

    ``base_tier_validation`` lets everybody write reviews, so requesters could approve
    their own requests. Here only the methods of this mixin write them: each checks that
    the user may decide, then writes as superuser.
    """

    _name = "sales.approval.mixin"
    _description = "Approval with Activities"
    _inherit = "tier.validation"

    _tier_validation_manual_config = False
    _tier_validation_buttons_xpath = "/form/header/*[last()]"

    approval_message = fields.Char(compute="_compute_approval_message")

    @api.depends("review_ids.status", "review_ids.reviewer_ids", "review_ids.done_by")
    def _compute_approval_message(self):
        """Say who has to decide, or who has decided."""
        for document in self:
            # sudo: the document names its reviewers anyway.
            reviews = document.sudo().review_ids.sorted("sequence")
            current = (
                reviews.filtered(lambda review: review.status == "rejected")
                or reviews.filtered(lambda review: review.status == "pending")
                or reviews.filtered(lambda review: review.status == "approved")
            )
            document.approval_message = current and current._describe_progress()

    def _add_tier_validation_buttons(self, node, params):
        return self._render_approval("sales_efficiency_base.approval_buttons", params)

    def _add_tier_validation_label(self, node, params):
        return self._render_approval("sales_efficiency_base.approval_banner", params)

    def _render_approval(self, template, params):
        """Render a part of the form in the language of the user."""
        return etree.fromstring(self.env["ir.qweb"]._render(template, params))

    def unlink(self):
        self.check_access("unlink")
        self.sudo().review_ids.unlink()  # see the class
        return super().unlink()

    def request_validation(self):
        self.check_access("write")
        reviews = super(SalesApprovalMixin, self._as_program()).request_validation()
        return reviews.with_env(self.env)

    def restart_validation(self):
        """Reopen a draft for changes, and request approval again once it is sent: no
        document is left waiting without a reviewer."""
        self.check_access("write")
        res = super(SalesApprovalMixin, self._as_program()).restart_validation()
        self.invalidate_recordset(["need_validation"])
        draft = self._fields[self._state_field].default(self)
        self.filtered(lambda doc: doc[doc._state_field] != draft).request_validation()
        return res

    def _validate_tier(self, tiers=False):
        self.check_access("read")
        self._check_can_decide()
        reviews = self._get_own_tiers(tiers)
        if not reviews:  # which would mean all of them
            return None
        # sudo: see the class. It approves the reviews that await the user.
        res = super(SalesApprovalMixin, self.sudo())._validate_tier(reviews)
        if self._is_decided("validated"):
            self._after_validation()
        return res

    def _rejected_tier(self, tiers=False):
        self.check_access("read")
        reviews = self._get_own_tiers(tiers)
        if not reviews:  # which would mean all of them
            return None
        # sudo: see the class. It rejects the reviews that await the user.
        res = super(SalesApprovalMixin, self.sudo())._rejected_tier(reviews)
        if self._is_decided("rejected"):
            self._after_rejection()
        return res

    def _is_decided(self, status):
        """:return: whether the document awaited a decision, which is made now"""
        is_awaiting = self[self._state_field] in self._state_from
        return is_awaiting and self.validation_status == status

    def _check_can_decide(self):
        """Hook: refuse an approval whatever the reviews say.

        :raise UserError: why the user cannot approve the document
        """

    def _after_validation(self):
        """Hook: put into effect what the last reviewer has just approved."""

    def _after_rejection(self):
        """Hook: do what follows when a reviewer has just rejected the document."""

    def _tier_validation_check_write_remove_reviews(self, vals):
        # sudo: see the class. What follows is checked as usual.
        return super(
            SalesApprovalMixin, self.sudo()
        )._tier_validation_check_write_remove_reviews(vals)

    def _as_program(self):
        """:return: the documents as superuser (see the class), without the defaults
        of the requester"""
        return self.with_env(self.env(su=True, context=clean_context(self.env.context)))

    def _choose_reviewers(self, reviewers, requester):
        """Return the reviewers to ask among those named by a rule.

        Users of other companies are left out. Requesters do not decide on their own
        requests unless nobody else can: if the rule names nobody else, the other
        directors are asked.

        :param requester: who has sent the document
        """
        self.ensure_one()
        return (
            self._get_other_reviewers(reviewers, requester)
            or self._get_other_reviewers(
                self._get_company()._get_sales_directors(), requester
            )
            or self._filter_reviewers(reviewers)
        )

    def _request_approval(self):
        """Ask those who approve what has just been submitted."""
        reviews = self.request_validation()
        self.invalidate_recordset(["review_ids"])  # they refer to it by number only
        self._check_has_reviewers()
        return reviews

    def _check_has_reviewers(self):
        """Refuse what would wait for ever, because a rule asks nobody."""
        for document in self:
            # sudo: only whether there is somebody
            stuck = document.sudo().review_ids.filtered(lambda r: not r.reviewer_ids)
            if stuck:
                raise UserError(document._explain_no_reviewers(stuck))

    def _explain_no_reviewers(self, reviews):
        """Hook: say why nobody can approve the document, and what to do about it.

        :param reviews: those of the rules that ask nobody
        """
        self.ensure_one()
        return self.env._(
            "Nobody can approve %(document)s: %(rules)s. Change the approval rule, or"
            " give the role to somebody else.",
            document=self.display_name,
            rules=format_list(self.env, reviews.mapped("name")),
        )

    def _check_no_reviews(self):
        """Refuse to approve by a button what others are asked to approve."""
        for document in self:
            # sudo: only whether others decide
            if document.need_validation or document.sudo().review_ids:
                raise UserError(
                    self.env._("This waits for its reviewers. Reload the page.")
                )

    def _check_approver(self, requester):
        """Refuse approval, where no approval rule applies, by all but sales directors,
        and by the requester unless nobody else can approve.

        :param requester: who has sent the document
        """
        self.ensure_one()
        if not self.env.user.has_group("sales_efficiency_base.group_sales_director"):
            raise UserError(self.env._("Only a sales director can approve this."))
        if self.env.user == requester:
            reviewers = self._get_company()._get_sales_directors()
            if others := self._get_other_reviewers(reviewers, requester):
                raise UserError(
                    self.env._(
                        "You requested this yourself. Another sales director must"
                        " approve it: %(people)s.",
                        people=", ".join(others.mapped("name")),
                    )
                )

    def _get_other_reviewers(self, reviewers, requester):
        """Return the users who can decide, without the requester.

        :param requester: who has sent the document
        """
        self.ensure_one()
        return self._filter_reviewers(reviewers - requester - self.create_uid)

    def _filter_reviewers(self, users):
        """:return: the active users of the company of the document"""
        name = self._tier_validation_company_field
        company = self[name] if name in self._fields else self.env["res.company"]
        return users.filtered(lambda u: u.active and company <= u.company_ids)

    def _get_own_tiers(self, tiers):
        """Return the reviews of this document, among those named by a client, that
        await the user: no earlier review is pending."""
        # sudo: see the class. Whether it is a turn depends on reviews of others.
        own = self.env["tier.review"].sudo()
        is_turn = True
        for review in self.sudo().review_ids.sorted("sequence"):
            if review.status not in ("waiting", "pending"):
                continue
            if self.env.user not in review.reviewer_ids:
                is_turn = False
            elif is_turn or review.status == "pending":
                own |= review
        return own & tiers.sudo() if tiers else own
