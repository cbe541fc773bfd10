# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
from collections import Counter, defaultdict
from functools import cached_property, lru_cache

from . import importing
from .import_cells import CACHED, ImportCells
from .import_file import ImportFile
from .import_terms import FIGURES, MONTHS, ImportRow, Remark
from .name_finder import get_key

# Headings that tell the user what is on a sheet
MOST_HEADINGS = 5


class ImportDraft(ImportFile):
    """What an import would save: its rows, what is wrong with them, and what their
    names mean. It saves nothing.

    :param record: ``sales.import`` with what the user has answered so far
    """

    def __init__(self, record):
        super().__init__(record)
        self.remarks = []
        self.rows = []
        self.existing = set()  # numbers of rows, from 0, that are there already
        self.replaced_ids = []  # records they would replace
        self.found = {}  # (name of field, name in the file) -> Match
        self.names = defaultdict(Counter)  # name of field -> name -> number of rows
        self.answers = {}  # key of ``found`` -> what the user says, see read_answers
        self.is_checked = False

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def read_rows(self):
        """Read all rows, as far as the answers go."""
        self._add_table_remarks()
        self._check_currencies()
        factor = self.record.factor or 1
        self._places = dict(self.columns)
        cells = ImportCells(self)
        self._readers = {
            name: cells.get_reader(self.fields[name], name, factor)
            for name in self._places
        }
        if self.matrix:
            name = self.subject._figure
            reader = cells.get_reader(self.fields[name], FIGURES, factor)
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
        for other in self.tables:
            if other is self.table:
                continue
            reason = self.env._(
                "It has other columns: %s. Choose it if it is what you want to import.",
                ", ".join(filter(None, other.headings[:MOST_HEADINGS])),
            )
            sheets = self.get_sheets(other)
            self.remarks.append(Remark("left_out", reason, sheet=sheets))
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
        if self.takes_year_of_name:
            year = self.record.year if self.lacks_year else self.table.file_year
            note = self.env._(
                "The year %s is taken from the name of the file: the file itself does"
                " not say it.",
                year,
            )
            self.remarks.append(Remark("note", note))

    def _check_currencies(self):
        """Refuse amounts of another currency, as titles, headings or rows have it."""
        places = [p for name, p in self.columns.items() if name in self.subject._money]
        places += self.matrix.columns if self.matrix else []
        headings = [self.table.headings[place] for place in places]
        for text in dict.fromkeys([*self.table.units, *headings]):
            if foreign := self.find_foreign(text):
                reason = self.explain_currency(foreign)
                self.remarks.append(Remark("problem", reason, heading=text))
        currency = importing.Field("currency_id", (), importing.SYNONYMS["currency_id"])
        for place in self.table.match([currency]).values():
            for row in self.table.rows:
                cell = row.get(place)
                foreign = isinstance(cell, str) and self.find_foreign_code(cell)
                if foreign:
                    self.add_problem(row, self.explain_currency(foreign), place)

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
                "value": "" if cell is None else self.get_text(cell),
            }
        self.remarks.append(Remark("problem", reason, row.sheet, row.number, **values))

    # ------------------------------------------------------------------
    # Names
    # ------------------------------------------------------------------

    def _find_names(self):
        record_fields = {
            n for n, field in self.fields.items() if field.kind == "record"
        }
        read_key = lru_cache(maxsize=CACHED)(get_key)
        spellings = {}  # (name of field, key of a name) -> its first spelling
        for row in self.rows:
            for name in record_fields.intersection(row.values):
                if (text := row.values[name]) is not None:
                    text = spellings.setdefault((name, read_key(text)), text)
                    row.values[name] = text
                    self.names[name][text] += 1
        for name, texts in self.names.items():
            found = self.subject._find(self.fields[name], texts)
            self.found |= {(name, text): match for text, match in found.items()}
        self.read_answers()

    def read_answers(self):
        """Read what the user says of names: the id of a record, False to leave the
        field empty, the name itself to create it."""
        self.answers = {
            (line.field_name, line.name): line._get_answer()
            for line in self.record.name_ids
            if not line.is_open
        }

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

    def get_name(self, name, values):
        """:return: name of the record of a field, however the file calls it"""
        text = values.get(name)
        if text is None:
            return ""
        id_ = self.get_id(name, text)
        return id_ if isinstance(id_, str) else self._display_names[name].get(id_, "")

    @cached_property
    def _display_names(self):
        """dict name of a field -> id -> display name"""
        names = {}
        for name, texts in self.names.items():
            ids = {self.get_id(name, text) for text in texts}
            comodel = self.env[self.fields[name].field.comodel_name]
            records = comodel.browse(id_ for id_ in ids if isinstance(id_, int) and id_)
            names[name] = {record.id: record.display_name for record in records}
        return names

    # ------------------------------------------------------------------
    # Result
    # ------------------------------------------------------------------

    def check(self):
        """Compare the rows with what is there, once all names are known."""
        self.subject._check_rows(self)
        self.subject._find_existing(self)
        self.is_checked = True

    @property
    def problems(self):
        return [remark for remark in self.remarks if remark.kind == "problem"]

    @property
    def others(self):
        """The remarks that do not prevent the import"""
        return [remark for remark in self.remarks if remark.kind != "problem"]

    @property
    def is_asking(self):
        """Whether anything has to be asked before the preview"""
        return bool(
            not self.can_read or self.get_open_readings() or self.get_open_names()
        )

    def get_new_rows(self):
        """:return: the rows to be saved, depending on what the user does with those
        that are there already"""
        return [row for _number, row in self.iter_new_rows()]

    def iter_new_rows(self):
        """Yield the same rows with their numbers, from 0."""
        skipped = self.existing if self.record.on_existing == "skip" else ()
        for number, row in enumerate(self.rows):
            if number not in skipped:
                yield number, row

    def get_fingerprint(self):
        """:return: a hash of what would be saved"""
        content = (
            sorted(self.existing),
            sorted(self.replaced_ids),
            sorted((*key, str(value)) for key, value in self.answers.items()),
            sorted((*key, match.records.ids) for key, match in self.found.items()),
        )
        digest = hashlib.sha256(repr(content).encode())
        for row in self.rows:
            values = (row.source.sheet, row.source.number, *row.values.values())
            digest.update(repr(values).encode())
        return digest.hexdigest()
