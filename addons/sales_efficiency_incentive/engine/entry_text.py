# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import format_date, formatLang

from odoo.addons.sales_efficiency_base.tools import format_period

from ..tools import format_percent, write_number
from . import reason
from .terms_reader import read_rule, to_decimal


class EntryText:
    """Says in words why there is an entry, from its own fields.

    :param env: environment with the language of the reader
    """

    def __init__(self, env):
        self.env = env
        self._tables = {}
        self._writers = {
            reason.SALE: self._write_sale,
            reason.CHANGED: self._write_changed,
            reason.RATE: self._write_rate,
            reason.BONUS: self._write_bonus,
            reason.POOL: self._write_pool,
            reason.LIMIT: self._write_limit,
            reason.ADJUSTED: self._write_adjusted,
            reason.PAID: self._write_paid,
            reason.REVERSED: self._write_reversed,
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
            reason.UNACCEPTED: self.env._("Waits until the plan letter is accepted"),
            reason.TAKEN: self.env._("Taken from what waits for the plan letter"),
            reason.ACCEPTED: self.env._("The plan letter is accepted"),
            reason.DRAW: self.env._("Draw of the month"),
            reason.REPAID: self.env._("Earlier draws repaid"),
            reason.CARRIED: self.env._("Negative rest carried on to the next month"),
        }

    def _write_sale(self, entry):
        formula = " + ".join(
            self.env._(
                "%(base)s × %(rate)s",
                base=self._write_base(entry, base),
                rate=self._write_rate(entry, rate),
            )
            for base, rate in self._get_slices(entry)
        )
        if entry.cumulated_after == entry.base:
            return formula
        return self.env._(
            "%(formula)s; from %(before)s to %(after)s so far",
            formula=formula,
            before=self._write_base(entry, entry.cumulated_before),
            after=self._write_base(entry, entry.cumulated_after),
        )

    def _get_slices(self, entry):
        """Return the parts of a base, if the rates of several tiers apply to them."""
        table = self._get_table(entry.rule_id)
        if table and 0 <= entry.cumulated_before < entry.cumulated_after:
            before, after = entry.cumulated_before, entry.cumulated_after
            slices = list(table.slices(to_decimal(before), to_decimal(after)))
            earned = sum(part * rate for part, rate in slices)
            # Words never contradict the entry, e.g. where a condition is not reached.
            close = abs(float(earned) - entry.amount) < 2 * entry.currency_id.rounding
            if len(slices) > 1 and close:
                return [(float(part), float(rate)) for part, rate in slices]
        return [(entry.base, entry.rate)]

    def _get_table(self, rule):
        """Return the table of a rule that pays each slice of sums at its own rate."""
        if rule not in self._tables:
            # sudo: the terms by which one is paid are no secret, also replaced ones.
            terms = rule.sudo()
            by_slices = terms.rate_by in ("month", "interval")
            by_slices = by_slices and terms.rate_mode == "marginal"
            by_slices = by_slices and terms.rate_unit == "percent"
            self._tables[rule] = read_rule(terms).table if by_slices else None
        return self._tables[rule]

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
            attainment=self._write_attainment(entry),
            actual=write_number(self.env, entry.actual),
            target=write_number(self.env, entry.target),
        )

    def _write_pool(self, entry):
        rule = entry.rule_id.sudo()  # sudo: whoever shares a pool knows what it is.
        splits = dict(rule._fields["pool_split"]._description_selection(self.env))
        return self.env._(
            "Pool of %(team)s: %(sum)s at %(attainment)s of the target, shared:"
            " %(split)s; share %(share)s",
            team=rule.team_id.name or rule.name,
            sum=formatLang(
                self.env, entry.cumulated_after, currency_obj=entry.currency_id
            ),
            attainment=self._write_attainment(entry),
            split=splits.get(rule.pool_split, ""),
            share=format_percent(self.env, 100 * entry.rate),
        )

    def _write_attainment(self, entry):
        rate = 100 * entry.actual / entry.target if entry.target else 0
        return format_percent(self.env, rate)

    def _write_limit(self, entry):
        if entry.amount > 0:
            return self.env._("Filled up to the minimum or the guarantee")
        return self.env._("Above the cap, or below the minimum")

    def _write_adjusted(self, entry):
        # sudo: payees read why, and whose decision it was.
        adjustment = entry.sudo().adjustment_id
        if entry.amount == adjustment.amount:
            return self.env._(
                "Decided by %(person)s: %(reason)s",
                person=adjustment.approved_by_id.name,
                reason=entry.document_name,
            )
        return self.env._("Adjustment taken back: %s", entry.document_name)

    def _write_paid(self, entry):
        return self.env._("Paid out on %s", format_date(self.env, entry.date))

    def _write_reversed(self, entry):
        return self.env._("Payout undone on %s", format_date(self.env, entry.date))

    def _write_base(self, entry, value):
        # sudo: the unit of a metric is no secret.
        if entry.rule_id.sudo().metric_id.unit == "currency":
            return formatLang(self.env, value, currency_obj=entry.currency_id)
        return write_number(self.env, value)

    def _write_rate(self, entry, rate):
        if entry.rule_id.sudo().kind == "bounty":  # sudo: as in _write_base
            return formatLang(self.env, rate, currency_obj=entry.currency_id)
        return format_percent(self.env, 100 * rate)
