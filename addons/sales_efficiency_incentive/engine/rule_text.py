# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import format_amount, format_date, format_list

from ..tools import format_percent, write_number


class RuleText:
    """What a rule pays, in words of the language of its environment."""

    def __init__(self, rule):
        self.rule = rule
        self.env = rule.env

    def summarize(self):
        """:return: the rule in one line"""
        rule = self.rule
        if rule.kind == "pool":
            texts = [write_value(rule, name) for name in ("pool_basis", "pool_split")]
            return " · ".join([self._list_points(), *texts])
        if rule.kind == "bonus":
            return self.env._(
                "%(points)s of the target incentive", points=self._list_points()
            )
        # sudo: the name of what is paid is part of the terms.
        metric = rule.metric_id.sudo().name or ""
        names = {"rates": self._list_rates(), "metric": metric}
        if rule.kind == "bounty":
            return self.env._("%(rates)s each: %(metric)s", **names)
        return self.env._("%(rates)s of %(metric)s", **names)

    def get_tiers(self):
        """Return the tiers in the order of their bounds, also if they are not saved."""
        return self.rule.tier_ids.sorted("bound")

    def write_rate(self, rate):
        rule = self.rule
        if rule.unit_of_rate == "currency":
            return format_amount(self.env, rate, rule.currency_id)
        if rule.rate_unit == "fold":
            return self.env._("%s-fold", write_number(self.env, rate))
        return format_percent(self.env, rate)

    def write_bound(self, bound):
        rule = self.rule
        if rule.unit_of_bound == "currency":
            return format_amount(self.env, bound, rule.currency_id)
        if rule.unit_of_bound == "percent":
            return format_percent(self.env, bound)
        if rule.unit_of_bound == "days":
            return self.env._("day %s", write_number(self.env, bound))
        return write_number(self.env, bound)

    def _list_points(self):
        return "; ".join(
            f"{self.write_bound(tier.bound)} → {self.write_rate(tier.rate)}"
            for tier in self.get_tiers()
        )

    def _list_rates(self):
        tiers = self.get_tiers()
        if self.rule.rate_by == "fixed":
            return self.write_rate(self.rule.rate)
        rates = [
            self.env._(
                "%(rate)s to %(bound)s",
                rate=self.write_rate(tier.rate),
                bound=self.write_bound(above.bound),
            )
            for tier, above in zip(tiers, tiers[1:], strict=False)
        ]
        if len(tiers) > 1:
            rates.append(
                self.env._("%(rate)s above", rate=self.write_rate(tiers[-1].rate))
            )
        else:
            rates += [self.write_rate(tier.rate) for tier in tiers]
        return ", ".join(rates)


def write_value(record, name):
    """Write the value of a field as people read it; empty if there is none."""
    env, field, value = record.env, record._fields[name], record[name]
    if not value:
        return ""
    if field.type == "selection":
        return dict(field._description_selection(env))[value]
    if field.type == "monetary":
        return format_amount(env, value, record.currency_id)
    if field.type == "float":
        return format_percent(env, value)
    if field.type == "date":
        return format_date(env, value)
    if field.type == "boolean":
        return env._("Yes")
    if field.relational:
        # sudo: what is named in the terms
        return format_list(env, value.sudo().mapped("display_name"))
    return str(value)
