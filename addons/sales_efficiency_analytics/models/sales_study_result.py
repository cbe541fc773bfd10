# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_list

from odoo.addons.sales_efficiency_base.tools import format_period

from ..engine.presentations import Answer
from ..engine.study import Question, StudyReach

STATES = [
    ("queued", "Waiting"),
    ("running", "Being Answered"),
    ("done", "Answered"),
    ("refused", "No Answer"),
    ("failed", "Failed"),
]
WAITING = ("queued", "running")
ANSWERED = ("done", "refused")


class SalesStudyResult(models.Model):
    """One answer to a study: what was asked, of which figures, and what was found
    (policy 6.2.1).

    What the method found is kept as numbers. Sentences, charts and tables are made of
    it when somebody reads them, in their language.
    """

    _name = "sales.study.result"
    _inherit = "sales.guard.mixin"
    _description = "Answer to a Study"
    _order = "id desc"
    _rec_name = "version"

    study_id = fields.Many2one(
        comodel_name="sales.study",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    name = fields.Char(string="Question", related="study_id.name", related_sudo=False)
    company_id = fields.Many2one(
        related="study_id.company_id", store=True, index=True, precompute=True
    )
    version = fields.Integer(readonly=True, aggregator=None)
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        index=True,
        default="queued",
    )
    reach = fields.Selection(
        selection=[
            ("own", "Own Figures"),
            ("team", "Figures of Teams Led"),
            ("company", "Figures of the Company"),
        ],
        string="Made Of",
        readonly=True,
        help="Which figures the owner of the study could see then.",
    )
    method = fields.Selection(
        selection=lambda self: self._selection_of("method"), readonly=True
    )
    metric_ids = fields.Many2many(
        comodel_name="sales.metric", string="Metrics", readonly=True
    )
    rows = fields.Selection(
        selection=lambda self: self._selection_of("rows"),
        string="One Row for Each",
        readonly=True,
    )
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    # What exactly was asked: scope and options, too
    question = fields.Json(
        string="Exact Question", readonly=True, export_string_translation=False
    )
    is_subscribed = fields.Boolean(string="Asked by Subscription", readonly=True)
    asked_by_id = fields.Many2one(
        comodel_name="res.users", string="Asked By", readonly=True
    )
    asked_at = fields.Datetime(
        string="Asked On", readonly=True, default=fields.Datetime.now
    )
    attempts = fields.Integer(readonly=True, aggregator=None)
    done_at = fields.Datetime(string="Answered On", readonly=True)
    duration = fields.Float(
        string="Seconds", digits=(16, 1), readonly=True, aggregator="avg"
    )
    row_count = fields.Integer(string="Rows", readonly=True, aggregator=None)
    fingerprint = fields.Char(
        readonly=True,
        help="SHA-256 of the data. The same data have the same fingerprint.",
    )
    is_unchanged = fields.Boolean(
        string="Same Data as Before",
        readonly=True,
        help="The question and the data are those of the answer before.",
    )
    seed = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Start of the random numbers: the same seed draws the same samples.",
    )
    figures = fields.Json(
        string="Data", readonly=True, prefetch=False, export_string_translation=False
    )
    # Names and units of the columns of the data, as they were then
    columns = fields.Json(readonly=True, export_string_translation=False)
    found = fields.Json(readonly=True, prefetch=False, export_string_translation=False)
    error = fields.Text(string="Why It Failed", readonly=True)
    is_shared_with_me = fields.Boolean(
        compute="_compute_is_shared_with_me",
        search="_search_is_shared_with_me",
        export_string_translation=False,
    )

    summary = fields.Char(string="Asked", compute="_compute_summary")
    headline = fields.Text(compute="_compute_headline")
    verdict = fields.Html(string="Answer", compute="_compute_answer", sanitize=False)
    charts = fields.Json(compute="_compute_answer", export_string_translation=False)
    tables = fields.Html(string="Figures", compute="_compute_answer", sanitize=False)

    _waiting_uniq = models.UniqueIndex(
        "(study_id) WHERE state IN ('queued', 'running')",
        "This question is being answered already.",
    )
    _version_uniq = models.UniqueIndex(
        "(study_id, version)", "Answers of a study are numbered."
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _selection_of(self, name):
        """:return: the choices of a field of studies, in the language of the user"""
        studies = self.env["sales.study"]
        return studies._fields[name]._description_selection(self.env)

    @api.depends_context("uid")
    @api.depends("reach", "study_id.is_shared_with_me")
    def _compute_is_shared_with_me(self):
        # sudo: roles of owners are read, not shown.
        shared = self._origin.sudo().filtered_domain(self._get_shared_domain())
        for result in self:
            result.is_shared_with_me = result._origin in shared

    @api.model
    def _search_is_shared_with_me(self, operator, _value):
        if operator != "in":
            return NotImplemented
        return self._get_shared_domain()

    @api.model
    def _get_shared_domain(self):
        """:return: answers of shared studies, but none of figures of the company by
        somebody who is no director any more"""
        studies = self.env["sales.study"]
        return Domain("study_id", "any", studies._get_shared_domain()) & (
            Domain("reach", "!=", "company")
            | Domain("study_id", "any", studies._get_role_domain("director"))
        )

    @api.depends("study_id.name", "version")
    def _compute_display_name(self):
        for result in self:
            result.display_name = self.env._(
                "%(question)s (answer %(version)s)",
                # sudo: who may read the answer may read the question.
                question=result.study_id.sudo().name,
                version=result.version,
            )

    @api.depends_context("lang")
    @api.depends("metric_ids", "rows", "date_from", "date_to", "question")
    def _compute_summary(self):
        rows = dict(self._fields["rows"]._description_selection(self.env))
        for result in self:
            if not result.date_from:
                result.summary = False
                continue
            parts = [
                format_list(self.env, result.metric_ids.mapped("name")),
                rows.get(result.rows, ""),
                *result._name_scope(),
                self.env._(
                    "%(start)s to %(end)s",
                    start=format_period(self.env, result.date_from),
                    end=format_period(self.env, result.date_to),
                ),
            ]
            result.summary = " · ".join(filter(None, parts))

    def _name_scope(self):
        """:return: names of the records of the scope"""
        facts, scope = self.env["sales.fact"], (self.question or {}).get("scope") or {}
        # sudo: who may read the answer may know what it is about.
        return [
            facts[name].sudo().browse(scope[name]).exists().display_name or ""
            for name in facts._get_naming_dimensions()
            if scope.get(name)
        ]

    @api.depends_context("lang", "tz")
    @api.depends("state", "found")
    def _compute_headline(self):
        for result in self:
            answer = result._get_answer()
            result.headline = answer.get_headline() if answer else False

    @api.depends_context("lang", "tz")
    @api.depends("state", "found", "figures")
    def _compute_answer(self):
        for result in self:
            answer = result._get_answer()
            result.verdict = answer.get_sentences_as_html() if answer else False
            result.charts = answer.get_charts() if answer else False
            result.tables = answer.get_tables_as_html() if answer else False

    def _get_answer(self):
        """:return: :class:`Answer`, or None before there is one"""
        self.ensure_one()
        if self.state not in ANSWERED:
            return None
        return Answer(self)

    def _get_question(self):
        """:return: :class:`Question`"""
        self.ensure_one()
        return Question.from_json(self.question)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_print(self):
        """Print the answer."""
        self.check_access("read")
        report = self.env.ref("sales_efficiency_analytics.sales_study_report")
        return report.report_action(self, config=False)

    @api.readonly
    def action_download(self):
        """Download the answer with its figures as a workbook."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/sales_efficiency_analytics/study/{self.id}/xlsx",
            "target": "download",
        }

    @api.readonly
    def action_open_study(self):
        self.ensure_one()
        self.check_access("read")
        return self.study_id._get_records_action()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _prepare(self, study, version, is_subscribed=False):
        """:return: values of the next answer of a study, which still waits"""
        question = study._get_question()
        return {
            "study_id": study.id,
            "version": version,
            "reach": StudyReach(study.owner_id, study.company_id).kind,
            "method": question.method,
            "rows": question.rows,
            "metric_ids": question.metric_ids,
            "date_from": question.period.start,
            "date_to": question.period.end,
            "question": question.to_json(),
            "asked_by_id": study.owner_id.id if is_subscribed else self.env.uid,
            "is_subscribed": is_subscribed,
        }

    def _after_answer(self):
        """Hook: the answer has just been found, in the environment of the owner."""
