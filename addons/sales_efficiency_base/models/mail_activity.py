# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    tier_review_id = fields.Many2one(
        comodel_name="tier.review",
        string="Review",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
