# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


def hand_over(cr, old, new, version, models="", fields=None, records=""):
    """Hand to another add-on what one has declared so far, in a pre-migration of
    either.

    Tables, records and ids stay as they are: only whose they are is written anew, so
    that Odoo drops nothing at the end of the update. The new add-on is loaded in the
    same run, and as one that is updated: an installation would overwrite what users
    have changed of its data. Its own migrations since the version go on from there.

    What goes over is named by regular expressions:

    :param old: name of the add-on that is updated
    :param new: name of the one that is cut out of it
    :param version: the one that the old add-on is updated from
    :param models: models
    :param fields: dict of the models that stay -> the fields of them that go over
    :param records: XML ids of records
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
        # Constraints and relations are named after table and field.
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
    """Refuse an update for which another add-on has to be updated as well.

    Odoo updates what is named and what depends on it, not what it depends on.

    :raise RuntimeError: saying what to do; nothing is changed by then
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
    """Have the new add-on loaded in this run, as far as nobody has asked for it.

    One that is there already stays as it is.
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
    """:return: a regular expression that matches nothing but whole names"""
    return f"^({pattern})$"
