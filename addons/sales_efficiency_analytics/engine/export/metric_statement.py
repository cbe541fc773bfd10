# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Collection

from odoo.fields import Domain


class MetricStatement:
    """A metric as SQL over the exported figures, which any engine understands.

    It is an expression for a SELECT from ``facts``, with whatever WHERE and GROUP BY.

    :param metric: a ``sales.metric`` record
    """

    def __init__(self, metric):
        self._metric = metric
        self._facts = metric.env["sales.fact"]

    def get_text(self):
        """Return the expression, or None if exported figures cannot answer it."""
        method = getattr(self, f"_get_{self._metric.kind}", None)
        return method and method()

    def _get_sum(self):
        measure, condition = self._metric.measure, self._get_condition()
        if not condition:
            return None
        if measure == "facts":
            return f"COUNT(CASE WHEN {condition} THEN 1 END)"
        return f"COALESCE(SUM(CASE WHEN {condition} THEN {measure} END), 0)"

    def _get_distinct(self):
        condition = self._get_condition()
        if not condition:
            return None
        counted = "partner_id"
        if self._metric.counted == "document":
            counted = "CONCAT(source, ':', res_id)"
        return f"COUNT(DISTINCT CASE WHEN {condition} THEN {counted} END)"

    def _get_ratio(self):
        parts = [
            MetricStatement(part).get_text()
            for part in (self._metric.numerator_id, self._metric._get_denominator())
        ]
        if not all(parts):
            return None
        factor = "100.0 * " if self._metric.unit == "percent" else "1.0 * "
        numerator, denominator = parts
        return f"{factor}{numerator} / NULLIF({denominator}, 0)"

    # ------------------------------------------------------------------
    # Conditions
    # ------------------------------------------------------------------

    def _get_condition(self):
        events = self._metric.event_ids.mapped("event")
        conditions = [f"event IN ({self._list(events)})"] if events else []
        if self._metric.is_of_known_margin:
            conditions.append("margin IS NOT NULL")
        filter_ = self._get_filter()
        if not conditions or filter_ is None:
            return None
        return " AND ".join([*conditions, *filter_])

    def _get_filter(self):
        """Return the conditions of the metric's own filter; None if one of them is more
        than a comparison of an exported column with values."""
        domain = Domain(self._metric._get_domain()).optimize_full(self._facts)
        if domain.is_true():
            return []
        conditions = [self._compare(part) for part in self._get_parts(domain)]
        return None if None in conditions else conditions

    @staticmethod
    def _get_parts(domain):
        """Return the conditions that all have to hold; the domain itself otherwise."""
        if getattr(domain, "OPERATOR", None) == "&":
            return list(domain.children)
        return [domain]

    def _compare(self, part):
        name, values = getattr(part, "field_expr", None), getattr(part, "value", None)
        field = self._facts._fields.get(name)
        if not (field and field.store and field.column_type):
            return None
        if part.operator in ("any", "any!") and field.type == "many2one":
            return self._compare_values(name, True, self._find(field, values))
        if not isinstance(values, Collection) or isinstance(values, str):
            return None
        if part.operator not in ("in", "not in"):
            return None
        return self._compare_values(name, part.operator == "in", set(values))

    def _find(self, field, domain):
        """Return the ids of records now, e.g. of all below one in a tree."""
        # sudo: which records count, the metric says; their names are not told.
        records = self._facts.env[field.comodel_name].sudo()
        found = records.with_context(active_test=False).search(Domain(domain))
        return set(found.ids) or {0}

    def _compare_values(self, name, is_in, values):
        """Return the comparison with values; False stands for nothing, as in domains.

        >>> statement = MetricStatement.__new__(MetricStatement)
        >>> statement._compare_values("team_id", True, {7, 3, False})
        '(team_id IN (3, 7) OR team_id IS NULL)'
        >>> statement._compare_values("team_id", False, {7})
        '(team_id NOT IN (7) OR team_id IS NULL)'
        >>> statement._compare_values("team_id", False, {False})
        '(team_id IS NOT NULL)'
        """
        known = values - {False, None}
        has_empty = len(known) < len(values)
        operator, empty = ("IN", "IS NULL") if is_in else ("NOT IN", "IS NOT NULL")
        parts = [f"{name} {operator} ({self._list(known)})"] if known else []
        if has_empty:
            parts.append(f"{name} {empty}")
        elif not is_in:
            parts.append(f"{name} IS NULL")
        joint = " AND " if has_empty and not is_in else " OR "
        return f"({joint.join(parts)})"

    @staticmethod
    def _list(values):
        return ", ".join(
            str(value)
            if isinstance(value, int | float)
            else "'" + str(value).replace("'", "''") + "'"
            for value in sorted(values)
        )
