# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.base.models.ir_attachment import condition_values

# Models whose readers do not all read what is written about their records
THREADS = {"sales.conduct.case", "sales.honour"}


class IrAttachment(models.Model):
    """Files of messages are for those who read these: Odoo shows them to all who read
    the document."""

    _inherit = "ir.attachment"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        # sudo: only to which model they belong
        if self.env.su or THREADS.isdisjoint(self.sudo().mapped("res_model")):
            return result
        hidden_files = self._find_hidden_files()
        hidden = self.filtered(lambda file: file in hidden_files)
        if not hidden:
            return result
        return (hidden | result[0] if result else hidden), hidden._make_hidden_error

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        query = super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
        if self.env.su or bypass_access:
            return query
        asked = condition_values(self, "res_model", Domain(domain))
        if asked and THREADS.isdisjoint(asked):
            return query
        if hidden := self._find_hidden_files():
            query.add_where(
                SQL("%s <> ALL(%s)", SQL.identifier(query.table, "id"), hidden.ids)
            )
        return query

    @api.model
    def _find_hidden_files(self):
        """:return: the files of messages that the user may not read"""
        domain = Domain.OR(
            self.env[name]._get_hidden_files_domain() for name in sorted(THREADS)
        )
        if domain.is_false():
            return self.browse()
        # sudo: whether there are any; nothing of them is shown.
        return self.sudo().search(domain).sudo(False)

    def _make_hidden_error(self):
        return AccessError(
            self.env._("Only those who read the messages of a document see its files.")
        )
