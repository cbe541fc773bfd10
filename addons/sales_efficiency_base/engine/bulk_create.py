# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What leans on how Odoo and PostgreSQL work inside, to create thousands of records.

Nothing but speed hangs on it: with ``IS_USED`` set to False the ORM alone does all,
and the tests of those who use it pass both ways. Should another version of Odoo work
differently inside, this is the place to look at, and the switch to turn.
"""

from contextlib import contextmanager

from odoo.tools import SQL

IS_USED = True


@contextmanager
def by_index(cr):
    """Have foreign keys of many new rows looked up by index.

    PostgreSQL keeps the plan of such a look-up from when the other table was small: it
    would read all of it for each row, until the table is analysed again. 120,000 months
    of 10,000 new targets took 100 seconds, and take 2 so.
    """
    if not IS_USED:
        yield
        return
    cr.execute("SET LOCAL enable_seqscan = off")
    yield
    # An error undoes the setting together with the transaction or savepoint.
    cr.execute("SET LOCAL enable_seqscan TO DEFAULT")


def place_in_tree(records, data_list):
    """Have the path of each new record in its INSERT: the ORM's UPDATE would check all
    foreign keys of the new rows once more, a tenth of the time.

    To be called by ``_create`` of a model that is a tree; its ``_parent_store_create``
    has to leave the paths as they are while ``IS_USED``.

    :param records: the model
    :param list data_list: what ``_create`` is given
    """
    if not IS_USED:
        return
    ids = records.env.execute_query(
        SQL(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
            " FROM generate_series(1, %s)",
            records._table,
            len(data_list),
        )
    )
    rows = [data["stored"] for data in data_list]
    parent_name = records._parent_name
    # sudo: who may create a part need not see what it is a part of
    parents = records.sudo().browse(
        {row.get(parent_name) for row in rows} - {None, False}
    )
    paths = {parent.id: parent.parent_path for parent in parents}
    for row, [id_] in zip(rows, ids, strict=True):
        row["id"] = id_
        row["parent_path"] = f"{paths.get(row.get(parent_name), '')}{id_}/"


def compute_without(records, name, other):
    """Compute a field of records, but leave another one that depends on it as it is:
    the caller sees to that.

    :param str name: name of the field to compute
    :param other: the stored, computed field to leave
    """
    with records.env.protecting([other], records):
        records.mapped(name)
    if IS_USED:
        # Nor is it computed for what has changed before: thousands of records need not
        # be read.
        records.env.remove_to_compute(other, records)
