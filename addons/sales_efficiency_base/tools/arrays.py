# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def to_array(values):
    """Return an array literal, the fastest form to pass one; cast it in SQL.

    >>> to_array([1, None, 2.5])
    '{1,NULL,2.5}'

    :param values: numbers, dates or codes without spaces
    """
    return f"{{{','.join('NULL' if v is None else str(v) for v in values)}}}"
