# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
from collections import Counter, defaultdict
from datetime import date
from functools import cached_property
from typing import NamedTuple

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from ..tools import format_period
from . import importing
from .name_finder import NameFinder, get_key

# Cells that show the user what a column holds
SAMPLES = 3
READ_KINDS = ("date", "month", "number", "percent")
# Beside columns: the months and the figures of a matrix, and which figures count
MONTHS, FIGURES, SERIES = "matrix_months", "matrix_figures", "matrix_series"


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


class ImportDraft:
    """Reads the file of an import, and collects what has to be asked, what is wrong and
    what would be saved. It saves nothing.

    :param record: ``sales.import`` with what the user has answered so far
    """

    def __init__(self, record):
        self.env, self.record = record.env, record
        self.subject = record._get_subject()
        self.fields = self.subject._get_fields()
        self.remarks = []
        self.rows = []
        self.existing = set()  # numbers of rows, from 0, that are there already
        self.replaced_ids = []  # records they would replace
        self.found = {}  # (name of field, name in the file) -> Match
        self.names = defaultdict(Counter)  # name of field -> name -> number of rows
        self.answers = {}  # key of ``found`` -> what the user says, see _get_answers
        self.is_checked = False
        self._load()

    # ------------------------------------------------------------------
    # File
    # ------------------------------------------------------------------

    def _load(self):
        try:
            self.tables = importing.find_tables(
                importing.read_file(self.record.name, self.record._get_content())
            )
        except importing.UnreadableFile as error:
            raise UserError(self.env._(error.reason)) from error
        self.table = self.tables[0]
        self.matrix = None
        if self.record.shape != "rows":
            self.matrix = importing.find_matrix(
                self.table, self.get_vocabulary(), self._get_chosen(SERIES)
            )

    def get_vocabulary(self):
        """:return: the fields with all names by which a heading may call them"""
        return [
            importing.Field(
                name,
                self.subject._get_labels(name),
                tuple(
                    word
                    for key in (name, *self.subject._also_called.get(name, ()))
                    for word in importing.SYNONYMS.get(key, ())
                ),
            )
            for name in self.fields
        ]

    def propose_columns(self):
        """:return: dict number of a column -> name of the field it seems to be"""
        matched = importing.match_headings(
            self.table.headings,
            self.get_vocabulary(),
            self.record._get_remembered("heading"),
        )
        places = self.get_key_columns()
        return {place: name for name, place in matched.items() if place in places}

    def get_key_columns(self):
        """:return: numbers of the columns with one meaning for all rows: all but the
        months or names of a matrix"""
        if not self.matrix:
            return range(len(self.table.headings))
        keys = [*self.matrix.keys, self.matrix.month_column]
        return sorted(place for place in keys if place is not None)

    def get_factor(self):
        """:return: what the file seems to count its amounts in, e.g. thousands"""
        names = set(self.subject._multiplied)
        places = [p for p, n in self.propose_columns().items() if n in names]
        places += self.matrix.columns[:1] if self.matrix else []
        factors = {self.table.get_factor(place) for place in places}
        return int(max(factors, default=1))

    def get_samples(self, place):
        """:return: the first cells of a column that differ, as text"""
        return list(map(self._get_text, self._get_first_cells(place)))

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

    def _get_text(self, cell):
        if isinstance(cell, importing.BadCell):
            return ""
        if isinstance(cell, date):
            return cell.isoformat()
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return str(cell)

    # ------------------------------------------------------------------
    # Questions
    # ------------------------------------------------------------------

    @cached_property
    def columns(self):
        """dict name of a field -> number of the column, as the user has it"""
        return {
            column._get_field_name(): column.place
            for column in self.record.column_ids
            if column.key
        }

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

    def get_cells(self, name):
        """:return: the cells that a question is about"""
        if name == FIGURES:
            places = self.matrix.columns
            return [row.get(place) for row in self.table.rows for place in places]
        return self.table.get_cells(self._get_place(name))

    def _get_place(self, name):
        return self.matrix.month_column if name == MONTHS else self.columns[name]

    def get_heading(self, name):
        """:return: what the file calls that which a question is about"""
        if name == FIGURES:
            return self.get_label(self.subject._figure)
        return self.table.headings[self._get_place(name)]

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
        return self.record.reading_ids.filtered(
            lambda line: line.field_name == name and line.is_chosen
        ).key

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

    @property
    def lacks_year(self):
        """Whether the file does not say the year of its months"""
        return bool(self.matrix and self.matrix.lacks_year)

    @property
    def can_read(self):
        """Whether the rows can be read as far as the answers go"""
        return not self.missing and not (self.lacks_year and not self.record.year)

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def read_rows(self):
        """Read all rows, as far as the answers go."""
        self._add_table_remarks()
        factor = self.record.factor or 1
        self._places = dict(self.columns)
        self._readers = {
            name: self._get_reader(self.fields[name], name, factor)
            for name in self._places
        }
        if self.matrix:
            name = self.subject._figure
            reader = self._get_reader(self.fields[name], FIGURES, factor)
            self._readers[name] = reader
        read = self._read_matrix_row if self.matrix else self._read_row
        for row in self._iter_rows():
            read(*row)
        self._find_names()
        if not self.get_open_names():
            self.check()

    def _iter_rows(self):
        if not self.matrix:
            return ((row,) for row in self.subject._complete(self, self.table.rows))
        return (
            (figure,)
            for figure in self.matrix.get_figures(
                self.table,
                self.record.year or None,
                self.get_reading(MONTHS) if self.matrix.names else None,
            )
        )

    def _add_table_remarks(self):
        for other in self.tables[1:]:
            self.remarks.append(
                Remark(
                    "left_out",
                    self.env._(
                        "Sheet %s has other columns. Import it by itself.",
                        ", ".join(other.sheets),
                    ),
                    sheet=", ".join(other.sheets),
                )
            )
        for sheet, number, reason in self.table.left_out:
            self.remarks.append(
                Remark("left_out", self.env._(reason), sheet=sheet, row=number)
            )
        for place in self.matrix.left_out if self.matrix else ():
            self.remarks.append(
                Remark(
                    "left_out",
                    self.env._("Column %s adds up others.", self.table.headings[place]),
                )
            )
        for note in self.table.notes:
            self.remarks.append(Remark("note", self.env._(note)))

    def _read_row(self, row):
        values = {
            name: self._read_cell(name, row, place)
            for name, place in self._places.items()
        }
        self.rows.append(ImportRow(row, values))

    def _read_matrix_row(self, figure):
        """Make a row of each figure of a matrix."""
        row, place = figure.row, figure.column
        if isinstance(figure.month, importing.BadCell):
            reason = self.env._(figure.month.reason)
            self.add_problem(row, reason, self.matrix.month_column)
            return
        values = {
            name: self._read_cell(name, row, column)
            for name, column in self._places.items()
        }
        if figure.month:
            values[self.subject._day] = self.subject._get_day(figure.month)
        if figure.name is not None and self.record.name_field:
            values[self.record._get_name_field()] = figure.name
        values[self.subject._figure] = self._read_cell(self.subject._figure, row, place)
        self.rows.append(ImportRow(row, values, place))

    def _read_cell(self, name, row, place):
        """:return: the value of a cell; None, with a problem added, if it is bad"""
        cell = row.get(place)
        field = self.fields[name]
        try:
            if isinstance(cell, importing.BadCell):
                raise cell
            value = None if cell is None else self._readers[name](cell)
            if value is None and field.is_required:
                raise importing.BadCell(
                    self.env._("%s is missing.", self.get_label(name))
                )
        except importing.BadCell as error:
            self.add_problem(row, self.env._(error.reason), place)
            return None
        return value

    def refuse(self, number, reason, name=None):
        """Note that a row of the draft cannot be imported.

        :param int number: of the row, from 0
        :param str name: of the field
        """
        row = self.rows[number]
        is_heading = name in (self.subject._figure, self.subject._day)
        place = self._places.get(name, row.place if is_heading else None)
        self.add_problem(row.source, reason, place)

    def add_problem(self, row, reason, place=None):
        """Note that a row of the file cannot be imported.

        :param place: number of the column, if it is about a cell
        """
        values = {}
        if place is not None:
            cell = row.get(place)
            values = {
                "cell": importing.name_cell(place, row.number),
                "heading": self.table.headings[place],
                "value": "" if cell is None else self._get_text(cell),
            }
        self.remarks.append(Remark("problem", reason, row.sheet, row.number, **values))

    def get_label(self, name):
        """:return: what the user calls a field"""
        return self.fields[name].field._description_string(self.env)

    # ------------------------------------------------------------------
    # Cells
    # ------------------------------------------------------------------

    def _get_reader(self, field, name, factor):
        """:return: function of a cell that is not empty"""
        if field.kind in READ_KINDS:
            return self._get_typed_reader(field, self.get_reading(name), factor)
        if field.kind == "choice":
            return self._get_choice_reader(field)
        return self._get_text

    def _get_typed_reader(self, field, reading, factor):
        read = reading.read
        if field.name == self.subject._day and reading.kind == "month":

            def read(cell):
                month = reading.read(cell)
                return month and self.subject._get_day(month)

        records = self.env[field.field.model_name]
        is_money = field.name in self.subject._multiplied

        def read_within_limits(cell):
            value = read(cell)
            if value is not None and is_money:
                value *= factor
            if value is not None and not records._is_sales_value(field.field, value):
                raise importing.BadCell(
                    records._explain_sales_input(field.field, value)
                )
            return value

        return read_within_limits

    def _get_choice_reader(self, field):
        languages = self.env["res.lang"].get_installed()
        values = {}
        for lang in ("en_US", *(code for code, _name in languages)):
            env = self.env(context={"lang": lang})
            for value, label in field.field._description_selection(env):
                values |= {get_key(label): value, value: value}

        def read(cell):
            text = self._get_text(cell)
            if (value := values.get(get_key(text))) is None:
                labels = dict(field.field._description_selection(self.env))
                raise importing.BadCell(
                    self.env._(
                        "%(text)s is none of: %(choices)s.",
                        text=text,
                        choices=", ".join(labels.values()),
                    )
                )
            return value

        return read

    # ------------------------------------------------------------------
    # Names
    # ------------------------------------------------------------------

    def _find_names(self):
        record_fields = {
            n for n, field in self.fields.items() if field.kind == "record"
        }
        for row in self.rows:
            for name in record_fields.intersection(row.values):
                if (text := row.values[name]) is not None:
                    self.names[name][text] += 1
        finder = NameFinder(self.env)
        for name, texts in self.names.items():
            field = self.fields[name]
            found = finder.find(field.field.comodel_name, texts, field.domain)
            self.found |= {(name, text): match for text, match in found.items()}
        self.answers = self.record._get_answers(self)

    def get_open_names(self):
        """:return: list of (name of the field, name in the file) to be answered"""
        return [key for key in self.found if self._is_open(key)]

    def _is_open(self, key):
        return key not in self.answers and len(self.found[key].records) != 1

    def get_id(self, name, text):
        """:return: id of the record that a name in the file means, else False; of a
        name to be created its text, until ``create_missing`` has created it"""
        if text is None:
            return False
        if (name, text) in self.answers:
            return self.answers[name, text]
        return self.found[name, text].records.id

    def get_choices(self, name):
        """:return: what the user may answer for an unknown name"""
        field = self.fields[name]
        choices = ["map"]
        if self.subject._can_create_named(field.field):
            choices.append("create")
        return choices if field.is_required else [*choices, "empty"]

    def check(self):
        """Compare the rows with what is there, once all names are known."""
        self.subject._check_rows(self)
        self.subject._find_existing(self)
        self.is_checked = True

    def create_missing(self):
        """Create the records that the user wants for unknown names.

        :return: dict model -> ids
        """
        created = defaultdict(list)
        for (name, text), id_ in self.answers.items():
            if isinstance(id_, str):
                record = self.subject._create_named(self.fields[name].field, text)
                self.answers[name, text] = record.id
                created[record._name].append(record.id)
        return created

    # ------------------------------------------------------------------
    # Result
    # ------------------------------------------------------------------

    @property
    def problems(self):
        return [remark for remark in self.remarks if remark.kind == "problem"]

    @property
    def is_asking(self):
        """Whether anything has to be asked before the preview"""
        return bool(
            not self.can_read or self.get_open_readings() or self.get_open_names()
        )

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
        return list(map(self._get_text, cells)), results

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

    def get_open_readings(self):
        """:return: names of what can be read in several ways, of which the user has
        chosen none yet"""
        names = {name for name, _key in self.get_options()}
        return [name for name in sorted(names) if not self._get_chosen(name)]

    def get_new_rows(self):
        """:return: the rows to be saved, depending on what the user does with those
        that are there already"""
        if self.record.on_existing != "skip":
            return self.rows
        return [row for n, row in enumerate(self.rows) if n not in self.existing]

    def get_totals(self):
        """:return: list of values of ``sales.import.total``"""
        totals = defaultdict(lambda: [0, 0.0])
        for number, row in enumerate(self.rows):
            for key in self.subject._get_total_keys(self, number, row.values):
                total = totals[key]
                total[0] += 1
                total[1] += row.values.get(self.subject._figure) or 0.0
        return [
            {
                "kind": kind,
                "name": self._name_total(kind, key),
                "metric_id": metric,
                "row_count": count,
                "amount": amount,
            }
            for (kind, metric, key), (count, amount) in sorted(
                totals.items(), key=self._order_total
            )
        ]

    def get_name(self, name, values):
        """:return: name of the record of a field, however the file calls it"""
        text = values.get(name)
        if text is None:
            return ""
        id_ = self.get_id(name, text)
        if isinstance(id_, str) or not id_:
            return id_ or ""
        comodel = self.fields[name].field.comodel_name
        return self.env[comodel].browse(id_).display_name

    def _order_total(self, item):
        (kind, metric, key), (_count, amount) = item
        return (kind, metric, -amount if isinstance(key, str) else 0, str(key))

    def _name_total(self, kind, key):
        if isinstance(key, date):
            return format_period(self.env, key)
        return str(key) or self.env._("Nobody")

    def get_fingerprint(self):
        """:return: a hash of what would be saved"""
        content = [
            sorted(self.existing),
            sorted(self.replaced_ids),
            sorted((*key, str(value)) for key, value in self.answers.items()),
            sorted((*key, match.records.ids) for key, match in self.found.items()),
            [
                (row.source.sheet, row.source.number, *row.values.values())
                for row in self.rows
            ],
        ]
        return hashlib.sha256(repr(content).encode()).hexdigest()
