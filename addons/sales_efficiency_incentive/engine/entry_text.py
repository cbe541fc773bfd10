# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import format_date, formatLang

from odoo.addons.sales_efficiency_base.tools import format_period

from ..tools import format_percent, write_number
from . import reason


class EntryText:
    """Says in words why there is an entry, from its own fields.

    :param env: environment with the language of the reader
    """

    def __init__(self, env):
        self.env = env
        self._writers = {
            reason.SALE: self._write_sale,
            reason.CHANGED: self._write_changed,
            reason.RATE: self._write_rate,
            reason.BONUS: self._write_bonus,
            reason.LIMIT: self._write_limit,
        }

    def explain(self, entry):
        writer = self._writers.get(entry.reason)
        return writer(entry) if writer else self._get_texts().get(entry.reason, "")

    def _get_texts(self):
        """Reasons that need no figures"""
        return {
            reason.RESTATED: self.env._(
                "What a locked month earns by the terms of today"
            ),
            reason.CAPPED: self.env._("Above the cap: carried on to later months"),
            reason.WAITS: self.env._(
                "Waits until the customer pays or the holdback ends"
            ),
            reason.RELEASED: self.env._(
                "The customer has paid, or the holdback has ended"
            ),
            reason.UNPAID: self.env._("Waits again: overdue, or no longer paid"),
            reason.LAPSED: self.env._(
                "Not released in time after the end of the assignment"
            ),
            reason.DRAW: self.env._("Draw of the month"),
            reason.REPAID: self.env._("Earlier draws repaid"),
            reason.CARRIED: self.env._("Negative rest carried on to the next month"),
        }

    def _write_sale(self, entry):
        if entry.cumulated_after == entry.base:
            return self.env._(
                "%(base)s × %(rate)s",
                base=self._write_base(entry, entry.base),
                rate=self._write_rate_of(entry),
            )
        return self.env._(
            "%(base)s × %(rate)s; from %(before)s to %(after)s so far",
            base=self._write_base(entry, entry.base),
            rate=self._write_rate_of(entry),
            before=self._write_base(entry, entry.cumulated_before),
            after=self._write_base(entry, entry.cumulated_after),
        )

    def _write_changed(self, entry):
        return self.env._(
            "%(month)s is locked, and this sale of it changed by %(base)s",
            month=format_period(self.env, entry.origin),
            base=self._write_base(entry, entry.base),
        )

    def _write_rate(self, entry):
        return self.env._(
            "The rate reached has changed for what was sold since %(day)s",
            day=format_date(self.env, entry.interval_start),
        )

    def _write_bonus(self, entry):
        return self.env._(
            "%(attainment)s of the target reached: %(actual)s of %(target)s",
            attainment=format_percent(self.env, 100 * entry.actual / entry.target)
            if entry.target
            else "0 %",
            actual=write_number(self.env, entry.actual),
            target=write_number(self.env, entry.target),
        )

    def _write_limit(self, entry):
        if entry.amount > 0:
            return self.env._("Filled up to the minimum or the guarantee")
        return self.env._("Above the cap, or below the minimum")

    def _write_base(self, entry, value):
        # sudo: the unit of a metric is no secret.
        if entry.rule_id.sudo().metric_id.unit == "currency":
            return formatLang(self.env, value, currency_obj=entry.currency_id)
        return write_number(self.env, value)

    def _write_rate_of(self, entry):
        if entry.rule_id.sudo().kind == "bounty":  # sudo: as in _write_base
            return formatLang(self.env, entry.rate, currency_obj=entry.currency_id)
        return format_percent(self.env, 100 * entry.rate)
