# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ast import literal_eval

import psycopg2

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import mute_logger


def read_domain(text):
    """Return the :class:`Domain` that a user has written.

    :raise ValueError: saying why it is no plain list of conditions
    """
    try:
        return Domain(literal_eval(text or "[]"))
    except (SyntaxError, TypeError) as error:
        raise ValueError(str(error)) from error


def try_domain(records, domain):
    """Search by what a user has written, before the screens of others do.

    :param records: of the model, with the rights of the user
    :raise ValueError: saying what is not there, cannot be searched, compared or read
    """
    try:
        with mute_logger("odoo.sql_db"), records.env.cr.savepoint():
            records.search(domain, limit=1)
    except psycopg2.Error as error:
        raise ValueError(error.diag.message_primary) from error
    except (AccessError, KeyError, NotImplementedError, TypeError) as error:
        raise ValueError(str(error)) from error
