# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import formatLang

from odoo.addons.sales_efficiency_incentive.tools import format_percent, write_number


class AwardText:
    """Says in words what an award pays.

    :param env: environment with the language of the reader
    :param bool is_share: of the target incentive, not months of pay
    """

    def __init__(self, env, is_share):
        self.env = env
        self._is_share = is_share

    def write_rate(self, rate):
        """:param rate: months, or percent"""
        if self._is_share:
            return format_percent(self.env, rate)
        if rate == 1:
            return self.env._("1 month")
        return self.env._("%s months", write_number(self.env, rate))

    def write_formula(self, terms, currency):
        """Write an :class:`.AwardSum` as people compute it."""
        rate = float(terms.rate)
        return self.env._(
            "%(rate)s × %(base)s × %(factor)s × %(days)s ÷ %(year)s days",
            rate=self.write_rate(100 * rate if self._is_share else rate),
            base=formatLang(self.env, float(terms.base), currency_obj=currency),
            factor=write_number(self.env, float(terms.factor)),
            days=terms.days,
            year=terms.year_days,
        )
