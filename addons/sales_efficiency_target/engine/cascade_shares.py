# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import Scope


class CascadeShares:
    """Weights by which a target is broken down into parts (policy 2.1.1, 2.1.3).

    :param cascade: a ``sales.target.cascade`` record
    :param dict parts: record of the dimension -> its current target, if any
    :param actuals: those of last year, if they are measured already
    """

    def __init__(self, cascade, parts, actuals=None):
        self.env = cascade.env
        self._cascade = cascade
        self._target = cascade.target_id
        self._parts = parts
        self._actuals = actuals
        self.presences = self._get_presences()

    def _get_presences(self):
        """:return: dict user -> share of the year during which they can sell"""
        if not (self._parts and self._cascade._is_weighted()):
            return {}
        months = self._target.plan_id._get_months()
        members = self._get_members()
        presences = (
            self.env["crm.team.member"]
            .union(*members.values())
            ._get_sales_presences(months, self._cascade.considers_leave)
        )
        return {
            user: sum(presences[member]) / len(months)
            for user, member in members.items()
            if member
        }

    def _get_members(self):
        """:return: dict user -> the team membership relevant to the target, if any"""
        return {
            user: user.crm_team_member_ids._get_sales_membership(self._target)
            for user in self._parts
        }

    def get_weights(self):
        """:return: dict record of the dimension -> weight of its part"""
        method = self._cascade.method
        if not self._parts:
            return {}
        if method == "last_year":
            return self._get_last_year(self._parts)
        if self._cascade._is_weighted():
            return {
                user: member._get_sales_weight() * self.presences[user]
                if member
                else 1.0
                for user, member in self._get_members().items()
            }
        if method == "manual":
            return {record: child.amount for record, child in self._parts.items()}
        return dict.fromkeys(self._parts, 1.0)

    def get_kept_weight(self, weights):
        """Return last year's actual in the target's scope outside all parts.

        Keeping it out of the breakdown leaves each part with its own share only. If no
        part had an actual, last year says nothing about their shares: return 0.
        """
        if self._cascade.method != "last_year" or not any(weights.values()):
            return 0.0
        places = [self._target[self._cascade.dimension]]
        [whole] = self._get_last_year(places).values()
        return max(self._target._round(whole - sum(weights.values())), 0.0)

    def _get_last_year(self, places):
        """Return the actuals of the previous year, in one evaluation."""
        metric, period = self._target.metric_id, self._cascade._get_year_before()
        scopes = self._get_scopes(places)
        values = self._actuals or metric._evaluate(scopes.values(), [period])
        return {
            record: max(values[metric.id, scope, period] or 0, 0)
            for record, scope in scopes.items()
        }

    def _get_scopes(self, places):
        """:return: dict record of the dimension -> its :class:`Scope`"""
        target, name = self._target, self._cascade.dimension
        dimensions = target._get_scope_ids()
        return {
            record: Scope(target.company_id.id, **dimensions | {name: record.id})
            for record in places
        }

    @classmethod
    def measure(cls, previews):
        """Measure all that several break-downs of one metric compare, at once.

        :param previews: list of (cascade, parts) with the same plan and metric
        :return: actuals of the year before, see ``__init__``
        """
        cascade = previews[0][0]
        scopes = [
            scope
            for each, parts in previews
            for scope in cls(each, {})
            ._get_scopes([*parts, each.target_id[each.dimension]])
            .values()
        ]
        period = cascade._get_year_before()
        return cascade.target_id.metric_id._evaluate(scopes, [period])
