# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import clean_context


class SalesApprovalMixin(models.AbstractModel):
    """Approval in tiers, where each pending review is a to-do of its reviewers.

    A model inherits it, and ``mail.thread`` and ``mail.activity.mixin`` if it does not
    yet, sets ``_state_from`` and ``_state_to`` and has a form view with a ``<header>``
    and a ``<sheet>``: the buttons, the banner and the reviews are added to that view,
    and approval rules can be made for the model.

    Everybody may write reviews, as far as ``base_tier_validation`` goes, and so could
    approve what they have asked for. Here only its own methods do: each of them writes
    as superuser what it has found that the user may decide.
    """

    _name = "sales.approval.mixin"
    _description = "Approval with Activities"
    _inherit = "tier.validation"

    _tier_validation_manual_config = False
    _tier_validation_buttons_xpath = "/form/header/*[last()]"

    def unlink(self):
        self.check_access("unlink")
        self.sudo().review_ids.unlink()  # see the class
        return super().unlink()

    def request_validation(self):
        self.check_access("write")
        reviews = super(SalesApprovalMixin, self._as_program()).request_validation()
        return reviews.with_env(self.env)

    def restart_validation(self):
        """Let a draft be changed once more, and ask anew for what has been sent: so
        nothing waits for an approval that nobody is asked for."""
        self.check_access("write")
        res = super(SalesApprovalMixin, self._as_program()).restart_validation()
        self.invalidate_recordset(["need_validation"])
        draft = self._fields[self._state_field].default(self)
        self.filtered(lambda doc: doc[doc._state_field] != draft).request_validation()
        return res

    def _validate_tier(self, tiers=False):
        self.check_access("read")
        reviews = self._get_own_tiers(tiers)
        if not reviews:  # which would mean all of them
            return None
        # see the class: it approves the reviews that wait for the user
        return super(SalesApprovalMixin, self.sudo())._validate_tier(reviews)

    def _rejected_tier(self, tiers=False):
        self.check_access("read")
        reviews = self._get_own_tiers(tiers)
        if not reviews:  # which would mean all of them
            return None
        # see the class: it rejects the reviews that wait for the user
        return super(SalesApprovalMixin, self.sudo())._rejected_tier(reviews)

    def _tier_validation_check_write_remove_reviews(self, vals):
        # see the class: what is written next is checked as ever
        return super(
            SalesApprovalMixin, self.sudo()
        )._tier_validation_check_write_remove_reviews(vals)

    def _as_program(self):
        """:return: the documents as superuser, see the class, and without the defaults
        of who asks for the approval"""
        return self.with_env(self.env(su=True, context=clean_context(self.env.context)))

    def _choose_reviewers(self, reviewers, requester):
        """Return who is asked of those whom a rule names.

        Who works elsewhere is not told of a document of the company. And nobody decides
        on what they have asked for, unless nobody else can: if the rule names nobody
        else, the other directors are asked.

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

    def _get_other_reviewers(self, reviewers, requester):
        """Return those who can decide and have not asked for it themselves.

        :param requester: who has sent the document
        """
        self.ensure_one()
        return self._filter_reviewers(reviewers - requester - self.create_uid)

    def _filter_reviewers(self, users):
        """:return: those who are there, and work in the company of the document"""
        name = self._tier_validation_company_field
        company = self[name] if name in self._fields else self.env["res.company"]
        return users.filtered(lambda u: u.active and company <= u.company_ids)

    def _get_own_tiers(self, tiers):
        """Return the reviews of this very document, among those that a client names,
        which wait for the user: no review of others comes before them."""
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
