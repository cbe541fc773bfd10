# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tools import SQL

FUNCTIONS = ("avg", "max", "min", "sum")


class KnownFloat(fields.Float):
    """A figure that may be unknown: its column keeps 0 then, and another field says so.

    Who reads or exports it gets nothing instead; see ``aggregate_known`` for groups.
    """

    #: name of the field that says whether the figure is known
    known_by = None

    def convert_to_read(self, value, record, use_display_name=True):
        if not record[self.known_by]:
            return False
        return super().convert_to_read(value, record, use_display_name)

    def convert_to_export(self, value, record):
        if not record[self.known_by]:
            return ""
        return super().convert_to_export(value, record)


def aggregate_known(records, aggregate_spec, query, aggregate):
    """Leave what is unknown out of an average.

    :param SQL aggregate: the aggregate of all records
    :return: the aggregate of those of which the figure is known
    """
    name, _colon, function = aggregate_spec.partition(":")
    field = records._fields.get(name)
    if not isinstance(field, KnownFloat) or function not in FUNCTIONS:
        return aggregate
    is_known = records._field_to_sql(records._table, field.known_by, query)
    return SQL("%s FILTER (WHERE %s)", aggregate, is_known)
