# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Updating the released add-ons to the current ones loses no data.

Only installed add-ons are updated; those split off from them since are installed, too.
What is new can be installed afterwards.

The released add-ons with demo data are in a template that script/test creates once
(``upgrade_template`` in script/lib/templates.sh), so that only the update is repeated.
"""

import os
from collections import defaultdict

import pytest
from odoo_database import addons, execute, run_odoo, schema

# Intended removals and changes, with the reason: a "table" stands for its rows, a
# "table.column" for its values. Everything else must stay the same.
EXCEPTIONS = {
    # Rewritten with the same values by each update
    "res_partner.write_date",  # of users
    "sales_metric_event.write_date",  # of records that users cannot edit
    # Written by the new column for the area of a source
    "sales_mart_source.write_date",
    # Events are ordered by their sources.
    "sales_metric_event.sequence",
    # The sum of days to win is archived: it is no useful indicator.
    "sales_metric.active",
    "sales_metric.write_date",
    # Descriptions reflect the current calculation.
    "sales_metric.description",
    # Rebuilt from the facts, which have more columns
    "sales_fact_cell",
    "sales_fact_total",
    # Formerly followed the target; now fixed at the decision
    "sales_target_adjustment.change_percent",
    # Moved into one column, shown only to users who may see the figures
    "sales_target_adjustment_effect.amount_after",
    "sales_target_adjustment_effect.amount_before",
    "sales_target_adjustment_effect.attainment_after",
    "sales_target_adjustment_effect.attainment_before",
    "sales_target_adjustment_effect.gap_after",
    "sales_target_adjustment_effect.name",
    # Written by the new column for the kind of cause
    "sales_target_cause.write_date",
    "sales_target_cause.write_uid",
}
# Add-ons that bring something new, and wait until somebody installs them
NEW = {
    "sales_efficiency_analytics",
    "sales_efficiency_analytics_dashboard",
    "sales_efficiency_incentive",
    "sales_efficiency_process",
    "sales_efficiency_resource",
    "sales_efficiency_resource_incentive",
    "sales_efficiency_team",
}
# User changes to data of add-ons, which must be kept: XML id -> table and assignment
CHANGED = {
    "ir_cron_weekly_reports": ("ir_cron", "interval_number = 3"),
    "ir_cron_meetings": ("ir_cron", "active = FALSE"),
    "ir_cron_milestones": ("ir_cron", "interval_number = 7"),
    "mail_template_minutes": (
        "mail_template",
        """subject = subject || '{"en_US": "Our minutes", "zh_TW": "會議紀錄"}'""",
    ),
    "sales_meeting_rule_all": ("ir_rule", "domain_force = '[(1, ''='', 0)]'"),
}

# Declarations of add-ons, without demo data; Odoo drops obsolete ones.
DECLARATIONS = (
    r"""
    SELECT module AS addon, name, model, noupdate FROM ir_model_data
     WHERE name NOT LIKE '%\_demo%'
       -- belong to the mixin's add-on or the model's, by the order of installation
       AND name NOT IN ('field_sales_incentive_rule__channel_member_id',
                        'field_sales_incentive_rule__project_id')
    """,
    """
    SELECT m.name AS addon, c.name, c.type FROM ir_model_constraint c
      JOIN ir_module_module m ON m.id = c.module
    """,
    """
    SELECT m.name AS addon, r.name FROM ir_model_relation r
      JOIN ir_module_module m ON m.id = r.module
    """,
)


def tables_of_ours(database):
    """Return the tables that the suite stores anything in.

    Those are of its models, of the models that it extends and of the relations between
    them, but not of wizards, nor where Odoo notes what add-ons declare: this is
    compared by itself, see ``DECLARATIONS``.
    """
    modules = ", ".join(f"'{name}'" for name in addons())
    rows = execute(
        database,
        f"""
        SELECT table_name FROM information_schema.tables
         WHERE table_schema = 'public'
           AND table_name NOT IN ('ir_model_data', 'ir_module_module')
           AND table_name IN (
                SELECT replace(m.model, '.', '_')
                  FROM ir_model m
                  JOIN ir_model_data d ON d.model = 'ir.model' AND d.res_id = m.id
                 WHERE d.module IN ({modules}) AND NOT m.transient
                 UNION
                SELECT r.name
                  FROM ir_model_relation r
                  JOIN ir_module_module m ON m.id = r.module
                 WHERE m.name IN ({modules}))
         ORDER BY table_name
        """,
    )
    return [table for (table,) in rows]


def declared(database, query):
    """Return what the add-ons of the suite declare, by whichever of them does.

    :param query: SELECT of rows with the name of an add-on in the column ``addon``
    :return: set of rows
    """
    names = ", ".join(f"'{name}'" for name in addons())
    return set(
        execute(database, f"SELECT * FROM ({query}) AS d WHERE addon IN ({names})")
    )


def external_ids(database):
    """Return the records with an XML id of the suite: dict of the name -> records."""
    rows = declared(
        database, "SELECT module AS addon, name, model, res_id FROM ir_model_data"
    )
    found = defaultdict(set)
    for _addon, name, model, res_id in rows:
        found[name].add((model, res_id))
    return found


def versions(database):
    """Return the installed add-ons of the suite with their versions."""
    rows = execute(
        database,
        "SELECT name, latest_version FROM ir_module_module WHERE state = 'installed'",
    )
    return {row for row in rows if row[0] in addons()}


def descriptions(database):
    """Return what the metrics of the suite say of themselves."""
    return execute(
        database,
        """
        SELECT d.module, d.name, m.description->>'en_US'
          FROM sales_metric m
          JOIN ir_model_data d ON d.model = 'sales.metric' AND d.res_id = m.id
         ORDER BY d.module, d.name
        """,
    )


def read(database, table):
    """Return the rows of a table by their ids; those of a relation by themselves."""
    if not execute(database, f"SELECT to_regclass('{table}') IS NOT NULL")[0][0]:
        return {}
    rows = execute(database, f'SELECT to_jsonb(t) FROM "{table}" t')
    return {row.get("id", tuple(row.items())): row for (row,) in rows}


def find_losses(before, after, tables):
    """Compare two databases.

    :return: dict of a table or a column -> what it has lost: the rows, or (row, value
        before, value after)
    """
    losses = defaultdict(list)
    for table in tables:
        there = read(after, table)
        for key, row in read(before, table).items():
            if key not in there:
                losses[table].append(row)
                continue
            for name, value in row.items():
                now = there[key].get(name, "no such column")
                if now != value:
                    losses[f"{table}.{name}"].append((key, value, now))
    return losses


@pytest.fixture
def released(copy_of):
    """Return a database with the released add-ons and their demo data, in which users
    have changed what add-ons have declared."""
    if not os.environ["UPGRADE_TEMPLATE"]:
        pytest.skip(f"git does not find the commit {os.environ['RELEASED']} here")
    database = copy_of(os.environ["UPGRADE_TEMPLATE"])
    for name, (table, assignment) in CHANGED.items():
        execute(
            database,
            f"""
            UPDATE {table} SET {assignment} WHERE id = (
                    SELECT res_id FROM ir_model_data WHERE name = '{name}')
            RETURNING id
            """,
        )
    return database


def changed(database):
    """Return the rows of ``CHANGED``, but for when they were written."""
    rows = {}
    for name, (table, _assignment) in CHANGED.items():
        ((row,),) = execute(
            database,
            f"""
            SELECT to_jsonb(t) - 'write_date' - 'nextcall' - 'lastcall' FROM {table} t
              JOIN ir_model_data d ON d.res_id = t.id AND d.name = '{name}'
            """,
        )
        rows[name] = row
    return rows


def test_an_update_of_the_released_version_loses_nothing(released):
    before = os.environ["UPGRADE_TEMPLATE"]
    tables = tables_of_ours(before)
    assert "sales_target" in tables
    released_versions = versions(before)
    ids, kept = external_ids(before), changed(released)
    names = ",".join(name for name, _version in released_versions)
    assert not run_odoo(released, "server", "--stop-after-init", "--update", names)
    assert {name for name, _version in versions(released)} == set(addons()) - NEW
    new = ["--without-demo", "--init", ",".join(NEW)]
    assert not run_odoo(released, "server", "--stop-after-init", *new)
    assert versions(released).isdisjoint(released_versions), "nothing was updated"
    losses = find_losses(before, released, tables)
    assert {
        name: lost[:3] for name, lost in losses.items() if name not in EXCEPTIONS
    } == {}
    assert descriptions(released) == descriptions(os.environ["SUITE_TEMPLATE"])
    # Declarations equal those of a new installation, and existing XML ids still refer
    # to the same records.
    for query in DECLARATIONS:
        fresh = declared(os.environ["SUITE_TEMPLATE"], query)
        assert declared(released, query) == fresh, query
    moved = {
        name: (records, ids[name])
        for name, records in external_ids(released).items()
        if name in ids and not records & ids[name]
    }
    assert moved == {}
    assert changed(released) == kept
    # The schema gains exactly what a new installation adds.
    base, suite = os.environ["BASE_TEMPLATE"], os.environ["SUITE_TEMPLATE"]
    added = schema(released) - schema(os.environ["BASE_DEMO_TEMPLATE"])
    assert added == schema(suite) - schema(base)


def test_an_update_without_the_foundation_says_so_and_changes_nothing(released):
    before = os.environ["UPGRADE_TEMPLATE"]
    tables, released_versions = tables_of_ours(before), versions(before)
    target = ["--update", "sales_efficiency_target"]
    with pytest.raises(AssertionError, match="Update sales_efficiency_base as well"):
        run_odoo(released, "server", "--stop-after-init", *target)
    assert versions(released) == released_versions
    assert not find_losses(before, released, tables).keys() - {"res_partner.write_date"}
