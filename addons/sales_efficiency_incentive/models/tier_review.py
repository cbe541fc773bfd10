# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class TierReview(models.Model):
    """Reviews of what pays people, with their comments, are read like the messages
    about it; those who are named by an approval rule read what they decide on."""

    _inherit = "tier.review"

    @api.model
    def _filter_documents(self, rows):
        reviews = super()._filter_documents(rows)
        closed = self.env["sales.incentive.approval.mixin"]
        if names := closed._get_closed_model_names():
            # sudo: only compares people; who decides is no secret to reviewers.
            others = reviews.sudo().filtered(
                lambda review: (
                    review.model in names and self.env.user not in review.reviewer_ids
                )
            )
            reviews -= others.with_env(self.env)
        return reviews
