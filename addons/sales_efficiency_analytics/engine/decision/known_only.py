# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

# Figures that may be unknown, and the field that says whether they are known
KNOWN_BY = {"effect_percent": "has_percent", "roi": "has_roi"}
FUNCTIONS = ("avg", "max", "min", "sum")


def aggregate_known(records, aggregate_spec, query, aggregate):
    """Leave what is unknown out of an average: a column keeps it as 0.

    :param SQL aggregate: the aggregate of all records
    :return: the aggregate of those of which the figure is known
    """
    name, _colon, function = aggregate_spec.partition(":")
    if name not in KNOWN_BY or function not in FUNCTIONS:
        return aggregate
    is_known = records._field_to_sql(records._table, KNOWN_BY[name], query)
    return SQL("%s FILTER (WHERE %s)", aggregate, is_known)
