# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

# What users belong to from the start
MEMBERSHIPS = ("res.company", "res.groups")


def find_used(records):
    """Find the records that others refer to, wherever in the database: also where
    deleting them would only empty a field, or delete what belongs to them.

    Tables without foreign keys do not count, as the mart follows its documents.
    """
    records.env.flush_all()
    used = _find_referenced(records)
    for name, field_name in records._inherits.items():
        by_parent = {record[field_name].id: record.id for record in records}
        parents = _find_referenced(records.env[name].browse(by_parent), records._name)
        used |= records.browse(by_parent[id_] for id_ in parents.ids)
    return used


def _find_referenced(records, without=None):
    """:param str without: model that does not count"""
    if not records:
        return records
    used = set()
    for name, model in records.env.registry.items():
        if name in (*MEMBERSHIPS, without) or not model._auto or model._transient:
            continue
        for field in model._fields.values():
            if field.store and field.comodel_name == records._name:
                used.update(_fetch_referenced(model, field, records))
    return records.browse(sorted(used))


def _fetch_referenced(model, field, records):
    """:return: ids of the records that a field refers to"""
    if field.type == "many2many":
        table, column = field.relation, field.column2
    elif field.type == "many2one" and not field.company_dependent:
        table, column = model._table, field.name
    else:
        return []
    if column in models.MAGIC_COLUMNS:
        return []
    # A record may refer to itself.
    itself = SQL.identifier("id") if table == records._table else SQL("0")
    rows = records.env.execute_query(
        SQL(
            "SELECT DISTINCT %(column)s FROM %(table)s"
            " WHERE %(column)s = ANY(%(ids)s) AND %(column)s <> %(itself)s",
            column=SQL.identifier(column),
            table=SQL.identifier(table),
            ids=records.ids,
            itself=itself,
        )
    )
    return [id_ for [id_] in rows]
