# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


def hand_over(cr, old, new, version, models="", fields=None, records=""):
    """Transfer models, fields and records to another add-on, in a pre-migration of
    either.

    Tables, records and ids are kept. Only their owner changes, so that Odoo drops
    nothing at the end of the update. The new add-on is loaded in the same run, as an
    update: an installation would overwrite changes by users to its data. Its own
    migrations since the version then follow.

    :param old: name of the add-on being updated
    :param new: name of the add-on split off from it
    :param version: version that the old add-on is updated from
    :param models: regular expression for models to transfer
    :param fields: dict of models that stay → fields to transfer, both as regular
        expressions
    :param records: regular expression for XML ids of records to transfer
    """
    _mark(cr, old, new, version)
    is_model = SQL("m.model ~ %s", _whole(models))
    is_field, is_of_field = is_model, is_model
    for model, names in (fields or {}).items():
        is_field = SQL(
            "%s OR (m.model ~ %s AND f.name ~ %s)",
            is_field,
            _whole(model),
            _whole(names),
        )
        # Names of constraints and relations consist of table and field.
        is_of_field = SQL(
            """
            %s OR (m.model ~ %s
                   AND t.name ~ concat('^', replace(m.model, '.', '_'), %s::text))
            """,
            is_of_field,
            _whole(model),
            f"_({names})(_|$)",
        )
    for table in ("ir_model_constraint", "ir_model_relation"):
        cr.execute(
            SQL(
                """
                UPDATE %s t SET module = after.id
                  FROM ir_model m, ir_module_module before, ir_module_module after
                 WHERE m.id = t.model AND (%s) AND t.module = before.id
                   AND before.name = %s AND after.name = %s
                """,
                SQL.identifier(table),
                is_of_field,
                old,
                new,
            )
        )
    cr.execute(
        SQL(
            """
            WITH model AS (SELECT m.id FROM ir_model m WHERE %(is_model)s),
                 field AS (
                SELECT f.id FROM ir_model_fields f JOIN ir_model m ON m.id = f.model_id
                 WHERE %(is_field)s),
                 part AS (
                SELECT 'ir.model' AS model, id FROM model
                 UNION ALL
                SELECT 'ir.model.inherit', id FROM ir_model_inherit
                 WHERE model_id IN (SELECT id FROM model)
                 UNION ALL
                SELECT 'ir.model.fields', id FROM field
                 UNION ALL
                SELECT 'ir.model.fields.selection', id FROM ir_model_fields_selection
                 WHERE field_id IN (SELECT id FROM field)
                 UNION ALL
                SELECT 'ir.model.constraint', c.id
                  FROM ir_model_constraint c
                  JOIN ir_module_module m ON m.id = c.module
                 WHERE m.name = %(new)s)
            UPDATE ir_model_data d SET module = %(new)s
             WHERE d.module = %(old)s
               AND (d.name ~ %(records)s
                    OR (d.model, d.res_id) IN (SELECT model, id FROM part))
            """,
            is_model=is_model,
            is_field=is_field,
            new=new,
            old=old,
            records=_whole(records),
        )
    )


def require(cr, addon, version):
    """Refuse an update that requires another add-on to be updated too.

    Odoo updates the given add-ons and their dependents, not their dependencies.

    :raise RuntimeError: with instructions, before anything is changed
    """
    cr.execute(
        SQL(
            """
            SELECT latest_version FROM ir_module_module
             WHERE name = %s
               AND string_to_array(latest_version, '.')::int[]
                   < string_to_array(%s, '.')::int[]
            """,
            addon,
            version,
        )
    )
    for (latest_version,) in cr.fetchall():
        raise RuntimeError(
            f"Update {addon} as well, with --update={addon}: it is of version"
            f" {latest_version}, and {version} is needed. Nothing has been changed."
        )


def _mark(cr, old, new, version):
    """Mark the new add-on to be loaded in this run.

    An add-on that is already installed or to be upgraded is left unchanged.
    """
    cr.execute(
        SQL(
            "SELECT FROM ir_module_module WHERE name = %s"
            " AND state IN ('installed', 'to upgrade')",
            new,
        )
    )
    if cr.rowcount:
        return
    cr.execute(
        SQL(
            """
            UPDATE ir_module_module after
               SET state = CASE after.state
                       WHEN 'uninstalled' THEN 'to upgrade' ELSE after.state END,
                   latest_version = %s,
                   demo = before.demo
              FROM ir_module_module before
             WHERE before.name = %s AND after.name = %s
            """,
            version,
            old,
            new,
        )
    )
    if not cr.rowcount:
        raise FileNotFoundError(
            f"{new} is missing in the addons path: it takes over a part of {old}."
        )


def _whole(pattern):
    """:return: a regular expression that matches whole names only"""
    return f"^({pattern})$"
