# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass, field

from odoo.tools import SQL


@dataclass(frozen=True, slots=True)
class Judgement:
    """A SELECT of the severity that rules assign to records of a model.

    There is one row per rule, record and ``occasion``. A row without severity means
    that the record is fine again.

    :param str model: model of the records
    :param SQL source: FROM item, with its conditions
    :param SQL rule_id: the rule
    :param SQL res_id: the record
    :param SQL severity: ``critical``, ``warning`` or NULL
    :param dict columns: further columns of the warning → expressions in the source
    :param SQL occasion: text that distinguishes several warnings of one record, e.g.
        the month
    :param SQL is_due: whether the record may bring a new warning
    :param SQL is_known: whether a missing severity means recovery
    :param SQL is_over: whether an answered warning closes as missed
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
