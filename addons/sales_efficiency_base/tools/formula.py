# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from inspect import signature

from odoo.tools import SQL


def formula(text):
    """Attach the SQL form of a formula to its Python function.

    ``function.sql`` takes the same arguments as SQL: the columns of a row, or the sums
    of a group. None in Python is NULL in SQL; a test compares both forms.

    >>> @formula("%(part)s / NULLIF(%(whole)s, 0)")
    ... def share(part, whole):
    ...     return None if part is None or not whole else part / whole
    >>> share(1, 4), share.sql(SQL("r.part"), SQL("SUM(r.whole)")).code
    (0.25, 'r.part / NULLIF(SUM(r.whole), 0)')

    :param str text: SQL with the arguments of the function as ``%(name)s``
    """

    def decorate(function):
        names = tuple(signature(function).parameters)

        def sql(*figures):
            return SQL(text, **dict(zip(names, figures, strict=True)))

        function.sql = sql
        return function

    return decorate
