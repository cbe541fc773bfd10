# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import SERIES, SHEETS, ImportDraft, ImportTotals, get_key

# Bad cells that are listed; of more, only the number is said
MOST_REMARKS = 200
EDITABLE = ("draft", "questions", "preview", "failed")


class SalesImport(models.Model):
    """A file of past sales or targets: asked, previewed, saved as a whole, and undone
    as a whole (policy 2.1.1, 6.1.2)."""

    _name = "sales.import"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "mail.thread",
    ]
    _description = "Import"
    _order = "id desc"
    _check_company_auto = True
    # Rows are saved with the rights of the user, whatever an import says of itself.
    _protects_readonly = False

    name = fields.Char(string="File Name", required=True)
    file = fields.Binary(required=True, copy=False)
    checksum = fields.Char(readonly=True, copy=False, index="btree_not_null")
    subject = fields.Selection(
        selection=[("sales", "Past Sales")], required=True, default="sales"
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        selection=[
            ("draft", "Upload"),
            ("questions", "Questions"),
            ("preview", "Preview"),
            ("running", "Importing"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("undone", "Undone"),
        ],
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        tracking=True,
    )

    # Questions
    shape = fields.Selection(
        selection=[
            ("rows", "One record a row"),
            ("matrix", "Months, people or products as columns"),
        ],
        string="Layout",
        copy=False,
    )
    shape_choices = fields.Json(readonly=True, export_string_translation=False)
    name_field = fields.Selection(
        selection=lambda self: self._selection_columns(),
        string="Columns Are",
        copy=False,
        help="What the headings of the columns with figures are the names of.",
    )
    name_choices = fields.Json(readonly=True, export_string_translation=False)
    year = fields.Integer(copy=False, help="Year of the months that do not say it.")
    is_year_asked = fields.Boolean(readonly=True, export_string_translation=False)
    factor = fields.Integer(
        string="Multiply by",
        default=1,
        copy=False,
        help="The file gives its amounts in thousands or ten thousands.",
    )
    is_factor_asked = fields.Boolean(readonly=True, export_string_translation=False)
    column_ids = fields.One2many(
        comodel_name="sales.import.column", inverse_name="import_id", string="Columns"
    )
    sheet_ids = fields.One2many(
        comodel_name="sales.import.reading",
        inverse_name="import_id",
        string="Sheets",
        domain=[("field_name", "=", SHEETS)],
    )
    reading_ids = fields.One2many(
        comodel_name="sales.import.reading",
        inverse_name="import_id",
        domain=[("field_name", "!=", SHEETS)],
    )
    name_ids = fields.One2many(
        comodel_name="sales.import.name", inverse_name="import_id", string="Names"
    )
    question = fields.Text(string="To Answer", readonly=True, copy=False)

    # Preview
    remark_ids = fields.One2many(
        comodel_name="sales.import.remark", inverse_name="import_id", string="Remarks"
    )
    problem_ids = fields.One2many(
        comodel_name="sales.import.remark",
        inverse_name="import_id",
        string="Cells to Correct",
        domain=[("kind", "=", "problem")],
    )
    note_ids = fields.One2many(
        comodel_name="sales.import.remark",
        inverse_name="import_id",
        string="Left Out and Notes",
        domain=[("kind", "!=", "problem")],
    )
    total_ids = fields.One2many(
        comodel_name="sales.import.total", inverse_name="import_id", string="Totals"
    )
    year_ids = fields.One2many(
        comodel_name="sales.import.total",
        inverse_name="import_id",
        string="By Year",
        domain=[("kind", "=", "year")],
    )
    month_ids = fields.One2many(
        comodel_name="sales.import.total",
        inverse_name="import_id",
        string="By Month",
        domain=[("kind", "=", "month")],
    )
    person_ids = fields.One2many(
        comodel_name="sales.import.total",
        inverse_name="import_id",
        string="By Person",
        domain=[("kind", "=", "person")],
    )
    row_count = fields.Integer(string="Rows", readonly=True, copy=False)
    amount = fields.Monetary(string="Total", readonly=True, copy=False)
    problem_count = fields.Integer(readonly=True, copy=False)
    left_out_count = fields.Integer(string="Left Out", readonly=True, copy=False)
    existing_count = fields.Integer(
        string="There Already",
        readonly=True,
        copy=False,
        help="Rows that repeat what has been recorded before.",
    )
    on_existing = fields.Selection(
        selection=[
            ("skip", "Skip these rows"),
            ("replace", "Replace what is there"),
            ("add", "Add them once more"),
        ],
        string="Rows That Are There Already",
        required=True,
        default="skip",
        copy=False,
    )
    existing_choices = fields.Json(
        compute="_compute_existing_choices", export_string_translation=False
    )
    same_import_id = fields.Many2one(
        comodel_name="sales.import",
        string="Same File",
        compute="_compute_same_import_id",
    )
    fingerprint = fields.Char(readonly=True, copy=False)
    progress_ids = fields.One2many(
        comodel_name="sales.import.progress", inverse_name="import_id", string="Steps"
    )
    progress = fields.Float(compute="_compute_progress")

    _factor_range = models.Constraint(
        "CHECK (factor BETWEEN 1 AND 100000000)",
        "Multiply amounts by a number from 1 to 100,000,000.",
    )
    _year_range = models.Constraint(
        "CHECK (COALESCE(year, 0) = 0 OR year BETWEEN 1900 AND 2100)",
        "Enter a year from 1900 to 2100.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _selection_columns(self):
        """All that a column may mean, of all subjects: "sales.user_id"."""
        return [
            (f"{code}.{name}", field.field._description_string(self.env))
            for code, subject in self.env["sales.import.subject"]
            ._get_subjects()
            .items()
            for name, field in subject._get_fields().items()
        ]

    @api.depends("checksum", "company_id")
    def _compute_same_import_id(self):
        done = self.search(
            [
                ("checksum", "in", self.mapped("checksum")),
                ("state", "in", ("running", "done")),
            ]
        ).grouped(lambda other: (other.company_id, other.subject, other.checksum))
        for record in self:
            same = done.get((record.company_id, record.subject, record.checksum))
            record.same_import_id = ((same or self.browse()) - record)[:1]

    @api.depends("subject")
    def _compute_existing_choices(self):
        for record in self:
            record.existing_choices = list(record._get_subject()._existing_choices)

    @api.depends("progress_ids.share", "state")
    def _compute_progress(self):
        for record in self:
            share = record.progress_ids[:1].share
            record.progress = 100.0 if record.state == "done" else share

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals |= self._prepare_file(vals)
        return super().create(vals_list)

    def write(self, vals):
        if "file" in vals:
            vals = vals | self._prepare_file(vals)
        res = super().write(vals)
        if "shape" in vals:
            # The columns of one layout are none of the other.
            self._forget_columns()
        if not self._get_answers_fields().isdisjoint(vals):
            self._ask_again()
        return res

    @api.model
    def _get_answers_fields(self):
        """:return: names of the fields that users answer in: after a change, the
        preview is no longer what would be saved"""
        return {"factor", "name_field", "on_existing", "shape", "year"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_saved(self):
        if saved := self.filtered(lambda record: record.state in ("running", "done")):
            raise UserError(
                self.env._(
                    "%s has been imported. Undo the import before you delete it.",
                    saved[0].name,
                )
            )

    @api.model
    def _prepare_file(self, vals):
        """:return: what follows from the file: nothing of a former one is kept"""
        content = base64.b64decode(vals.get("file") or b"")
        return {"checksum": content and hashlib.sha256(content).hexdigest()}

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_continue(self):
        """Read the file; show what has to be asked, else the preview."""
        self.ensure_one()
        self._check_is_editable()
        self._analyse()
        return self._reload()

    def action_import(self):
        """Save all rows, in the background."""
        self.ensure_one()
        if self.state != "preview":
            return self.action_continue()
        if self.problem_count:
            raise UserError(
                self.env._(
                    "Correct the listed cells in the file, then choose it again."
                )
            )
        self.error = False
        # sudo: users cannot say who imports, only be it.
        self.sudo().importer_id = self.env.user
        self.progress_ids.unlink()
        self.env["sales.import.progress"].create({"import_id": self.id})
        self._set_state("running")
        self._remember()
        # sudo: whoever may import may start the job.
        self.env.ref("sales_efficiency_base.ir_cron_sales_import").sudo()._trigger()
        return self._reload()

    def action_stop(self):
        """Take an import back that waits, or that the job cannot finish."""
        self.ensure_one()
        self._check_state_is("running")
        if not self.try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._(
                    "The rows are being saved right now. Undo the import once it is"
                    " done."
                )
            )
        self._set_state("preview")
        return self._reload()

    def action_undo(self):
        """Take back all that the import has saved."""
        self.ensure_one()
        self._check_state_is("done")
        self.with_company(self.company_id)._undo()
        return self._reload()

    def action_open(self):
        """Show what has been saved."""
        self.ensure_one()
        return self._get_subject()._get_action(self)

    def action_upload(self):
        """Return to the upload, to choose another file."""
        self.ensure_one()
        self._check_is_editable()
        self._forget_answers()
        self.sheet_ids.unlink()
        self._set_state("draft")
        return self._reload()

    def action_create_all(self):
        """Have a record created for each name that is unknown, and go on."""
        return self._decide("create")

    def action_leave_all(self):
        """Leave the field empty for each name that is unknown, and go on."""
        return self._decide("empty")

    def _decide(self, decision):
        self.name_ids.filtered(
            lambda line: line.is_open and decision in line.choices
        ).decision = decision
        return self.action_continue()

    def _reload(self):
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _get_subject(self):
        self.ensure_one()
        subjects = self.env["sales.import.subject"]._get_subjects()
        return subjects[self.subject].with_company(self.company_id)

    def _get_content(self):
        return base64.b64decode(self.with_context(bin_size=False).file)

    def _get_name_field(self):
        return self.name_field.partition(".")[2]

    def _check_is_editable(self):
        if self.state not in EDITABLE:
            self._check_state_is("preview")

    def _ask_again(self):
        """Answers have changed: the preview is no longer what would be saved."""
        for record in self:
            if record.state in ("preview", "failed"):
                record._set_state("questions")

    def _forget_answers(self):
        """Forget all that has been said of the columns and rows."""
        self.remark_ids.unlink()
        self.total_ids.unlink()
        self.write({"shape": False, "name_field": False, "year": False, "factor": 1})

    def _forget_columns(self):
        for name in ("column_ids", "reading_ids", "name_ids"):
            self[name].unlink()

    def _analyse(self):
        """Read the file anew, and show what comes out."""
        record = self.with_company(self.company_id)
        draft = ImportDraft(record)
        record._propose_sheets(draft)
        record.shape_choices = ["rows", "matrix"] if draft.has_matrix else ["rows"]
        if not record.shape:
            record.shape = "matrix" if draft.matrix else "rows"
        if not record.column_ids:
            record._propose_columns(draft)
        record._ask_for_readings(draft)
        for column in record.column_ids:
            name = column._get_field_name()
            is_read = name in draft.readings
            column.results = is_read and " · ".join(draft.get_results(name))
        if draft.can_read:
            draft.read_rows()
            record._ask_for_names(draft)
        record._show(draft)

    def _propose_sheets(self, draft):
        """List the sheets to choose from, if they have different columns."""
        if self.sheet_ids or len(draft.tables) == 1:
            return
        self.env["sales.import.reading"].create(
            [
                {
                    "import_id": self.id,
                    "field_name": SHEETS,
                    "key": draft.get_sheets(table),
                    "heading": draft.get_sheets(table),
                    "samples": " · ".join(filter(None, table.headings)),
                    "results": str(len(table.rows)),
                    "is_chosen": table is draft.table,
                }
                for table in draft.tables
            ]
        )

    def _propose_columns(self, draft):
        keys = [f"{self.subject}.{name}" for name in draft.fields]
        proposed = draft.propose_columns()
        self.env["sales.import.column"].create(
            [
                {
                    "import_id": self.id,
                    "place": place,
                    "name": draft.table.headings[place],
                    "samples": " · ".join(draft.get_samples(place)),
                    "choices": keys,
                    "key": place in proposed and f"{self.subject}.{proposed[place]}",
                }
                for place in draft.get_key_columns()
            ]
        )
        names = draft.subject._names_as_columns if draft.matrix else ()
        factor = draft.get_factor()
        self.write(
            {
                "is_year_asked": draft.lacks_year,
                "year": draft.lacks_year
                and (draft.subject._get_year(self) or draft.table.file_year),
                "is_factor_asked": factor != 1,
                "factor": factor,
                "name_choices": [f"{self.subject}.{name}" for name in names],
                "name_field": draft.matrix
                and draft.matrix.names
                and self._propose_name_field(draft),
            }
        )

    def _propose_name_field(self, draft):
        """:return: the field most of the headings of a matrix are found in"""
        headings = draft.matrix.names.values()

        def count(name):
            found = draft.subject._find(draft.fields[name], headings)
            return sum(
                bool(match.records or match.proposal) for match in found.values()
            )

        best = max(draft.subject._names_as_columns, key=count)
        return f"{self.subject}.{best}"

    def _ask_for_readings(self, draft):
        """List the readings of columns that can be read in several ways."""
        options = draft.get_options()
        lines = {(line.field_name, line.key): line for line in self.reading_ids}
        for key in lines.keys() - options.keys():
            lines[key].unlink()
        self.env["sales.import.reading"].create(
            [
                self._prepare_reading(draft, name, key, label)
                for (name, key), label in options.items()
                if (name, key) not in lines
            ]
        )

    def _prepare_reading(self, draft, name, key, label):
        values = {
            "import_id": self.id,
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

    def _ask_for_names(self, draft):
        """List names that are unknown or ambiguous, or of which half was found."""
        lines = {(line.field_name, line.name): line for line in self.name_ids}
        listed = {
            key: match
            for key, match in draft.found.items()
            if len(match.records) != 1 or not match.is_whole
        }
        for key in lines.keys() - listed.keys():
            lines[key].unlink()
        remembered = self.env["sales.import.mapping"]._get_names(
            self.company_id, self.subject, {get_key(text) for _name, text in listed}
        )
        self.env["sales.import.name"].create(
            [
                self.env["sales.import.name"]._prepare(draft, *key, match, remembered)
                for key, match in listed.items()
                if key not in lines
            ]
        )
        draft.answers = self._get_answers(draft)
        if not draft.get_open_names() and not draft.is_checked:
            draft.check()

    def _get_answers(self, draft):
        """:return: dict (name of a field, name in the file) -> id of the record; False
        to leave it empty, the name itself to create it"""
        return {
            (line.field_name, line.name): line._get_answer()
            for line in self.name_ids
            if not line.is_open
        }

    # ------------------------------------------------------------------
    # Showing
    # ------------------------------------------------------------------

    def _show(self, draft):
        """Keep what the user is to see of a draft."""
        self.remark_ids.unlink()
        self.total_ids.unlink()
        problems = draft.problems
        others = [remark for remark in draft.remarks if remark.kind != "problem"]
        self.env["sales.import.remark"].create(
            [
                {"import_id": self.id, **remark._asdict()}
                for remark in problems[:MOST_REMARKS] + others[:MOST_REMARKS]
            ]
        )
        totals = []
        if draft.is_checked and not draft.is_asking:
            totals = ImportTotals(draft).get_values()
        self.env["sales.import.total"].create(
            [{"import_id": self.id, **total} for total in totals]
        )
        self.write(
            {
                "row_count": len(draft.rows),
                "amount": sum(
                    total["amount"]
                    for total in totals
                    if total["kind"] == "year" and not total["metric_id"]
                ),
                "problem_count": len(problems),
                "left_out_count": sum(r.kind == "left_out" for r in others),
                "existing_count": len(draft.existing),
                "fingerprint": draft.get_fingerprint(),
                "question": "\n".join(self._get_questions(draft)),
                "error": False,
            }
        )
        self._set_state("questions" if draft.is_asking else "preview")

    def _get_questions(self, draft):
        """:return: list of what the user has to answer"""
        questions = [
            self.env._(
                "Which column is %s? Choose it under Columns.",
                draft.get_label(field.name),
            )
            for field in draft.missing
        ]
        if draft.lacks_year and not self.year:
            questions.append(self.env._("Which year are the months of?"))
        questions += [
            self.env._("Which figures count? Choose one.")
            if name == SERIES
            else self.env._(
                "%s can be read in several ways: choose one.", draft.get_heading(name)
            )
            for name in draft.get_open_readings()
        ]
        if count := len(draft.get_open_names()):
            questions.append(
                self.env._(
                    "Names that are unknown or fit several records: %s. Say who or what"
                    " they are.",
                    count,
                )
            )
        return questions

    # ------------------------------------------------------------------
    # Memory
    # ------------------------------------------------------------------

    def _remember(self):
        """Keep the columns and names for the next file."""
        mappings = self.env["sales.import.mapping"]
        answers = [
            ("heading", "", get_key(column.name), column._get_field_name() or "")
            for column in self.column_ids
            if column.name
        ]
        answers += [
            ("name", line.field_name, get_key(line.name), line._get_remembered())
            for line in self.name_ids
            if not line.is_open and line.decision != "create"
        ]
        mappings._remember(self.company_id, self.subject, answers)
