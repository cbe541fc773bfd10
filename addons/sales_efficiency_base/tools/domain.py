# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ast import literal_eval

import psycopg2

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import mute_logger


def read_domain(text):
    """Parse a domain entered by a user.

    :raise ValueError: if it is not a plain list of conditions
    """
    try:
        return Domain(literal_eval(text or "[]"))
    except (SyntaxError, TypeError) as error:
        raise ValueError(str(error)) from error


def try_domain(records, domain):
    """Try out a domain entered by a user before other screens depend on it.

    :param records: a recordset of the model, in the environment of the user
    :raise ValueError: if a field does not exist or cannot be searched, compared or read
    """
    try:
        with mute_logger("odoo.sql_db"), records.env.cr.savepoint():
            records.search(domain, limit=1)
    except psycopg2.Error as error:
        raise ValueError(error.diag.message_primary) from error
    except (AccessError, KeyError, NotImplementedError, TypeError) as error:
        raise ValueError(str(error)) from error
