# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from odoo.addons.sales_efficiency_base.tools import open_records, take_turns

from ..engine.grading import GradeHistory, Scoring, count_migration
from .sales_grading import ACTIVITY


class SalesGradingRun(models.Model):
    """Grades of all customers on a day: first a preview, then in force (policy 5.1.2).

    The figures are those of the moment at which they were computed; computed again,
    they are those of now.
    """

    _name = "sales.grading.run"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Grading Run"
    _order = "date desc, id desc"
    _check_company_auto = True
    _fixed_fields = ("grading_id",)

    grading_id = fields.Many2one(
        comodel_name="sales.grading",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="grading_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        required=True,
        index=True,
        copy=False,
        default=lambda self: self.env.company._get_sales_today(),
        help="Orders up to this day count, and the grades are in force from then on.",
    )
    date_from = fields.Date(
        string="Window From", compute="_compute_date_from", store=True
    )
    month = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        selection=[
            ("draft", "New"),
            ("preview", "Preview"),
            ("confirmed", "Confirmed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    computed_at = fields.Datetime(
        string="Figures As Of",
        readonly=True,
        copy=False,
        help="Changes of orders since then are not in the figures.",
    )
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one(
        comodel_name="res.users", string="Confirmed By", readonly=True, copy=False
    )
    criterion_ids = fields.One2many(
        comodel_name="sales.grading.run.criterion",
        inverse_name="run_id",
        string="Criteria",
        readonly=True,
    )
    result_ids = fields.One2many(
        comodel_name="sales.grading.result",
        inverse_name="run_id",
        string="Graded Customers",
        readonly=True,
    )
    customer_count = fields.Integer(string="Customers", compute="_compute_counts")
    up_count = fields.Integer(string="Up", compute="_compute_counts")
    down_count = fields.Integer(string="Down", compute="_compute_counts")
    new_count = fields.Integer(string="New", compute="_compute_counts")
    matrix = fields.Json(
        string="Migration",
        compute="_compute_matrix",
        export_string_translation=False,
    )

    _open_uniq = models.UniqueIndex(
        "(grading_id) WHERE state IN ('draft', 'preview')",
        "A run of this grading is open already: confirm or cancel it first.",
    )
    _month_uniq = models.UniqueIndex(
        "(grading_id, month) WHERE month IS NOT NULL",
        "This grading has its run of the month already.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("grading_id.name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for run in self:
            day = format_date(self.env, run.date) if run.date else ""
            run.display_name = f"{run.grading_id.name or ''}, {day}"

    @api.depends("grading_id.window_months", "date")
    def _compute_date_from(self):
        for run in self:
            run.date_from = (
                run.grading_id
                and run.date
                and run.grading_id._get_window(run.date).start
            )

    @api.depends("computed_at")
    @api.depends_context("uid")
    def _compute_counts(self):
        """Count the customers whom the user may see."""
        groups = self.env["sales.grading.result"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "move"], ["__count"]
        )
        counts = defaultdict(dict)
        for run, move, count in groups:
            counts[run][move] = count
        for run in self:
            moves = counts[run._origin]
            for move in ("up", "down", "new"):
                run[f"{move}_count"] = moves.get(move, 0)
            run.customer_count = sum(moves.values())

    @api.depends("computed_at")
    @api.depends_context("uid")
    def _compute_matrix(self):
        """Count the customers whom the user may see by grade so far and new grade."""
        groups = self.env["sales.grading.result"]._read_group(
            [("run_id", "in", self.ids)],
            ["run_id", "from_grade_id", "to_grade_id"],
            ["__count"],
        )
        for run in self:
            moves = {
                (before.id or None, after.id): count
                for of_run, before, after, count in groups
                if of_run == run._origin
            }
            run.matrix = run._prepare_matrix(moves) if moves else False

    def _prepare_matrix(self, moves):
        ids = {id_ for pair in moves for id_ in pair if id_}
        grades = self.env["sales.grade"]._find_grades(self.company_id)
        grades |= grades.browse(ids)
        grades = grades.sorted("threshold", reverse=True)
        names = {grade.id: grade.name for grade in grades}
        return {
            "columns": [{"id": id_, "name": name} for id_, name in names.items()],
            "rows": [
                {
                    "id": row or False,
                    "name": names.get(row, self.env._("New")),
                    "cells": cells,
                }
                for row, cells in count_migration(list(names), moves)
            ],
        }

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        runs = super().create(vals_list)
        runs._check_date()
        return runs

    def write(self, vals):
        if "date" in vals and any(
            run.state not in ("draft", "preview") for run in self
        ):
            self._refuse_change()
        res = super().write(vals)
        if "date" in vals:
            self._check_date()
            # What was computed is of another day.
            self.filtered(lambda run: run.state == "preview")._set_state("draft")
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if any(run.state == "confirmed" for run in self):
            self._refuse_change()

    def _refuse_change(self):
        raise UserError(
            self.env._("A run that was confirmed or cancelled stays as it is.")
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_compute(self):
        """Grade the customers by the figures of now, as a preview."""
        self.check_access("write")
        for run in self:
            take_turns(run.grading_id)
            run._check_is_open()
            run._check_grades()
            # sudo: who moves is written by the system.
            run.sudo()._compute_results()

    def action_confirm(self):
        """Put the grades of the preview into force."""
        self.check_access("write")
        for run in self:
            take_turns(run.grading_id)
            run.invalidate_recordset(["state"])
            run._check_state_is("preview")
            run._confirm()

    def action_cancel(self):
        for run in self:
            run._check_is_open()
        self._set_state("cancelled")
        self._drop_to_dos()
        self.flush_recordset(["state"])  # before another run is opened

    @api.readonly
    def action_open_results(self):
        """Open the customers who were graded."""
        return self._open_results()

    @api.readonly
    def action_open_moves(self):
        """Open the customers who move, also those who come first."""
        return self._open_results(("move", "!=", "same"))

    def _open_results(self, *domain):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_grading_result_action",
            [("run_id", "=", self.id), *domain],
            name=self.display_name,
        )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _compute_results(self):
        self._delete_results()
        self.criterion_ids.unlink()
        self.criterion_ids = [
            Command.create(criterion._prepare_run_criterion())
            for criterion in self.grading_id.criterion_ids
        ]
        self._compute_date_from()
        # Before: what comes in meanwhile is left out.
        known_until = self.env["sales.mart"]._get_known_until()
        Scoring(self).store()
        self.write({"state": "preview", "computed_at": known_until})

    def _delete_results(self):
        """Delete the results of the last preview, in one statement for any number."""
        results = self.env["sales.grading.result"]
        results.flush_model()
        self.env.cr.execute(
            SQL("DELETE FROM sales_grading_result WHERE run_id = %s", self.id)
        )
        results.invalidate_model()
        self.invalidate_recordset(["result_ids"])

    def _confirm(self):
        self.ensure_one()
        self._check_is_last()
        # sudo: the history of grades is written by the grading alone.
        run = self.sudo()
        GradeHistory(run.company_id, run.date).take_run(run)
        run.write(
            {
                "state": "confirmed",
                "confirmed_at": fields.Datetime.now(),
                "confirmed_by_id": self.env.uid,
            }
        )
        run.flush_recordset(["state"])  # before another run is opened
        run._drop_to_dos()

    def _tell_directors(self):
        """Ask a director to look at the preview."""
        self.ensure_one()
        directors = self.company_id._get_sales_directors()[:1]
        to_dos = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        # sudo: the to-do is that of somebody else.
        self._drop_to_dos()
        to_dos.sudo().create(
            [
                to_dos._prepare_sales_to_do(
                    self,
                    director,
                    ACTIVITY,
                    summary=self.with_context(lang=director.lang).env._(
                        "Confirm the customer grades of the month"
                    ),
                    date_deadline=self.company_id._get_sales_today(),
                )
                for director in directors
            ]
        )

    def _drop_to_dos(self):
        # sudo: the to-dos are those of directors, whoever confirms.
        self.sudo().activity_unlink([ACTIVITY])

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_is_open(self):
        """Refuse outdated requests, e.g. from a page that was open for too long."""
        self.invalidate_recordset(["state"])
        if self.state not in ("draft", "preview"):
            self._refuse_change()

    def _check_date(self):
        for run in self:
            if run.date > run.company_id._get_sales_today():
                raise UserError(
                    self.env._("Customers are graded today or as of a day in the past.")
                )

    def _check_grades(self):
        if not self.env["sales.grade"]._find_grades(self.company_id):
            raise UserError(
                self.env._(
                    "%s has no customer grades yet. Define them first.",
                    self.company_id.name,
                )
            )

    def _check_is_last(self):
        """Refuse to rewrite the grades that a later run has given."""
        later = self.search(
            [
                ("grading_id", "=", self.grading_id.id),
                ("state", "=", "confirmed"),
                ("date", ">", self.date),
            ],
            limit=1,
        )
        if later:
            raise UserError(
                self.env._(
                    "Customers have been graded on %(day)s already. Choose that day or"
                    " a later one.",
                    day=format_date(self.env, later.date),
                )
            )
