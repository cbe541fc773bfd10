# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class SalesDefaultMixin(models.AbstractModel):
    """What is not written by hand has no default by hand either.

    Defaults come from a client's context, or from a user's own setting, and they reach
    what programs create as superuser on the user's behalf. So a guarded field has only
    the default that the field itself says. Values that programs give are as ever.

    As it stands, for records that programs alone write: all their fields are guarded.
    """

    _name = "sales.default.mixin"
    _description = "Guard of Defaults"

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        for name in list(values):
            field = self._fields.get(name)
            if field is not None and self._is_default_guarded(field):
                del values[name]
                if field.default:
                    values[name] = self._get_own_default(field)
        return values

    @api.model
    def _is_default_guarded(self, field):
        """:return: whether the field takes no default but its own"""
        return True

    @api.model
    def _get_own_default(self, field):
        """:return: what the field itself says, as ``default_get`` does"""
        value = field.convert_to_cache(field.default(self), self, validate=False)
        return field.convert_to_write(value, self)
