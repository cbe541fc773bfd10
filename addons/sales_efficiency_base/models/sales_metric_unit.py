# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import float_round, format_amount, formatLang

from ..tools import Known, Unit


class SalesMetric(models.Model):
    """Units of metrics, and the format of their values."""

    _inherit = "sales.metric"  # pylint: disable=consider-merging-classes-inherited

    # ------------------------------------------------------------------
    # Text
    # ------------------------------------------------------------------

    def _format(self, value, is_difference=False):
        """Format a value with its unit; differences of rates are in points."""
        self.ensure_one()
        if value is None:
            return "–"
        is_points = is_difference and self.unit == "percent"
        unit = self._define_unit("points" if is_points else self.unit, self.env.company)
        if unit.currency:
            return format_amount(self.env, value, unit.currency)
        digits = unit.shown
        if digits is None:
            digits = 0 if value == int(value) else 2
        return unit.text % formatLang(self.env, value, digits=digits)

    @api.model
    def _describe_known(self, *known):
        """Describe the known share of some amounts together; empty if all is known.

        :param known: :class:`Known` or None for each amount
        """
        parts = filter(None, known)
        share = Known(*map(sum, zip((0, 0), *parts, strict=True))).share
        if share is None or float_round(share, precision_digits=0) == 100:
            return ""
        return self.env._("known: %s %%", formatLang(self.env, share, digits=0))

    def _mention_known(self, value, known):
        """Append the known share to a value unless all of it is known."""
        known = self._describe_known(known)
        if not known:
            return value
        return self.env._("%(value)s (%(known)s)", value=value, known=known)

    # ------------------------------------------------------------------
    # Units
    # ------------------------------------------------------------------

    @api.model
    def _define_unit(self, unit, company):
        """Return the format and rounding of a unit.

        An add-on that adds a unit also adds its ``_define_unit_<unit>``.

        :param company: company of the figures
        :rtype: Unit
        """
        define = getattr(self, f"_define_unit_{unit}", None)
        return define(company) if define else Unit()

    @api.model
    def _define_unit_currency(self, company):
        currency = company.currency_id
        return Unit(
            digits=currency.decimal_places, step=currency.rounding, currency=currency
        )

    @api.model
    def _define_unit_quantity(self, _company):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return Unit(digits=digits, step=10**-digits)

    @api.model
    def _define_unit_percent(self, _company):
        return Unit(self.env._("%s %%"), shown=1, adds_up=False)

    @api.model
    def _define_unit_points(self, _company):
        return Unit(self.env._("%s points"), shown=1, adds_up=False)

    @api.model
    def _define_unit_count(self, _company):
        return Unit(is_whole=True)

    @api.model
    def _define_unit_days(self, _company):
        return Unit(self.env._("%s days"), shown=1, adds_up=False)
