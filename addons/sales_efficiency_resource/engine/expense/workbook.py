# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import xlsxwriter

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def create_workbook(stream):
    """Return a workbook in which names beginning with = stay text: no formulas of
    others."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    return xlsxwriter.Workbook(stream, options)


def format_money(decimals):
    """Return the format of amounts in a currency.

    >>> format_money(2), format_money(0)
    ('#,##0.00', '#,##0')
    """
    return f"#,##0.{'0' * decimals}".rstrip(".")
