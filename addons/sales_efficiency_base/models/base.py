# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, formatLang

from ..tools import FIRST_DAY, LAST_DAY, MAX_FIGURE, MAX_INTEGER

SUITE = "sales_efficiency_"
LIMITS = {"float": MAX_FIGURE, "monetary": MAX_FIGURE, "integer": MAX_INTEGER}
DAYS = ("date", "datetime")
LINES = ("one2many", "many2many")


class Base(models.AbstractModel):
    """Rejects unusable numbers, dates and choices in the fields of the suite, whether
    entered, imported, passed by call or as default.

    In PostgreSQL NaN exceeds any number and so passes checks for positive values; sums
    beyond 2^53 are inexact; no year precedes year 1. Only the given values are checked,
    no records are read, so it costs next to nothing.
    """

    _inherit = "base"

    # Names of the fields of the suite that need checking
    _sales_input = frozenset()

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        if names := self._sales_input.intersection(fields):
            # Unconverted: the ORM converts them, and the settings are loaded already.
            context = self.env.context
            settings = self.env["ir.default"]._get_model_defaults(self._name)
            self._check_sales_input(
                {
                    name: context.get(f"default_{name}", settings.get(name))
                    for name in names
                }
            )
        return super().default_get(fields)

    @api.model_create_multi
    def create(self, vals_list):
        if self._sales_input:
            self._check_sales_input(*vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if self._sales_input:
            self._check_sales_input(vals)
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._check_sales_input(values)
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _sql_error_to_message(self, exc):
        """Find the model by its table: importing documents writes their lines too."""
        if exc.diag.table_name not in (None, self._table):
            for name, model in self.env.registry.items():
                if exc.diag.constraint_name in model._table_objects:
                    return self.env[name]._sql_error_to_message(exc)
        return super()._sql_error_to_message(exc)

    # ------------------------------------------------------------------
    # Input
    # ------------------------------------------------------------------

    @api.model
    def _post_model_setup__(self):
        """Keep the names of the fields in the class: each create, write and default of
        any model asks for them."""
        done = super()._post_model_setup__()
        type(self)._sales_input = frozenset(
            name
            for name, field in self._fields.items()
            if field.type in (*LIMITS, *DAYS, *LINES, "selection")
            and field._modules
            and all(module.startswith(SUITE) for module in field._modules)
        )
        return done

    @api.model
    def _check_sales_input(self, *vals_list):
        """Reject unusable values.

        :raise ValidationError: naming the field, the value and the accepted range
        """
        for vals in vals_list:
            for name in self._sales_input.intersection(vals):
                if vals[name]:
                    self._check_sales_value(self._fields[name], vals[name])

    @api.model
    def _check_sales_value(self, field, value):
        if not self._is_sales_value(field, value):
            raise ValidationError(self._explain_sales_input(field, value))

    @api.model
    def _is_sales_value(self, field, value):
        """:return: whether a field of the suite can take a value"""
        if field.type in LINES:
            return self._check_sales_lines(field, value)
        if field.type in LIMITS:
            return self._is_sales_figure(value, LIMITS[field.type])
        if field.type in DAYS:
            return self._is_sales_day(field, value)
        return value in field.get_values(self.env)

    @api.model
    def _check_sales_lines(self, field, commands):
        """Check values of document lines too, before anything is computed from them."""
        lines = self.env[field.comodel_name]
        if lines._sales_input and isinstance(commands, list | tuple):
            lines._check_sales_input(
                *(
                    command[2]
                    for command in commands
                    if isinstance(command, list | tuple)
                    and len(command) == 3
                    and isinstance(command[2], dict)
                )
            )
        return True

    @api.model
    def _is_sales_figure(self, value, most):
        try:
            # Also False for NaN
            return abs(float(value)) <= most
        except (TypeError, ValueError, OverflowError):
            return False

    @api.model
    def _is_sales_day(self, field, value):
        to_day = fields.Date.to_date
        try:
            if field.type == "datetime":
                value = fields.Datetime.to_datetime(value)
            return FIRST_DAY <= to_day(value) <= LAST_DAY
        except (TypeError, ValueError, LookupError):
            return False

    @api.model
    def _explain_sales_input(self, field, value):
        """:return: the accepted values, in words"""
        names = {"field": field._description_string(self.env), "value": str(value)[:40]}
        if field.type in LIMITS:
            most = LIMITS[field.type]
            return self.env._(
                "%(field)s cannot be %(value)s: enter a number from %(least)s to"
                " %(most)s.",
                **names,
                least=formatLang(self.env, -most, digits=0),
                most=formatLang(self.env, most, digits=0),
            )
        if field.type in DAYS:
            return self.env._(
                "%(field)s cannot be %(value)s: enter a day from %(first)s to"
                " %(last)s.",
                **names,
                first=format_date(self.env, FIRST_DAY),
                last=format_date(self.env, LAST_DAY),
            )
        return self.env._(
            "%(field)s cannot be %(value)s: choose one of the list.", **names
        )
