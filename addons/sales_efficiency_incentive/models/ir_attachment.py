# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain


class IrAttachment(models.Model):
    """Attachments of what pays people are read like the messages about it."""

    _inherit = "ir.attachment"

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        closed = self.env["sales.incentive.approval.mixin"]
        names = set(closed._get_closed_model_names()).intersection(model_and_ids)
        for name in names:
            for id_ in filter(None, model_and_ids[name]):
                yield name, id_
        others = {name: model_and_ids[name] for name in model_and_ids.keys() - names}
        yield from super()._inaccessible_comodel_records(others, operation)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        # Odoo finds attachments of a named model by access to its records alone.
        closed = self.env["sales.incentive.approval.mixin"]
        if not kwargs.get("bypass_access") and (
            names := closed._get_closed_model_names()
        ):
            domain = Domain(domain) & Domain("res_model", "not in", names)
        return super()._search(domain, offset, limit, order, **kwargs)
