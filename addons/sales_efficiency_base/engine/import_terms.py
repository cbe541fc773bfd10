# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from odoo.fields import Domain

READ_KINDS = ("date", "month", "number", "percent")
# Beside columns: the months and the figures of a matrix, and which figures count
MONTHS, FIGURES, SERIES = "matrix_months", "matrix_figures", "matrix_series"
# ... and which sheets are imported, if not all have the same columns
SHEETS = "sheets"


class ImportField(NamedTuple):
    """What a column of a file may say.

    - kind: "date", "month", "number", "text", "record" or "choice"
    - field: the field of Odoo that limits its values
    - is_required: whether a row needs it
    - domain: which records a name may mean
    """

    name: str
    kind: str
    field: object
    is_required: bool = False
    domain: Domain = Domain.TRUE


class ImportRow(NamedTuple):
    """A record to be.

    - source: the row of the table
    - values: dict field -> value; of a record the name in the file
    - place: in a matrix, number of the column of its figure
    """

    source: object
    values: dict
    place: int | None = None


class Remark(NamedTuple):
    """What the user should know of a row or a cell.

    - kind: "problem" prevents the import; "left_out" and "note" do not
    """

    kind: str
    reason: str
    sheet: str = ""
    row: int = 0
    cell: str = ""
    heading: str = ""
    value: str = ""
