# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


def take_turns(records):
    """Have transactions that call this for the same record run one after the other.

    One that comes second waits, then is repeated by Odoo and sees what the first has
    done. A mere lock would not do: PostgreSQL lets a transaction that has waited for it
    go on with what it saw before. Nothing happens where nothing can be written.

    :param records: stored records of one model
    """
    cr = records.env.cr
    if records.ids and not cr.readonly:
        cr.execute(
            SQL(
                "UPDATE %s SET id = id WHERE id = ANY(%s)",
                SQL.identifier(records._table),
                sorted(records.ids),
            )
        )
