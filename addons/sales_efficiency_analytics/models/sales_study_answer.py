# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from .sales_study_result import ANSWERED, STATES


class SalesStudy(models.Model):
    """The last answer of a study, as it is shown with the question."""

    _inherit = "sales.study"  # pylint: disable=consider-merging-classes-inherited

    result_count = fields.Integer(
        string="Number of Answers", compute="_compute_answer_id"
    )
    answer_id = fields.Many2one(
        comodel_name="sales.study.result",
        string="Last Answer",
        compute="_compute_answer_id",
    )
    state = fields.Selection(
        selection=[("idle", "Not Asked Yet"), *STATES],
        string="Status",
        compute="_compute_state",
        search="_search_state",
    )
    error = fields.Text(string="Why It Failed", compute="_compute_state")
    headline = fields.Text(compute="_compute_headline")
    summary = fields.Char(string="Asked", compute="_compute_answer")
    answered_at = fields.Datetime(string="Answered On", compute="_compute_answered_at")
    verdict = fields.Html(string="Answer", compute="_compute_answer", sanitize=False)
    charts = fields.Json(compute="_compute_answer", export_string_translation=False)
    tables = fields.Html(string="Figures", compute="_compute_answer", sanitize=False)
    can_make_classes = fields.Boolean(
        compute="_compute_can_make_classes", export_string_translation=False
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("result_ids.state")
    def _compute_answer_id(self):
        """Find the last answer of each study that the user may read."""
        results = self.env["sales.study.result"]
        groups = results._read_group(
            [("study_id", "in", self.ids), ("state", "in", ANSWERED)],
            ["study_id"],
            ["id:max", "__count"],
        )
        last = {study.id: (id_, count) for study, id_, count in groups}
        for study in self:
            id_, count = last.get(study._origin.id, (False, 0))
            study.answer_id = results.browse(id_)
            study.result_count = count

    @api.depends_context("uid", "lang", "allowed_company_ids")
    @api.depends("answer_id")
    def _compute_headline(self):
        for study in self:
            study.headline = study.answer_id.headline

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("answer_id")
    def _compute_answered_at(self):
        for study in self:
            study.answered_at = study.answer_id.done_at

    @api.depends_context("uid", "lang", "tz", "allowed_company_ids")
    @api.depends("answer_id")
    def _compute_answer(self):
        """Show the answer in the language of the reader; lists do without it."""
        for study in self:
            for name in ("summary", "verdict", "charts", "tables"):
                study[name] = study.answer_id[name]

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("latest_id.state", "latest_id.error")
    def _compute_state(self):
        readable = self.latest_id._filtered_access("read")
        for study in self:
            # sudo: who may read the question may know how far it is.
            study.state = study.latest_id.sudo().state or "idle"
            is_told = study.latest_id in readable
            study.error = study.latest_id.error if is_told else False

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("latest_id.state", "in", [v for v in value if v != "idle"])
        return domain | Domain("latest_id", "=", False) if "idle" in value else domain

    @api.depends_context("uid")
    @api.depends("answer_id")
    def _compute_can_make_classes(self):
        can_make = self.env["sales.customer.class"].has_access("create")
        for study in self:
            answer = study.answer_id
            study.can_make_classes = can_make and answer._has_customer_groups()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_make_classes(self):
        """Make customer classes of the groups of the last answer."""
        self.ensure_one()
        self.check_access("read")
        return self.answer_id._make_classes()

    @api.readonly
    def action_print(self):
        return self.answer_id.action_print()

    @api.readonly
    def action_download(self):
        return self.answer_id.action_download()
