# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from functools import cached_property

from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from . import importing
from .import_terms import FIGURES, MONTHS, READ_KINDS, SERIES, SHEETS

# Cells that show the user what a column holds
SAMPLES = 3


class ImportFile:
    """The table in the file of an import, its columns, and how they can be read.

    :param record: ``sales.import`` with what the user has answered so far
    """

    def __init__(self, record):
        self.env, self.record = record.env, record
        self.subject = record._get_subject()
        self.fields = self.subject._get_fields()
        self._load()

    def _load(self):
        self.vocabulary = self._get_vocabulary()
        try:
            self.tables = importing.find_tables(
                importing.read_file(self.record.name, self.record._read_file()),
                self.vocabulary,
            )
        except importing.UnreadableFile as error:
            raise UserError(self.env._(error.reason)) from error
        for table in self.tables:
            table.zone = self.record.company_id.sales_tz
        self.table = self._choose_table()
        self.matrix = None
        if self.record.shape != "rows":
            self.matrix = importing.find_matrix(
                self.table, self.vocabulary, self._get_chosen(SERIES)
            )

    @cached_property
    def has_matrix(self):
        """Whether the columns of the table may be months or names"""
        return bool(self.matrix or importing.find_matrix(self.table, self.vocabulary))

    # ------------------------------------------------------------------
    # Sheets
    # ------------------------------------------------------------------

    def _choose_table(self):
        """:return: the table that the user has chosen, else the one with most of the
        required columns; of several the longest"""
        chosen = self._get_chosen(SHEETS)
        named = [table for table in self.tables if self.get_sheets(table) == chosen]
        if named or len(self.tables) == 1:
            return (named or self.tables)[0]
        return max(self.tables, key=self._get_fit)

    def _get_fit(self, table):
        if importing.find_matrix(table, self.vocabulary):
            return 0, len(table.rows)
        known = {*self._match(table), *self.subject._get_given(self.record)}
        lacking = sum(
            field.is_required and name not in known
            for name, field in self.fields.items()
        )
        return -lacking, len(table.rows)

    def get_sheets(self, table):
        """:return: what the sheets of a table are called"""
        return ", ".join(table.sheets)

    # ------------------------------------------------------------------
    # Columns
    # ------------------------------------------------------------------

    def _get_vocabulary(self):
        """:return: the fields with all names by which a heading may call them"""
        return [
            importing.Field(
                name,
                self.subject._get_labels(name),
                self._get_synonyms(name),
                field.kind == "number",
            )
            for name, field in self.fields.items()
        ]

    def _get_synonyms(self, name):
        subject = self.subject
        keys = (name, *subject._also_called.get(name, ()))
        words = [word for key in keys for word in importing.SYNONYMS.get(key, ())]
        return (*words, *subject._words.get(name, ()))

    def propose_columns(self):
        """:return: dict number of a column -> name of the field it seems to be"""
        matched = self._match(self.table)
        places = self.get_key_columns()
        return {place: name for name, place in matched.items() if place in places}

    def _match(self, table):
        """:return: dict name of a field -> number of the column it seems to be"""
        foreign = {
            place
            for place, heading in enumerate(table.headings)
            if self.find_foreign(heading)
        }
        return table.match(self.vocabulary, self._remembered, foreign)

    def find_foreign(self, text):
        """:return: the currency that a text names if it is not that of the company"""
        return importing.find_foreign(text, *self._own_currency)

    def explain_currency(self, foreign):
        """:return: why an amount of another currency is not read"""
        return self.env._(
            "The amount is in %(foreign)s, but figures are in %(own)s. Convert it.",
            foreign=foreign.upper(),
            own=self.record.company_id.currency_id.name,
        )

    def find_foreign_code(self, cell):
        """:return: the same of a cell in a column of currencies"""
        return importing.find_foreign_code(cell, *self._own_currency)

    @cached_property
    def _own_currency(self):
        currency = self.record.company_id.currency_id
        return currency.name, currency.symbol

    @cached_property
    def _remembered(self):
        record = self.record
        return self.env["sales.import.mapping"]._get_headings(
            record.company_id, record.subject
        )

    def get_key_columns(self):
        """:return: numbers of the columns with one meaning for all rows: all but the
        months or names of a matrix"""
        if not self.matrix:
            return range(len(self.table.headings))
        keys = [*self.matrix.keys, self.matrix.month_column]
        return sorted(place for place in keys if place is not None)

    def get_factor(self):
        """:return: what the file seems to count its amounts in, e.g. thousands"""
        names = set(self.subject._money)
        places = [p for p, n in self.propose_columns().items() if n in names]
        places += self.matrix.columns[:1] if self.matrix else []
        factors = {self.table.get_factor(place) for place in places}
        return int(max(factors, default=1))

    @cached_property
    def columns(self):
        """dict name of a field -> number of the column, as the user has it"""
        return {
            column._get_field_name(): column.place
            for column in self.record.column_ids
            if column.key
        }

    @cached_property
    def missing(self):
        """The required fields without a column"""
        given = {*self.columns, *self.subject._get_given(self.record)}
        if self.matrix:
            given |= {self.subject._figure, self.subject._day}
        return [
            field
            for name, field in self.fields.items()
            if field.is_required and name not in given
        ]

    def get_label(self, name):
        """:return: what the user calls a field"""
        return self.fields[name].field._description_string(self.env)

    def get_heading(self, name):
        """:return: what the file calls that which a question is about"""
        if name == FIGURES:
            return self.get_label(self.subject._figure)
        return self.table.headings[self._get_place(name)]

    def _get_place(self, name):
        return self.matrix.month_column if name == MONTHS else self.columns[name]

    def get_cells(self, name):
        """:return: the cells that a question is about"""
        if name == FIGURES:
            places = self.matrix.columns
            return [row.get(place) for row in self.table.rows for place in places]
        return self.table.get_cells(self._get_place(name))

    # ------------------------------------------------------------------
    # Readings
    # ------------------------------------------------------------------

    @cached_property
    def readings(self):
        """dict name of a field -> list of the readings that fit its column"""
        readings = {
            name: self._get_readings(name, place)
            for name, place in self.columns.items()
            if self.fields[name].kind in READ_KINDS
        }
        if self.matrix:
            kind = self.fields[self.subject._figure].kind
            readings[FIGURES] = importing.find_readings(
                kind, self.get_cells(FIGURES), self.table.hints
            )
        if self.matrix and self.matrix.names:
            place = self.matrix.month_column
            readings[MONTHS] = self.table.get_readings(place, "month")
        return readings

    def _get_readings(self, name, place):
        readings = self.table.get_readings(place, self.fields[name].kind)
        if name == self.subject._day:
            # Many give the month of a sale only.
            cells = self._get_first_cells(place)
            if not any(self._try(readings[0], cell) for cell in cells):
                months = self.table.get_readings(place, "month")
                if any(self._try(months[0], cell) for cell in cells):
                    return months
        return readings

    def get_reading(self, name):
        """:return: the reading of a column that is chosen, else the likeliest"""
        chosen, readings = self._get_chosen(name), self.readings[name]
        return next((r for r in readings if r.key == chosen), readings[0])

    def _get_chosen(self, name):
        lines = self.record.reading_ids + self.record.sheet_ids
        return lines.filtered(
            lambda line: line.field_name == name and line.is_chosen
        ).key

    def get_options(self):
        """:return: dict (name, key) -> label: the answers to choose from"""
        options = {
            (name, reading.key): reading.label
            for name, readings in self.readings.items()
            if len(readings) > 1
            for reading in readings
        }
        if self.matrix and len(self.matrix.series) > 1:
            options |= {(SERIES, word): word for word in self.matrix.series}
        return options

    def get_open_readings(self):
        """:return: names of what can be read in several ways, of which the user has
        chosen none yet"""
        names = {name for name, _key in self.get_options()}
        return [name for name in sorted(names) if not self._get_chosen(name)]

    @property
    def lacks_year(self):
        """Whether the file does not say the year of its months"""
        return bool(self.matrix and self.matrix.lacks_year)

    @cached_property
    def takes_year_of_name(self):
        """Whether months or days are read with the year in the name of the file"""
        year = self.table.file_year
        if not year or self.lacks_year:
            return bool(year and year == self.record.year)
        places = [
            place
            for name, place in self.columns.items()
            if self.fields[name].kind in ("date", "month")
        ]
        return not self.table.years and any(
            importing.has_no_year(cell)
            for place in places
            for cell in self.table.get_cells(place)
        )

    @property
    def can_read(self):
        """Whether the rows can be read as far as the answers go"""
        return not self.missing and not (self.lacks_year and not self.record.year)

    # ------------------------------------------------------------------
    # Examples
    # ------------------------------------------------------------------

    def get_samples(self, place):
        """:return: the first cells of a column that differ, as text"""
        return list(map(self.get_text, self._get_first_cells(place)))

    def get_results(self, name):
        """:return: how these cells are read"""
        reading, place = self.get_reading(name), self.columns[name]
        return [
            self._format(self._try(reading, cell))
            for cell in self._get_first_cells(place)
        ]

    def _get_first_cells(self, place):
        cells = []
        for cell in self.table.get_cells(place):
            if cell is not None and cell not in cells:
                cells.append(cell)
            if len(cells) == SAMPLES:
                break
        return cells

    def get_reading_samples(self, name, reading):
        """:return: the first cells that the readings of a column tell apart, and how
        one of the readings takes them"""
        cells, results = [], []
        for cell in self.get_cells(name):
            taken = [self._try(other, cell) for other in self.readings[name]]
            if cell in cells or len(set(taken)) == 1:
                continue
            cells.append(cell)
            results.append(self._format(self._try(reading, cell)))
            if len(cells) == SAMPLES:
                break
        return list(map(self.get_text, cells)), results

    def _try(self, reading, cell):
        try:
            return None if cell is None else reading.read(cell)
        except importing.BadCell:
            return None

    def _format(self, value):
        if value is None:
            return "–"
        if isinstance(value, date):
            return format_date(self.env, value, date_format="long")
        return formatLang(self.env, value, digits=2)

    def get_text(self, cell):
        if isinstance(cell, importing.BadCell):
            return ""
        if isinstance(cell, date):
            return cell.isoformat()
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return str(cell)
