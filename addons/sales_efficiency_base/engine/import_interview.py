# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .import_draft import ImportDraft
from .import_preview import ImportPreview
from .import_terms import SERIES, SHEETS
from .name_finder import get_key


class ImportInterview:
    """Asks the user of an import what its file does not say, proposes answers, and
    shows what comes out. The questions and the answers are lines of the import.

    :param record: ``sales.import``, in its company
    """

    def __init__(self, record):
        self.env, self.record = record.env, record
        # sudo: users answer; what is asked and shown is up to the program.
        self.record_sudo = record.sudo()

    def hold(self):
        """Read the file anew; list what has to be asked, else show the preview."""
        self.draft = ImportDraft(self.record)
        self._ask_for_sheets()
        self._ask_for_layout()
        self._ask_for_columns()
        self._ask_for_readings()
        self._show_samples()
        if self.draft.can_read:
            self.draft.read_rows()
            self._ask_for_names()
        ImportPreview(self.draft).keep(self.get_questions())

    def _ask(self, model, questions):
        model_sudo = self.env[model].sudo()  # sudo: see above
        model_sudo.create(
            [{"import_id": self.record.id, **values} for values in questions]
        )

    # ------------------------------------------------------------------
    # Sheets and columns
    # ------------------------------------------------------------------

    def _ask_for_sheets(self):
        """List the sheets to choose from, if they have different columns."""
        draft = self.draft
        if self.record.sheet_ids or len(draft.tables) == 1:
            return
        self._ask(
            "sales.import.reading",
            [
                {
                    "field_name": SHEETS,
                    "key": draft.get_sheets(table),
                    "heading": draft.get_sheets(table),
                    "samples": " · ".join(filter(None, table.headings)),
                    "results": str(len(table.rows)),
                    "is_chosen": table is draft.table,
                }
                for table in draft.tables
            ],
        )

    def _ask_for_layout(self):
        """Propose a matrix if the columns look like one."""
        record, draft = self.record_sudo, self.draft
        record.shape_choices = ["rows", "matrix"] if draft.has_matrix else ["rows"]
        if not record.shape:
            record.shape = "matrix" if draft.matrix else "rows"

    def _ask_for_columns(self):
        """List the columns with what they seem to mean, unless they are listed."""
        if self.record.column_ids:
            return
        proposed = self.draft.propose_columns()
        self._ask(
            "sales.import.column",
            [
                self._prepare_column(place, proposed.get(place))
                for place in self.draft.get_key_columns()
            ],
        )
        self.record_sudo.write(
            self._prepare_year() | self._prepare_factor() | self._prepare_names()
        )

    def _prepare_column(self, place, proposed):
        draft = self.draft
        return {
            "place": place,
            "name": draft.table.headings[place],
            "samples": " · ".join(draft.get_samples(place)),
            "choices": self._get_keys(draft.fields),
            "key": proposed and self._get_key(proposed),
        }

    def _prepare_year(self):
        draft = self.draft
        year = draft.subject._get_year(self.record) or draft.table.file_year
        return {
            "is_year_asked": draft.lacks_year,
            "year": draft.lacks_year and year,
        }

    def _prepare_factor(self):
        factor = self.draft.get_factor()
        return {"is_factor_asked": factor != 1, "factor": factor}

    def _prepare_names(self):
        """:return: values of the question what the columns of a matrix are called by"""
        matrix = self.draft.matrix
        names = self.draft.subject._names_as_columns if matrix else ()
        return {
            "name_choices": self._get_keys(names),
            "name_field": matrix and matrix.names and self._propose_name_field(),
        }

    def _propose_name_field(self):
        """:return: the field most of the headings of a matrix are found in"""
        draft = self.draft
        headings = draft.matrix.names.values()

        def count(name):
            found = draft.subject._find(draft.fields[name], headings)
            return sum(
                bool(match.records or match.proposal) for match in found.values()
            )

        return self._get_key(max(draft.subject._names_as_columns, key=count))

    def _get_keys(self, names):
        return [self._get_key(name) for name in names]

    def _get_key(self, name):
        """:return: a field as ``sales.import`` selects it"""
        return f"{self.record.subject}.{name}"

    # ------------------------------------------------------------------
    # Readings
    # ------------------------------------------------------------------

    def _ask_for_readings(self):
        """List the readings of columns that can be read in several ways."""
        options = self.draft.get_options()
        listed = self._withdraw(self.record.reading_ids, "key", options)
        self._ask(
            "sales.import.reading",
            [
                self._prepare_reading(*key, label)
                for key, label in options.items()
                if key not in listed
            ],
        )

    def _prepare_reading(self, name, key, label):
        draft = self.draft
        values = {
            "field_name": name,
            "key": key,
            "name": self.env._(label),
        }
        readings = [r for r in draft.readings.get(name, ()) if r.key == key]
        for reading in readings:
            texts, results = draft.get_reading_samples(name, reading)
            values |= {
                "heading": draft.get_heading(name),
                "samples": " · ".join(texts),
                "results": " · ".join(results),
            }
        return values

    def _show_samples(self):
        """Show how the first cells of each column are read."""
        for column in self.record_sudo.column_ids:
            name = column._get_field_name()
            is_read = name in self.draft.readings
            column.results = is_read and " · ".join(self.draft.get_results(name))

    def _withdraw(self, lines, name, questions):
        """Delete the questions that are none any more.

        :param lines: those that have been asked, by field and ``name``
        :return: dict of those that are left
        """
        listed = {(line.field_name, line[name]): line for line in lines.sudo()}
        for key in listed.keys() - questions.keys():
            listed.pop(key).unlink()
        return listed

    # ------------------------------------------------------------------
    # Names
    # ------------------------------------------------------------------

    def _ask_for_names(self):
        """List names that are unknown or ambiguous, or of which half was found."""
        record, draft = self.record, self.draft
        asked = {
            key: match
            for key, match in draft.found.items()
            if len(match.records) != 1 or not match.is_whole
        }
        listed = self._withdraw(record.name_ids, "name", asked)
        remembered = self.env["sales.import.mapping"]._get_names(
            record, {get_key(text) for _name, text in asked}
        )
        names = self.env["sales.import.name"]
        self._ask(
            "sales.import.name",
            [
                names._prepare(draft, *key, match, remembered)
                for key, match in asked.items()
                if key not in listed
            ],
        )
        draft.read_answers()
        if not draft.get_open_names() and not draft.is_checked:
            draft.check()

    # ------------------------------------------------------------------
    # Answers
    # ------------------------------------------------------------------

    def get_questions(self):
        """:return: list of what the user has to answer, in words"""
        return [
            *self._get_questions_of_columns(),
            *self._get_questions_of_readings(),
            *self._get_questions_of_names(),
        ]

    def _get_questions_of_columns(self):
        draft = self.draft
        questions = [
            self.env._(
                "Which column is %s? Choose it under Columns.",
                draft.get_label(field.name),
            )
            for field in draft.missing
        ]
        if draft.lacks_year and not self.record.year:
            questions.append(self.env._("Which year are the months of?"))
        return questions

    def _get_questions_of_readings(self):
        draft = self.draft
        return [
            self.env._("Which figures count? Choose one.")
            if name == SERIES
            else self.env._(
                "%s can be read in several ways: choose one.", draft.get_heading(name)
            )
            for name in draft.get_open_readings()
        ]

    def _get_questions_of_names(self):
        if not (count := len(self.draft.get_open_names())):
            return []
        return [
            self.env._(
                "Names that are unknown or fit several records: %s. Say who or what"
                " they are.",
                count,
            )
        ]

    def remember(self):
        """Keep the meanings of columns and names for the next file."""
        record = self.record
        answers = [
            ("heading", "", get_key(column.name), column._get_field_name() or "")
            for column in record.column_ids
            if column.name
        ]
        answers += [
            ("name", line.field_name, get_key(line.name), line._get_remembered())
            for line in record.name_ids
            if not line.is_open and line.decision != "create"
        ]
        self.env["sales.import.mapping"]._remember(
            record.company_id, record.subject, answers
        )
