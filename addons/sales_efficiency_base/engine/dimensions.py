# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.fields import Domain
from odoo.tools import SQL

from .fact_terms import Dimension


class Dimensions:
    """The dimensions of the facts, and the descendants of nodes in their trees.

    :param env: environment of the requesting user
    """

    def __init__(self, env):
        self.env = env
        self._facts = env["sales.fact"]

    def of_scopes(self, scopes):
        """Return a :class:`Dimension` for each dimension of the scopes, by name.

        :raise ValueError: if the facts lack one of the dimensions
        """
        asked = defaultdict(set)
        for scope in scopes:
            for name, ids in scope.dimensions:
                asked[name].update(ids)
        self._check(asked)
        cells = self.env["sales.fact.cell"]._get_keys()
        below = self._get_below(
            {name: ids for name, ids in asked.items() if self._facts._is_tree(name)}
        )
        return {
            name: Dimension(name in cells, below.get(name), self._facts._divides(name))
            for name in asked
        }

    def _check(self, names):
        for name in names:
            field = self._facts._fields.get(name)
            if not (field and field.store and field.type == "many2one"):
                raise ValueError(f"Sales facts have no dimension {name}")

    def _get_below(self, asked):
        """Read the descendants of tree nodes, including archived ones.

        :param dict asked: dimension → ids
        :return: dimension → id → ids of the node and its descendants
        """
        below = {name: defaultdict(list) for name in asked}
        if asked:
            queries = [
                SQL(
                    "SELECT %s, ancestor, id FROM (%s) AS below",
                    name,
                    self._query_below(name, ids),
                )
                for name, ids in asked.items()
            ]
            for name, ancestor, id_ in self.env.execute_query(
                SQL(" UNION ALL ").join(queries)
            ):
                below[name][ancestor].append(id_)
        return below

    def _query_below(self, name, ids):
        """Return the SELECT (ancestor, id) of tree nodes and their descendants."""
        tree = self.env[self._facts._fields[name].comodel_name]
        return SQL(
            "SELECT ancestor, node.id FROM %s AS node, unnest("
            "string_to_array(rtrim(%s, '/'), '/')::int[]) AS ancestor"
            " WHERE ancestor = ANY(%s)",
            SQL.identifier(tree._table),
            tree._field_to_sql("node", "parent_path"),
            list(ids),
        )

    # ------------------------------------------------------------------
    # Filters
    # ------------------------------------------------------------------

    def include_below(self, domain):
        """Make filters by tree nodes include descendants, as scopes do."""
        return domain.map_conditions(self._include_below)

    def _include_below(self, condition):
        name, ids = condition.field_expr, self._get_nodes(condition)
        if ids and condition.operator in ("=", "in"):
            return Domain(name, "child_of", ids)
        if ids and condition.operator in ("!=", "not in"):
            return Domain(name, "=", False) | ~Domain(name, "child_of", ids)
        return condition

    def look_below(self, domain):
        """Search trees in the statement itself; the ORM would query them first."""
        return domain.map_conditions(self._look_below)

    def _look_below(self, condition):
        name, ids = condition.field_expr, self._get_nodes(condition)
        if not ids or condition.operator != "child_of":
            return condition
        return Domain.custom(
            to_sql=lambda facts, alias, query: SQL(
                "%s IN (SELECT id FROM (%s) AS below)",
                facts._field_to_sql(alias, name, query),
                self._query_below(name, ids),
            )
        )

    def _get_nodes(self, condition):
        """Return the ids of the tree nodes in a condition, if any."""
        value = condition.value
        ids = list(value) if isinstance(value, (list, tuple, set)) else [value]
        is_tree = self._facts._is_tree(condition.field_expr)
        return ids if is_tree and all(type(id_) is int for id_ in ids) else []
