# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.models.sales_alert import SEVERITIES
from odoo.addons.sales_efficiency_base.tools import (
    open_records,
    read_domain,
    try_domain,
)

from ..engine import CHECKS, LIMIT, find_private_field, get_subjects

KINDS = [
    ("missing", "Missing"),
    ("duplicate", "Duplicate"),
    ("inconsistent", "Inconsistent"),
    ("range", "Out of Range"),
    ("outlier", "Outlier"),
    ("stale", "Out of Date"),
    ("orphan", "Orphan"),
]
DIMENSIONS = [
    ("accuracy", "Accuracy"),
    ("completeness", "Completeness"),
    ("consistency", "Consistency"),
]
# What makes the issues found so far obsolete
DEFINITION = {
    "active",
    "company_id",
    "condition",
    "days",
    "domain",
    "field_name",
    "has_least",
    "has_most",
    "kind",
    "least",
    "most",
    "owner_id",
    "threshold",
}


class SalesDataRule(models.Model):
    """Says what is wrong with which records, and who corrects it (policy 6.1.2).

    All rules are checked every night. Issues open and close by themselves.
    """

    _name = "sales.data.rule"
    _description = "Data Rule"
    _inherit = ["sales.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "sequence, id"
    _check_company_auto = True
    # Issues name records of this model.
    _fixed_fields = ("model",)

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=100)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        default=lambda self: self._default_company_id(),
        help="Leave empty for all companies.",
    )
    description = fields.Text(
        string="How to Correct", translate=True, help="Owners read it in each issue."
    )
    model = fields.Selection(
        selection="_selection_model",
        string="What Is Checked",
        required=True,
        default="res.partner",
    )
    source = fields.Selection(
        selection="_selection_source",
        compute="_compute_source",
        store=True,
        precompute=True,
    )
    kind = fields.Selection(
        selection=KINDS,
        required=True,
        default="missing",
        tracking=True,
        help="Missing: a field is empty.\nDuplicate: others have the same.\n"
        "Inconsistent: a condition that no record should meet.\nOut of Range: a figure"
        " below the least or above the most.\nOutlier: a figure far from all others.\n"
        "Out of Date: a date too long ago.\nOrphan: the record named is archived.",
    )
    dimension = fields.Selection(
        selection=DIMENSIONS, required=True, default="completeness"
    )
    severity = fields.Selection(
        selection=SEVERITIES, required=True, default="warning", tracking=True
    )
    owner_id = fields.Many2one(
        comodel_name="res.users",
        string="Data Owner",
        index="btree_not_null",
        ondelete="set null",
        domain=lambda self: [
            ("share", "=", False),
            (
                "all_group_ids",
                "in",
                self.env.ref("sales_efficiency_base.group_sales_person").ids,
            ),
        ],
        tracking=True,
        help="Who corrects what is found. Leave empty for the salesperson of each"
        " record, or else the sales director.",
    )
    domain = fields.Char(
        string="Filter",
        default="[]",
        tracking=True,
        help="The records that are checked.",
    )
    condition = fields.Char(
        string="Is an Issue If",
        default="[]",
        tracking=True,
        help="No record should meet this condition.",
    )
    field_name = fields.Char(string="Field", tracking=True)
    field_label = fields.Char(compute="_compute_field_label")
    has_least = fields.Boolean(string="Least Allowed")
    least = fields.Float(digits=0, help="Less than this is an issue.")
    has_most = fields.Boolean(string="Most Allowed")
    most = fields.Float(digits=0, help="More than this is an issue.")
    threshold = fields.Float(
        string="Robust z Above",
        default=LIMIT,
        digits=(6, 2),
        help="0.6745 × (value − median) ÷ median distance from the median. Usually 3.5;"
        " a lower limit finds more.",
    )
    days = fields.Integer(
        string="Days Allowed", help="Days after which the date is an issue."
    )
    checked_on = fields.Date(string="Last Check", readonly=True, copy=False)
    error = fields.Char(string="Why It Could Not Be Checked", readonly=True, copy=False)
    issue_ids = fields.One2many(
        comodel_name="sales.data.issue", inverse_name="rule_id", string="Issues"
    )
    issue_count = fields.Integer(
        string="Open Issues", compute="_compute_issue_count", compute_sudo=False
    )

    _days_positive = models.Constraint(
        "CHECK (days >= 0)", "The days allowed cannot be negative."
    )
    _threshold_positive = models.Constraint(
        "CHECK (threshold > 0)", "The limit of the robust z must be more than 0."
    )
    _limits_in_order = models.Constraint(
        "CHECK (NOT has_least OR NOT has_most OR least <= most)",
        "The least allowed cannot be more than the most.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_company_id(self):
        """:return: none for those who may set rules for all companies"""
        is_free = self.env.su or self._is_of_all_companies()
        return self.env["res.company"] if is_free else self.env.company

    @api.model
    def _selection_model(self):
        subjects = self._get_subjects().values()
        return [(subject.model, subject.label) for subject in subjects]

    @api.model
    def _selection_source(self):
        subjects = self._get_subjects().values()
        return list({s.source: s.source_label for s in subjects}.items())

    @api.depends("model")
    def _compute_source(self):
        subjects = self._get_subjects()
        for rule in self:
            subject = subjects.get(rule.model)
            rule.source = subject.source if subject else False

    @api.depends("model", "field_name")
    @api.depends_context("lang")
    def _compute_field_label(self):
        for rule in self:
            field = rule._get_field()
            rule.field_label = field and field._description_string(self.env)

    @api.depends("issue_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_issue_count(self):
        counts = dict(
            self.env["sales.data.issue"]._read_group(
                [("rule_id", "in", self.ids), ("state", "=", "open")],
                ["rule_id"],
                ["__count"],
            )
        )
        for rule in self:
            rule.issue_count = counts.get(rule._origin, 0)

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("model", "kind", "field_name", "has_least", "has_most")
    def _check_field(self):
        for rule in self:
            if error := rule._explain_field():
                raise ValidationError(
                    self.env._("%(rule)s: %(error)s", rule=rule.name, error=error)
                )

    @api.constrains("model", "kind", "domain", "condition")
    def _check_domains(self):
        for rule in self:
            # As the user: a filter must not tell what its author may not read.
            records = self.env[rule.model].sudo(False)
            for name in ("domain", "condition"):
                try:
                    domain = rule._read_domain(name)
                    try_domain(records, domain)
                    if field := find_private_field(records, domain):
                        label = field._description_string(self.env)
                        raise ValueError(
                            self.env._("%s cannot be part of a rule.", label)
                        )
                except ValueError as error:
                    raise ValidationError(
                        self.env._(
                            "%(field)s of %(rule)s cannot be used: %(error)s",
                            field=self._fields[name]._description_string(self.env),
                            rule=rule.name,
                            error=error,
                        )
                    ) from error
            if rule.kind == "inconsistent" and rule._read_domain("condition").is_true():
                raise ValidationError(
                    self.env._(
                        "%(rule)s: say by which condition a record is inconsistent.",
                        rule=rule.name,
                    )
                )

    def _check_author(self):
        """Refuse rules on records of companies in which their author does not work: how
        many meet a condition would tell what is in them."""
        if self.env.su or all(rule.company_id for rule in self):
            return
        if not self._is_of_all_companies():
            raise ValidationError(
                self.env._(
                    "Choose a company: only those who work in all companies can set"
                    " rules for all of them."
                )
            )

    @api.constrains("owner_id")
    def _check_owner(self):
        for rule in self:
            # sudo: which role the owner has is known to whoever chooses them.
            owner = rule.owner_id.sudo()
            if owner and not owner.has_group(
                "sales_efficiency_base.group_sales_person"
            ):
                raise ValidationError(
                    self.env._(
                        "%(user)s needs a role in Sales Efficiency to own data.",
                        user=owner.name,
                    )
                )

    def _explain_field(self):
        """Return why the field cannot be checked, or nothing."""
        types = CHECKS[self.kind].types
        if not types:
            return None
        field = self._get_field()
        if not field:
            return self.env._("choose the field that is checked.")
        # As the user, as filters
        records = self.env[self.model].sudo(False)
        label = field._description_string(self.env)
        if not records._has_field_access(field, "read"):
            return self.env._("you may not read the field %s.", label)
        if not field.store or not field.column_type or field.company_dependent:
            return self.env._("%s is not kept with the record.", label)
        if field.type not in types:
            return self.env._("%s is of a type that this kind cannot check.", label)
        if self.kind == "orphan" and not self.env[field.comodel_name]._active_name:
            return self.env._("what %s names cannot be archived.", label)
        if self.kind == "range" and not (self.has_least or self.has_most):
            return self.env._("enter the least or the most that is allowed.")
        return None

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._check_author()
        self._trigger_check()
        return rules

    def write(self, vals):
        res = super().write(vals)
        if not DEFINITION.isdisjoint(vals):
            self._check_author()
            if "active" in vals and not vals["active"]:
                self._close_issues()
            self._check_soon()
        return res

    def copy_data(self, default=None):
        return [
            {**vals, "name": self.env._("%s (copy)", rule.name)}
            for rule, vals in zip(self, super().copy_data(default), strict=True)
        ]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_issues(self):
        """Show the open issues of the rule that the user may see."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_analytics.sales_data_issue_action",
            [("rule_id", "=", self.id)],
            name=self.name,
            context={"search_default_open": 1},
        )

    def action_check_soon(self):
        """Check the rules in the background."""
        self.check_access("write")
        self._check_soon()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The data is being checked. Reload the page in a minute."
                ),
            },
        }

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_subjects(self):
        """Hook for add-ons: return what rules can check.

        :return: dict model -> :class:`DataSubject`
        """
        return {subject.model: subject for subject in get_subjects(self.env)}

    @api.model
    def _is_of_all_companies(self):
        """:return: whether there is no company in which the user does not work"""
        # sudo: they are only counted.
        others = Domain("id", "not in", self.env.user.sudo().company_ids.ids)
        return not self.env["res.company"].sudo().search_count(others, limit=1)

    def _get_field(self):
        """Return the field that is checked, or None."""
        self.ensure_one()
        if not self.field_name or self.model not in self.env:
            return None
        return self.env[self.model]._fields.get(self.field_name)

    def _read_domain(self, name):
        self.ensure_one()
        return read_domain(self[name])
