# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesToDoMixin(models.AbstractModel):
    """A document whose steps give people to-dos, and take them back, without mails."""

    _name = "sales.to.do.mixin"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Document with To-Dos"
    # External id of the type of its to-dos
    _to_do_type = None

    def _text(self, user, kind):
        """:return: the summary of a to-do, in the language of its user"""
        raise NotImplementedError

    def _ask(self, user, kind, deadline):
        """Give somebody a to-do; nobody if there is no such user, or not any more."""
        self._create_to_dos(
            self._prepare_to_do(person, kind, deadline)
            for person in user.filtered("active")
        )

    def _prepare_to_do(self, user, kind, deadline):
        self.ensure_one()
        return self.env["mail.activity"]._prepare_sales_to_do(
            self,
            user,
            self._to_do_type,
            summary=self._text(user, kind),
            date_deadline=deadline,
        )

    @api.model
    def _create_to_dos(self, values):
        to_dos = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        # sudo: the to-dos are those of others.
        to_dos.sudo().create(list(values))

    def _drop_to_dos(self, user=None):
        """Take back the to-dos of a user, or of everybody."""
        # sudo: see _create_to_dos
        to_dos = self.sudo().activity_ids.filtered(
            lambda to_do: (
                not to_do.tier_review_id and (user is None or to_do.user_id == user)
            )
        )
        to_dos.unlink()
