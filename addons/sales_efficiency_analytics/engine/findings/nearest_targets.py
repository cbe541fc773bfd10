# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import product

from odoo.tools import SQL

AND = SQL(" AND ")
COMMA = SQL(", ")


class NearestTargets:
    """Finds the narrowest target that contains a place; its gap analysis shows the
    place among the parts.

    :param company: the company
    :param metric: metric of the targets
    :param window: see :class:`.Window`
    :param list names: fields that say which place it is
    """

    def __init__(self, company, metric, window, names):
        results = company.env["sales.target.result"]
        dimensions = results._get_dimensions()
        self._names = [name for name in names if name in dimensions]
        rows = company.env.execute_query(
            SQL(
                """
                SELECT %(keys)s, MIN(result.target_id) FROM sales_target_result result
                  JOIN sales_target_plan plan ON plan.id = result.plan_id
                   AND plan.purpose = 'sales'
                 WHERE result.company_id = %(company)s AND result.metric_id = %(metric)s
                   AND result.period = 'month' AND result.date_from = %(month)s
                   AND %(others)s
              GROUP BY %(names)s
                """,
                keys=COMMA.join(
                    SQL("COALESCE(%s, 0)", name) for name in self._columns(self._names)
                ),
                names=COMMA.join(self._columns(self._names)),
                company=company.id,
                metric=metric.id,
                month=window.second,
                others=AND.join(
                    SQL("%s IS NULL", name)
                    for name in self._columns(set(dimensions).difference(names))
                ),
            )
        )
        self._targets = {tuple(key): target_id for *key, target_id in rows}

    def find(self, paths):
        """Return the id of the target that contains a place most narrowly, or None.

        :param dict paths: name → ids of the place and those above it, the widest first
        """
        steps = [[0, *paths.get(name, ())] for name in self._names]
        places = product(*(list(enumerate(ids)) for ids in steps))
        found = [
            (
                sum(depth > 0 for depth, _id in place),
                sum(depth for depth, _id in place),
                id_,
            )
            for place in places
            if (id_ := self._targets.get(tuple(id_ for _depth, id_ in place)))
        ]
        return max(found)[-1] if found else None

    @staticmethod
    def _columns(names):
        return [SQL("result.%s", SQL.identifier(name)) for name in names]
