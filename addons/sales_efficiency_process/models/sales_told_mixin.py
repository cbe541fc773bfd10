# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.sales_efficiency_base.tools import take_turns


class SalesToldMixin(models.AbstractModel):
    """A submitted document whose requester is told, on it, how it was decided.

    It has a state ``rejected`` beside those of the submission.
    """

    _name = "sales.told.mixin"
    _inherit = "sales.submission.mixin"
    _description = "Submitted Document with an Answer"

    def _approve(self):
        # Two people at once: the second sees what the first has decided.
        take_turns(self)
        res = super()._approve()
        self._tell_requester()
        return res

    def _after_rejection(self):
        # sudo: reviewers may not write it; that it is their turn has been checked.
        self.sudo().with_context(skip_validation_check=True).state = "rejected"
        self._tell_requester()

    def _tell_requester(self):
        """Tell who asked, in their language."""
        for document in self.sudo():  # sudo: see above
            requester = document.submitted_by_id
            if not requester.active or requester == self.env.user:
                continue
            document = document.with_context(
                lang=requester.lang, skip_validation_check=True
            )
            text = document._describe_decision()
            document.message_notify(
                subject=text, body=text, partner_ids=requester.partner_id.ids
            )

    def _describe_decision(self):
        """:return: text about what was decided, in the language of the context"""
        raise NotImplementedError
