# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date
from odoo.tools.misc import formatLang

from odoo.addons.sales_efficiency_base.tools import open_records


class SalesDataIssue(models.Model):
    """What a data rule has found about a record (policy 6.1.2).

    There is one for each rule and record. The nightly check opens and closes it; its
    owner corrects the record, or accepts the issue and says why.
    """

    _name = "sales.data.issue"
    _description = "Data Issue"
    _inherit = ["sales.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "severity, opened_at desc, id desc"

    rule_id = fields.Many2one(
        comodel_name="sales.data.rule",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    source = fields.Selection(related="rule_id.source", store=True)
    kind = fields.Selection(related="rule_id.kind", store=True)
    dimension = fields.Selection(related="rule_id.dimension", store=True)
    severity = fields.Selection(related="rule_id.severity", store=True)
    how_to_correct = fields.Text(related="rule_id.description")
    res_model = fields.Char(
        string="Record Type",
        required=True,
        readonly=True,
        export_string_translation=False,
    )
    res_id = fields.Many2oneReference(
        string="Record",
        model_field="res_model",
        required=True,
        readonly=True,
        export_string_translation=False,
    )
    record_name = fields.Char(compute="_compute_record_name")
    explanation = fields.Char(string="What Is Wrong", compute="_compute_explanation")
    company_id = fields.Many2one(
        comodel_name="res.company", index="btree_not_null", readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    owner_id = fields.Many2one(
        comodel_name="res.users",
        string="Data Owner",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="Who corrects the record.",
    )
    deviation = fields.Float(
        string="Robust z",
        digits=(16, 2),
        aggregator=None,
        readonly=True,
        help="0.6745 × (value − median) ÷ median distance from the median.",
    )
    state = fields.Selection(
        selection=[("open", "Open"), ("accepted", "Accepted"), ("closed", "Closed")],
        string="Status",
        required=True,
        default="open",
        index=True,
        group_expand=True,
        readonly=True,
        help="Open: to be corrected.\nAccepted: it is right as it is.\nClosed: not"
        " found any more.",
    )
    note = fields.Char(
        string="Why It Is Right", help="Why the record is right as it is."
    )
    opened_at = fields.Datetime(string="Found On", readonly=True)
    closed_at = fields.Datetime(string="Closed On", readonly=True)
    proposal_count = fields.Integer(
        string="Proposals", compute="_compute_proposal_count"
    )

    _key = models.UniqueIndex(
        "(rule_id, res_id)", "The rule has already found this record."
    )
    _record = models.Index("(res_model, res_id)")

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        for issue, record in self._get_records().items():
            # sudo: owners are told the names of the records that they correct.
            name = record.sudo().display_name
            issue.record_name = name or self.env._("Deleted record")

    @api.depends("record_name", "rule_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for issue in self:
            # sudo: as above; the name of the rule says what to do.
            issue.display_name = f"{issue.record_name}: {issue.rule_id.sudo().name}"

    @api.model
    def _search_display_name(self, operator, value):
        """Find issues by the names of their records, among those the user may read."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        domains = [
            Domain("res_model", "=", name)
            & self._get_record_domain(
                self.env[name]
                .with_context(active_test=False)
                ._search([("display_name", operator, value)])
            )
            for name in self.env["sales.data.rule"]._get_subjects()
            if self.env[name].has_access("read")
        ]
        return Domain.OR([*domains, Domain("rule_id.name", operator, value)])

    @api.model
    def _get_record_domain(self, query):
        return Domain.custom(
            to_sql=lambda model, alias, _query: SQL(
                "%s IN %s",
                model._field_to_sql(alias, "res_id", _query),
                query.subselect(),
            )
        )

    @api.depends("res_model", "res_id", "rule_id.field_name", "deviation")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_explanation(self):
        """Say what is wrong, to those who may read it in the record."""
        records = self._get_records()
        readable = {
            name: self.env[name]
            .browse(issue.res_id for issue in issues if records[issue])
            .sudo(False)
            ._filtered_access("read")
            for name, issues in self.grouped("res_model").items()
            if name in self.env
        }
        for issue in self:
            record = records[issue].sudo(False)
            is_readable = bool(record) and record in readable[issue.res_model]
            issue.explanation = is_readable and issue._explain(record)

    @api.depends("res_model", "res_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_proposal_count(self):
        counts = {
            model: Counter(ids)
            for model, ids in self.env["sales.data.cleaning"]._read_group(
                [("res_id", "in", self.mapped("res_id")), ("state", "=", "proposed")],
                ["res_model"],
                ["res_id:array_agg"],
            )
        }
        for issue in self:
            issue.proposal_count = counts.get(issue.res_model, {}).get(issue.res_id, 0)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_accept(self):
        """Accept the issues: their records are right as they are.

        :raise UserError: if nobody has said why
        """
        self.check_access("write")
        for issue in self:
            if issue.state == "open" and not (issue.note or "").strip():
                raise UserError(
                    self.env._(
                        "Say why %(issue)s is right as it is.",
                        issue=issue.display_name,
                    )
                )
        # sudo: users cannot write the status; rights were checked above.
        self.sudo().filtered(lambda issue: issue.state == "open").state = "accepted"

    def action_reopen(self):
        """Take back that issues were accepted."""
        self.check_access("write")
        # sudo: as in action_accept
        self.sudo().filtered(lambda issue: issue.state == "accepted").state = "open"

    @api.readonly
    def action_open_record(self):
        """Open the record, which is corrected there."""
        self.ensure_one()
        self.check_access("read")
        record = self._get_records()[self]
        if not record:
            raise UserError(self.env._("The record has been deleted."))
        record.check_access("read")
        if record._name == "sale.order.line":
            record = record.order_id
            record.check_access("read")
        return record._get_records_action()

    @api.readonly
    def action_open_proposals(self):
        """Show how the record could be cleaned."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_analytics.sales_data_cleaning_action",
            [("res_model", "=", self.res_model), ("res_id", "=", self.res_id)],
            name=self.record_name,
            context={"search_default_proposed": 1},
        )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_records(self):
        """:return: dict issue -> its record; empty if it no longer exists"""
        records = {}
        for name, issues in self.grouped("res_model").items():
            model = self.env[name if name in self.env else self._name]
            ids = issues.mapped("res_id") if name in self.env else ()
            there = set(model.browse(ids).exists().ids)
            for issue in issues:
                records[issue] = model.browse(there & {issue.res_id})
        return records

    def _explain(self, record):
        """:return: what is wrong with the record, in words"""
        self.ensure_one()
        # sudo: what the rule checks is said to those whom it concerns.
        rule = self.rule_id.sudo()
        field = rule._get_field()
        if not field or not record._has_field_access(field, "read"):
            return rule.name
        names = {
            "field": field._description_string(self.env),
            "value": self._format(record, field),
        }
        texts = {
            "missing": self.env._("%(field)s is empty.", **names),
            "duplicate": self.env._(
                "Others have the same: %(field)s %(value)s.", **names
            ),
            "range": self.env._("%(field)s is %(value)s.", **names),
            "inconsistent": self.env._("%(field)s is %(value)s.", **names),
            "outlier": self.env._(
                "%(field)s is %(value)s (robust z %(z)s).",
                z=formatLang(self.env, self.deviation, digits=2),
                **names,
            ),
            "stale": self.env._("%(field)s was %(value)s.", **names),
            "orphan": self.env._(
                "%(field)s is %(value)s, who or which is archived.", **names
            ),
        }
        return texts.get(rule.kind, rule.name)

    def _format(self, record, field):
        value = record[field.name]
        if field.type == "many2one":
            return value.sudo().display_name  # sudo: archived users, by name
        if field.type in ("date", "datetime"):
            return format_date(self.env, value) if value else ""
        if field.type in ("integer", "float", "monetary"):
            return formatLang(
                self.env, value, digits=0 if field.type == "integer" else 2
            )
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        return value or ""

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Drop the issues of customers that are merged away; the check finds anew what
        is wrong with the one that remains.

        :param list src_ids: the partners that go
        :param dst: the one that remains
        """
        # sudo: users who merge contacts may not see their issues.
        self.sudo().search(
            [("res_model", "=", dst._name), ("res_id", "in", list(src_ids))]
        ).unlink()
