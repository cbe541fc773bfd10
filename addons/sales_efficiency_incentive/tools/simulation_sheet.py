# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from io import BytesIO

import xlsxwriter

MONEY = "#,##0.00;[Red]-#,##0.00"
COLUMNS = (
    "payee",
    "month",
    "simulated",
    "actual",
    "difference",
    "history",
    "attainment",
    "outcome",
)
AMOUNTS = ("simulated", "actual", "difference", "history")


class SimulationSheet:
    """Writes the results of a simulation as a workbook: people, and their months.

    :param simulation: ``sales.incentive.simulation`` record that the user may read
    """

    def __init__(self, simulation):
        self.env = simulation.env
        self._lines = self.env["sales.incentive.simulation.line"].search(
            [("simulation_id", "=", simulation.id)]
        )
        fields = self._lines._fields
        self._labels = {
            name: fields[name]._description_string(self.env) for name in COLUMNS
        }
        self._outcomes = dict(fields["outcome"]._description_selection(self.env))

    def get_content(self):
        """:return: the XLSX file, as bytes"""
        stream = BytesIO()
        # Names beginning with = stay text: no formula injection
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        workbook = xlsxwriter.Workbook(stream, options)
        self._formats = {
            "head": workbook.add_format({"bold": True, "bottom": 1}),
            "money": workbook.add_format({"num_format": MONEY}),
            "month": workbook.add_format({"num_format": "yyyy-mm"}),
        }
        people = [name for name in COLUMNS if name not in ("month", "attainment")]
        self._write(workbook, self.env._("People"), people, self._get_people())
        self._write(workbook, self.env._("Months"), COLUMNS, self._get_months())
        workbook.close()
        return stream.getvalue()

    def _get_people(self):
        for _key, lines in self._lines.grouped("payee_key").items():
            yield {
                "payee": lines[0].payee,
                "outcome": self._outcomes.get(lines[0].outcome, ""),
                **{name: sum(lines.mapped(name)) for name in AMOUNTS},
            }

    def _get_months(self):
        for line in self._lines:
            yield {
                **{name: line[name] for name in COLUMNS},
                "attainment": line.attainment if line.has_attainment else "",
                "outcome": self._outcomes.get(line.outcome, ""),
            }

    def _write(self, workbook, title, names, rows):
        sheet = workbook.add_worksheet(title[:31])
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(names) - 1, 18)
        for column, name in enumerate(names):
            sheet.write(0, column, self._labels[name], self._formats["head"])
        for number, row in enumerate(rows, 1):
            for column, name in enumerate(names):
                self._write_cell(sheet, number, column, name, row[name])

    def _write_cell(self, sheet, row, column, name, value):
        if name == "month":
            sheet.write_datetime(row, column, value, self._formats["month"])
        elif name in AMOUNTS:
            sheet.write_number(row, column, value, self._formats["money"])
        else:
            sheet.write(row, column, value)
