# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from io import BytesIO

from .workbook import create_workbook, format_money

FIGURES = ("budget", "used", "committed", "left")


class BudgetBoardSheet:
    """Writes the budget board as a workbook: four rows for each kind, with a column for
    each month.

    :param env: environment of the user
    :param dict board: see :class:`.BudgetBoard`
    """

    def __init__(self, env, board):
        self.env = env
        self._board = board

    def get_content(self):
        """:return: the XLSX file as bytes"""
        stream = BytesIO()
        workbook = create_workbook(stream)
        sheet = workbook.add_worksheet(self.env._("Budget")[:31])
        bold = workbook.add_format({"bold": True})
        head = workbook.add_format({"bold": True, "bottom": 1, "align": "right"})
        amount = format_money(self._board["decimals"])
        money = workbook.add_format({"num_format": amount})
        percent = workbook.add_format({"num_format": "0.0"})
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 12)
        sheet.set_column(2, 17, 14)
        sheet.write(0, 0, self._board["plan_name"], bold)
        sheet.write(1, 0, self._board["basis"])
        for column, title in enumerate(self._get_heads()):
            sheet.write(2, column, title, head if column > 1 else bold)
        row = 3
        labels = self._get_labels()
        for line in self._board["rows"]:
            for figure in FIGURES:
                is_first = figure == "budget"
                sheet.write(row, 0, line["name"], bold if is_first else None)
                sheet.write(row, 1, labels[figure])
                cells = [*line["months"], line["year"]]
                for column, cell in enumerate(cells, 2):
                    sheet.write_number(row, column, cell[figure], money)
                if is_first:
                    self._write_sources(sheet, row, line, money, percent)
                row += 1
        sheet.freeze_panes(3, 2)
        workbook.close()
        return stream.getvalue()

    @staticmethod
    def _write_sources(sheet, row, line, money, percent):
        for column, name, style in (
            (14 + 1, "sales_target", money),
            (14 + 2, "ratio", percent),
            (14 + 3, "last_year", money),
        ):
            if line[name] is not None:
                sheet.write_number(row, column, line[name], style)

    def _get_heads(self):
        months = [month["full_name"] for month in self._board["months"]]
        sources = [
            self.env._("Year"),
            self.env._("Sales Target"),
            self.env._("Ratio (%)"),
            self.env._("Last Year"),
        ]
        return [self.env._("Kind of Expense"), "", *months, *sources]

    def _get_labels(self):
        return {
            "budget": self.env._("Budget"),
            "used": self.env._("Used"),
            "committed": self.env._("Committed"),
            "left": self.env._("Left"),
        }
