# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass

from odoo.fields import Date

from odoo.addons.sales_efficiency_base.tools import format_period
from odoo.addons.sales_efficiency_base.tools.period_names import SHORT_MONTH

from ..study import MONTH
from ..verdicts import Verdict


@dataclass
class Column:
    """A column of a table.

    :param str name: heading
    :param str code: column of the data whose unit the values have
    :param int digits: decimals of plain numbers; None: texts, or whatever the unit says
    """

    name: str
    code: str | None = None
    digits: int | None = None

    @property
    def is_text(self):
        return self.code is None and self.digits is None


@dataclass
class Table:
    """:param list rows: values in the order of the columns; None: no value"""

    title: str
    columns: list
    rows: list


class Presentation(Verdict):
    """Charts and tables of what a method found; it writes numbers as verdicts do.

    :param dict figures: the data of the study, see :class:`Figures`; None for what does
        without them
    :param str rows: what the rows are
    """

    def __init__(self, env, result, names, units, figures, rows):
        super().__init__(env, result, names, units)
        self._figures = figures
        self._rows = rows

    def get_headline(self):
        """Return a sentence that answers the question shorter than the verdict does, or
        None."""

    def get_charts(self):
        """Return a list of charts, see the package."""
        raise NotImplementedError

    def get_tables(self):
        """Return a list of :class:`Table`."""
        raise NotImplementedError

    # ------------------------------------------------------------------
    # The data
    # ------------------------------------------------------------------

    def get_data_table(self):
        """Return the data of the study."""
        codes = list(self._figures["columns"])
        columns = self._figures["columns"].values()
        return Table(
            self.env._("Data"),
            [
                Column(self._name_rows()),
                *(Column(self._name(code), code) for code in codes),
            ],
            [
                [self._name_row(label), *values]
                for label, *values in zip(
                    self._figures["labels"], *columns, strict=True
                )
            ]
            + [
                [
                    self.env._("%s (not whole)", self._name_row(apart["label"])),
                    *(apart["values"].get(code) for code in codes),
                ]
                for apart in self._figures["apart"]
            ],
        )

    def format(self, value, column):
        """Return a value of a table as text."""
        if value is None:
            return "–"
        if column.code:
            return self._value(value, column.code)
        return value if column.is_text else self._number(value, column.digits)

    def name_apart(self, apart):
        """Return a month that is not whole, with its values."""
        values = [
            self._value(value, code)
            for code, value in apart["values"].items()
            if value is not None
        ]
        name = self._name_row(apart["label"])
        return f"{name} ({', '.join(values)})" if values else name

    def _name_rows(self):
        selection = self.env["sales.study"]._selection_rows()
        return dict(selection).get(self._rows, "")

    def _name_row(self, label):
        """Return the name of a row: months are named in the language of the reader."""
        return self.name_month(label) if self._rows == MONTH else label

    def name_month(self, label):
        return format_period(self.env, Date.to_date(f"{label}-01"), SHORT_MONTH)

    def _get_apart(self, code):
        """Return the months that are not whole: pairs of name and value."""
        return [
            (self._name_row(apart["label"]), apart["values"].get(code))
            for apart in self._figures["apart"]
            # Months cut off at the beginning would come before the others.
            if not self._figures["keys"] or apart["key"] > self._figures["keys"][-1]
        ]

    # ------------------------------------------------------------------
    # Parts of charts
    # ------------------------------------------------------------------

    def _chart(self, name, title, x, y, series, labels=None, y2=None):
        return {
            "name": name,
            "title": title,
            "labels": labels,
            "x": x,
            "y": y,
            "y2": y2,
            "series": series,
        }

    def _axis(self, code=None, title=None, digits=None):
        """Return an axis of values of a column, or of plain numbers."""
        unit = self._unit(code)
        before, _value, after = unit.text.partition("%s")
        if unit.currency:
            symbol = unit.currency.symbol or unit.currency.name
            is_before = unit.currency.position == "before"
            before, after = (
                (symbol, "") if is_before else ("", f"\N{NO-BREAK SPACE}{symbol}")
            )
        usual = 0 if unit.currency else unit.shown
        return {
            "title": title or self._name(code) or "",
            "digits": digits if digits is not None else usual,
            "before": before,
            "after": after.replace("%%", "%"),
        }

    def _plain_axis(self, title="", digits=None, after=""):
        return {"title": title, "digits": digits, "before": "", "after": after}
