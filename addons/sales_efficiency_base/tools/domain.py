# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ast import literal_eval

import psycopg2

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import mute_logger

from .limits import MAX_INTEGER

ATOMS = (bool, float, int, str, type(None))


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
        _check_ids(records, Domain(domain))
        with mute_logger("odoo.sql_db"), records.env.cr.savepoint():
            records.search(domain, limit=1)
    except psycopg2.Error as error:
        raise ValueError(error.diag.message_primary) from error
    except (AccessError, KeyError, NotImplementedError, TypeError) as error:
        raise ValueError(str(error)) from error


def _check_ids(records, domain):
    """Refuse numbers that no record can have.

    :raise ValueError: naming the field
    """
    for condition in domain.iter_conditions():
        model, field = records, None
        for name in condition.field_expr.split("."):
            field = model._fields.get(name)
            if not field or not field.relational:
                break
            model = records.env[field.comodel_name]
        if not field:
            continue  # The search says so.
        if "any" in condition.operator:
            _check_ids(model, Domain(condition.value))
        elif field.relational or field.name == "id":
            value = condition.value
            for id_ in [value] if isinstance(value, ATOMS) else value:
                # NaN is not less than any number either.
                if isinstance(id_, int | float) and not abs(id_) <= MAX_INTEGER:
                    raise ValueError(records._explain_sales_input(field, id_))
