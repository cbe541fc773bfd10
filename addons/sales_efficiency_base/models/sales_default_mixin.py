# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class SalesDefaultMixin(models.AbstractModel):
    """Protects fields from defaults supplied by users.

    Defaults can come from the client's context or from a user's own settings, and apply
    even to records that code creates as superuser on the user's behalf. A guarded field
    accepts only the default in its own definition; explicit values are unaffected.

    By default all fields are guarded, as suits records that only code writes.
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
        """:return: whether the field ignores all defaults but its own"""
        return True

    @api.model
    def _get_own_default(self, field):
        """:return: the default of the field itself, in the format of ``default_get``"""
        value = field.convert_to_cache(field.default(self), self, validate=False)
        return field.convert_to_write(value, self)
