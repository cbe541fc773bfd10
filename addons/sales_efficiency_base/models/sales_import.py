# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine import SHEETS, ImportInterview

EDITABLE = ("draft", "questions", "preview", "failed")


class SalesImport(models.Model):
    """An import of past sales, or of what add-ons bring, from a file (policy 2.1.1,
    6.1.2).

    The user answers what is unclear and sees a preview. The rows are then saved as a
    whole, and can be undone as a whole.
    """

    _name = "sales.import"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "mail.thread",
    ]
    _description = "Import"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="File Name", required=True)
    file = fields.Binary(required=True, copy=False)
    checksum = fields.Char(
        compute="_compute_checksum", store=True, index="btree_not_null"
    )
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
        help="Meaning of the headings above the figures.",
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

    @api.depends("file")
    def _compute_checksum(self):
        for record in self:
            content = record._read_file()
            record.checksum = content and hashlib.sha256(content).hexdigest()

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
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("name_field", "on_existing", "shape")
    def _check_answers(self):
        for record in self:
            for name, choices in (
                ("name_field", record.name_choices),
                ("on_existing", record.existing_choices),
                ("shape", record.shape_choices),
            ):
                # There are none before the file is read.
                if record[name] and choices and record[name] not in choices:
                    record._refuse_answer(
                        self._fields[name]._description_string(self.env)
                    )

    def _refuse_answer(self, name):
        raise ValidationError(
            self.env._("This answer is not possible for %s. Choose another one.", name)
        )

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    def write(self, vals):
        is_answer = not self._get_answers_fields().isdisjoint(vals)
        if is_answer:
            self._check_is_editable()
        res = super().write(vals)
        if "shape" in vals:
            # The columns of one layout are none of the other.
            self._forget_columns()
        if is_answer:
            self._ask_again()
        return res

    @api.model
    def _get_answers_fields(self):
        """:return: names of the fields that users answer in: after a change, the
        preview is no longer what would be saved"""
        return {
            *("company_id", "factor", "file", "name", "name_field", "on_existing"),
            *("shape", "subject", "year"),
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_saved(self):
        if saved := self.filtered(lambda record: record.state in ("running", "done")):
            raise UserError(
                self.env._(
                    "%s has been imported. Undo the import before you delete it.",
                    saved[0].name,
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_continue(self):
        """Read the file; show what has to be asked, else the preview."""
        self.ensure_one()
        self._check_is_editable()
        ImportInterview(self.with_company(self.company_id)).hold()
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
        # sudo: users cannot say who imports, only be it; nor how far it is.
        record_sudo = self.sudo()
        record_sudo.write({"error": False, "importer_id": self.env.user.id})
        record_sudo.progress_ids.unlink()
        record_sudo.progress_ids.create({"import_id": self.id})
        self._set_state("running")
        ImportInterview(self).remember()
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
        self.sudo().sheet_ids.unlink()  # sudo: see _forget_columns
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

    def _read_file(self):
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _get_name_field(self):
        return self.name_field.partition(".")[2]

    def _check_is_editable(self):
        self.filtered(lambda one: one.state not in EDITABLE)._check_state_is("preview")

    def _ask_again(self):
        """Answers have changed: the preview is no longer what would be saved."""
        for record in self:
            if record.state in ("preview", "failed"):
                record._set_state("questions")

    def _forget_answers(self):
        """Forget all that has been said of the columns and rows."""
        self._forget_preview()
        self.write({"shape": False, "name_field": False, "year": False, "factor": 1})

    def _forget_preview(self):
        record_sudo = self.sudo()  # sudo: as _forget_columns
        record_sudo.remark_ids.unlink()
        record_sudo.total_ids.unlink()

    def _forget_columns(self):
        # sudo: users only answer; what is asked is up to the program.
        for name in ("column_ids", "reading_ids", "name_ids"):
            self.sudo()[name].unlink()
