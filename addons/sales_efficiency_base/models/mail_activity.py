# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .sales_action import ACTIVITY

# Fields without defaults: a to-do must not pose as that of a review, or start as done
GUARDED_FIELDS = {"active", "tier_review_id"}
# Fields of their own to-dos that reviewers may edit
OWN_FIELDS = {"date_deadline", "note", "summary"}


class MailActivity(models.Model):
    """To-dos of reviews are closed by the decision of the reviewer, not by hand; those
    of action items are closed together with the item."""

    _name = "mail.activity"
    _inherit = ["mail.activity", "sales.default.mixin"]

    tier_review_id = fields.Many2one(
        comodel_name="tier.review",
        string="Review",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )

    @api.model
    def _is_default_guarded(self, field):
        return field.name in GUARDED_FIELDS

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._check_is_no_review()
        return activities

    def write(self, vals):
        others = self
        if OWN_FIELDS.issuperset(vals):
            others = self.filtered(lambda activity: activity.user_id != self.env.user)
        others._check_is_no_review()
        res = super().write(vals)
        if "tier_review_id" in vals:
            self._check_is_no_review()
        if not {"res_id", "res_model_id"}.isdisjoint(vals):
            self._check_may_do_items()
        return res

    def unlink(self):
        self._check_is_no_review()
        return super().unlink()

    @api.model
    def _prepare_sales_to_do(self, record, user, activity_type, **values):
        """Return the values of an automated to-do.

        :param record: the document that it is about
        :param str activity_type: external id
        """
        return {
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(
                activity_type
            ),
            "res_model_id": self.env["ir.model"]._get_id(record._name),
            "res_id": record.id,
            "user_id": user.id,
            "automated": True,
            **values,
        }

    def _action_done(self, feedback=False, attachment_ids=None):
        """Mark action items as done together with their to-dos."""
        # All activities pass here, even if somebody has deleted the type.
        activity_type = self.env.ref(ACTIVITY, raise_if_not_found=False)
        items = self.filtered(
            lambda activity: activity.activity_type_id == activity_type
        )._get_action_items()
        res = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        # sudo: as in Odoo, a to-do can be assigned to a user without access to the item
        items.sudo().exists()._set_done(feedback)
        return res

    def _get_action_items(self):
        """:return: the ``sales.action`` records of the to-dos"""
        items = self.filtered(lambda activity: activity.res_model == "sales.action")
        return self.env["sales.action"].browse(items.mapped("res_id"))

    def _check_may_do_items(self):
        """Refuse to move a to-do to an action item that the user may not write:
        completing the to-do would complete the item."""
        items = self._get_action_items()
        if items:  # An empty recordset would check access to the model itself.
            items.check_access("write")

    def _check_is_no_review(self):
        """Leave the to-dos of reviews to ``tier.review``, which acts as superuser."""
        # sudo: the document names its reviewers anyway.
        reviews = self.sudo().tier_review_id
        if reviews and not self.env.su:
            # sudo: names of reviewers, as above
            raise AccessError(
                self.env._(
                    "Approve or reject the document to complete this to-do."
                    " Reviewers: %(people)s.",
                    people=", ".join(self.sudo().user_id.mapped("name")),
                )
            )
