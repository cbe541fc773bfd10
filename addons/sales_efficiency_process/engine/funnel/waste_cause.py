# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from typing import ClassVar

from odoo.tools import SQL


@dataclass(frozen=True)
class WasteCause:
    """A cause of lost time, with a SELECT of the spans of time that it has cost.

    The columns of the SELECT are, in any order,

    - ``res_id``: the document that waited; several spans of one add up
    - ``lead_id``: its opportunity, or NULL
    - ``company_id``, ``team_id``, ``user_id``: whose it is; NULL to take them from the
      opportunity
    - ``since``, ``until``: moments in UTC; ``until`` is NULL while it still waits
    - ``allowed``: working days of the span that are no waste; NULL for none
    - ``money``: what is at stake, in the currency of the company; NULL if unknown

    :param str code: technical name; the metric ``waste_<code>``, if there is one,
        measures it
    :param str name: its name in the language of the user
    :param str description: what counts, in the language of the user
    :param str model: model of the documents
    :param select: the SELECT, or a function that returns it for a company, which has
        access to all documents; nobody asks for it where only names are needed
    """

    #: those of the columns that an opportunity fills if they are empty
    whose: ClassVar = ("company_id", "team_id", "user_id")
    columns: ClassVar = (
        "res_id",
        "lead_id",
        *whose,
        "since",
        "until",
        "allowed",
        "money",
    )

    code: str
    name: str
    description: str
    model: str
    select: object

    def get_select(self, company):
        """:return: SELECT of the spans of time of a company"""
        return self.select if isinstance(self.select, SQL) else self.select(company)


@dataclass(frozen=True)
class WasteFigure:
    """What a cause has cost in a period.

    :param int documents: number of documents that waited
    :param float days: their working days of waste
    :param float money: what is still at stake with them
    """

    cause: WasteCause
    documents: int = 0
    days: float = 0.0
    money: float = 0.0
