# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass, field

from odoo.tools import SQL


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which records of a model rules find to be in which severity, as a SELECT.

    There is one row for each rule and record; several of one record differ in their
    ``occasion``. Rows without a severity say that all is well again.

    :param str model: the records that warnings are about
    :param SQL source: FROM item, with its conditions
    :param SQL rule_id: the rule
    :param SQL res_id: the record
    :param SQL severity: ``critical``, ``warning`` or NULL
    :param dict columns: further columns of the warning -> what they are in the source
    :param SQL occasion: text that tells several warnings of one record apart, e.g.
        the month
    :param SQL is_due: whether the record may bring a new warning
    :param SQL is_known: whether a severity that is not there is good news
    :param SQL is_over: whether a warning that has been answered ends unrecovered
    """

    model: str
    source: SQL
    rule_id: SQL
    res_id: SQL
    severity: SQL
    columns: dict = field(default_factory=dict)
    occasion: SQL = SQL("''")
    is_due: SQL = SQL("TRUE")
    is_known: SQL = SQL("TRUE")
    is_over: SQL = SQL("FALSE")
