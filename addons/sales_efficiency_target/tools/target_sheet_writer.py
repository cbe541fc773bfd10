# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from io import BytesIO

import xlsxwriter
from xlsxwriter.utility import xl_range

from .target_sheet import (
    EXPORTED,
    FIRST_ROW,
    HEADING_ROW,
    KEY_ROW,
    MONTH,
    TOTAL,
    get_keys,
    get_scope_keys,
)

WIDTHS = {"id": 8, "parent_id": 8, "tree_name": 44, "metric_unit": 10}
# Number of empty rows for new targets
FREE_ROWS = 500


class TargetSheetWriter:
    """Writes a plan as a workbook: a row for each target, a column for each month.

    :class:`.TargetSheetReader` reads the workbook.

    :param plan: ``sales.target.plan`` record
    """

    def __init__(self, plan):
        self.env, self.plan = plan.env, plan

    def get_content(self):
        """:return: the XLSX file with the targets that the user may see, as bytes"""
        stream = BytesIO()
        # Names beginning with = stay text: no formula injection
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        workbook = xlsxwriter.Workbook(stream, options)
        targets = self.env["sales.target"].search([("plan_id", "=", self.plan.id)])
        rows = [self._get_row(target) for target in targets]
        self._write_targets(workbook, targets, rows)
        self._write_help(workbook)
        self._write_exported(workbook, rows)
        workbook.close()
        return stream.getvalue()

    def _get_row(self, target):
        """:return: dict key -> cell content for a target"""
        months = {line.month: line.amount for line in target.month_ids}
        # sudo: names of scopes are public, see _get_scope_name.
        scope = target.sudo()
        row = {
            name: scope[name].display_name or "" for name in get_scope_keys(self.env)
        }
        return row | {
            "id": target.id,
            "parent_id": target.parent_id.id or "",
            "tree_name": target.tree_name,
            "metric_unit": self._get_unit(target),
            MONTH: months,
            TOTAL: target.amount,
        }

    def _get_unit(self, target):
        if target.metric_unit == "currency":
            return target.currency_id.name
        units = target._fields["metric_unit"]._description_selection(self.env)
        return dict(units).get(target.metric_unit, "")

    def _get_headings(self):
        fields = self.env["sales.target"]._fields
        headings = {
            name: fields[name]._description_string(self.env)
            for name in get_keys(self.env)
            if name != "id"
        }
        return {"id": self.env._("ID")} | headings

    # ------------------------------------------------------------------
    # Sheets
    # ------------------------------------------------------------------

    def _write_targets(self, workbook, targets, rows):
        sheet = workbook.add_worksheet(self.env._("Targets")[:31])
        months, keys = self.plan._get_months(), get_keys(self.env)
        last = len(keys) + len(months)
        self._write_headings(workbook, sheet, months)
        formats = self._get_formats(workbook, targets)
        fixed = workbook.add_format({"bg_color": "#F3F4F6"})
        for number, (target, row) in enumerate(
            zip(targets, rows, strict=True), FIRST_ROW - 1
        ):
            for column, key in enumerate(keys):
                sheet.write(number, column, row[key], fixed)
            figure, total = formats[target._get_step()]
            for column, month in enumerate(months, len(keys)):
                sheet.write_number(number, column, row[MONTH].get(month, 0.0), figure)
            span = xl_range(number, len(keys), number, last - 1)
            function = "SUM" if target.is_additive else "AVERAGE"
            sheet.write_formula(
                number, last, f"={function}({span})", total, target.amount
            )
        sheet.data_validation(
            FIRST_ROW - 1,
            len(keys),
            FIRST_ROW + len(rows) + FREE_ROWS,
            last - 1,
            {
                "validate": "decimal",
                "criteria": ">=",
                "value": 0,
                "error_title": self.env._("Not a figure"),
                "error_message": self.env._("Enter a number that is not negative."),
            },
        )
        sheet.freeze_panes(FIRST_ROW - 1, keys.index("tree_name") + 1)
        sheet.protect(
            options={
                "format_cells": True,
                "format_columns": True,
                "format_rows": True,
                "insert_rows": True,
                "delete_rows": True,
                "sort": True,
            }
        )

    def _write_headings(self, workbook, sheet, months):
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        month_heading = workbook.add_format(
            {"bold": True, "bottom": 1, "num_format": "mmm yyyy", "align": "right"}
        )
        free = workbook.add_format({"locked": False})
        headings, keys = self._get_headings(), get_keys(self.env)
        for column, key in enumerate(keys):
            sheet.set_column(column, column, WIDTHS.get(key, 22), free)
            sheet.write(KEY_ROW - 1, column, key)
            sheet.write(HEADING_ROW - 1, column, headings[key], heading)
        last = len(keys) + len(months)
        sheet.set_column(len(keys), last - 1, 13, free)
        for column, month in enumerate(months, len(keys)):
            sheet.write(KEY_ROW - 1, column, MONTH)
            sheet.write_datetime(HEADING_ROW - 1, column, month, month_heading)
        sheet.set_column(last, last, 15)
        sheet.write(KEY_ROW - 1, last, TOTAL)
        sheet.write(HEADING_ROW - 1, last, self.env._("Year"), heading)
        sheet.set_row(KEY_ROW - 1, None, None, {"hidden": True})

    def _get_formats(self, workbook, targets):
        """:return: dict rounding step -> formats of the months and of the total"""
        formats = {}
        for step in {target._get_step() for target in targets}:
            decimals = f"{step:.10f}".rstrip("0").partition(".")[2]
            number = "#,##0" + ("." + "0" * len(decimals) if decimals else "")
            formats[step] = (
                workbook.add_format({"num_format": number, "locked": False}),
                workbook.add_format(
                    {"num_format": number, "bold": True, "bg_color": "#F3F4F6"}
                ),
            )
        return formats

    def _write_help(self, workbook):
        sheet = workbook.add_worksheet(self.env._("How to")[:31])
        sheet.set_column(0, 0, 110, workbook.add_format({"text_wrap": True}))
        for row, text in enumerate(self._get_help()):
            sheet.write(row, 0, text)

    def _get_help(self):
        headings = self._get_headings()
        dimensions = self.env["sales.target"]._get_dimensions()
        return [
            self.env._(
                "Change the figures of the months, save, and import the file again."
            ),
            self.env._("You see all changes before anything is saved."),
            self.env._(
                "The year is computed. Figures are rounded to the unit of the metric."
            ),
            self.env._(
                "Grey cells identify the target and cannot be changed here. Open the"
                " target to change its scope."
            ),
            self.env._(
                "To plan a new target, write it in a row below, with an empty ID: its"
                " metric, and the names of its scope (%(dimensions)s).",
                dimensions=", ".join(headings[name] for name in dimensions),
            ),
            self.env._(
                "In the Parent Target column, write the ID of the parent target, or #"
                " and a row number of this sheet, e.g. #12."
            ),
            self.env._("Empty months of a new target are 0."),
            self.env._("Targets not in the file do not change."),
        ]

    def _write_exported(self, workbook, rows):
        sheet = workbook.add_worksheet(EXPORTED)
        sheet.very_hidden()
        months = self.plan._get_months()
        keys = ("id", "parent_id", *get_scope_keys(self.env))
        sheet.write_row(0, 0, [*keys, *(month.isoformat() for month in months)])
        for number, row in enumerate(rows, 1):
            figures = [row[MONTH].get(month, 0.0) for month in months]
            sheet.write_row(number, 0, [*(row[key] for key in keys), *figures])
