# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from functools import partial

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools import read_domain, try_domain


class TierDefinition(models.Model):
    """Approval rules are visible to users who may read the documents concerned, and to
    those who manage access rights."""

    _name = "tier.definition"
    _inherit = ["tier.definition", "sales.approval.access"]

    activity_deadline_days = fields.Integer(
        string="Days to Approve",
        default=lambda self: self._default_activity_deadline_days(),
        help="Days a reviewer has to decide before the to-do is due.",
    )

    _activity_deadline_days_positive = models.Constraint(
        "CHECK (activity_deadline_days >= 0)",
        "The days to approve cannot be negative.",
    )

    def write(self, vals):
        res = super().write(vals)
        # No rule may move to a model or company whose rules the user may not write.
        self.check_access("write")
        return res

    def _check_access(self, operation):
        result = super()._check_access(operation)
        open_ = self - result[0] if result else self
        if self.env.user.has_group("base.group_erp_manager") or not open_:
            return result
        names = self._get_closed_model_names()
        is_for_all = operation == "read" or self._works_for_all()
        # sudo: reading the fields of a rule would check access again, without end.
        closed = open_.filtered(
            lambda rule: rule.sudo().model in names
            or not (is_for_all or rule.sudo().company_id)
        )
        if closed:
            error = partial(self.env["ir.rule"]._make_access_error, operation, closed)
            return (self - open_) | closed, error
        return result

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        if not (
            self.env.su
            or kwargs.get("bypass_access")
            or self.env.user.has_group("base.group_erp_manager")
        ):
            names = self._get_closed_model_names()
            domain = Domain(domain) & Domain("model", "not in", names)
        return super()._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _works_for_all(self):
        """:return: whether the user may decide for all companies"""
        # sudo: only counts companies that the user may not see.
        companies = self.env["res.company"].sudo().search_count([])
        return len(self.env.user.company_ids) >= companies

    @api.model
    def _get_closed_model_names(self):
        """:return: names of models with rules, but not readable for the user"""
        # sudo: only reads which models have rules.
        groups = self.sudo().with_context(active_test=False)._read_group([], ["model"])
        return [
            name
            for [name] in groups
            if name and not (name in self.env and self.env[name].has_access("read"))
        ]

    @api.constrains("definition_domain", "model_id")
    def _check_definition_domain(self):
        """Check that domains can be evaluated: every form of the model will do so."""
        is_all_open = self.env.user.has_group("base.group_erp_manager")
        for rule in self.filtered("definition_domain"):
            if rule.model not in self.env:
                continue
            # As the user: a rule must not reveal fields that its author may not read.
            # sudo: administrators of access rights could read all of them anyway.
            documents = self.env[rule.model].sudo(is_all_open)
            try:
                try_domain(documents, read_domain(rule.definition_domain))
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The condition of %(rule)s cannot be used: %(error)s\nChoose"
                        " the documents by the filter editor, without code.",
                        rule=rule.name,
                        error=error,
                    )
                ) from error

    @api.constrains("reviewer_field_id", "review_type", "model_id")
    def _check_reviewer_field(self):
        for rule in self.filtered(lambda rule: rule.review_type == "field"):
            # sudo: descriptions of fields are not confidential.
            field = rule.reviewer_field_id.sudo()
            if field and field not in rule.sudo().valid_reviewer_field_ids:
                raise ValidationError(
                    self.env._(
                        "%(field)s holds no reviewers for %(rule)s. Choose a field"
                        " with users or groups.",
                        field=field.field_description,
                        rule=rule.name,
                    )
                )

    @api.model
    def _get_default_name(self):
        return self.env._("New Approval Rule")

    @api.model
    def _default_activity_deadline_days(self):
        # sudo: a default for everybody who creates a rule
        parameters = self.env["ir.config_parameter"].sudo()
        return int(
            parameters.get_param("sales_efficiency_base.approval_deadline_days", 3)
        )

    @api.model
    def _get_sales_approval_model_names(self):
        """:return: names of the models that inherit ``sales.approval.mixin``"""
        registry = self.env.registry
        names = registry.descendants(["sales.approval.mixin"], "_inherit")
        return [name for name in names if not registry[name]._abstract]

    @api.model
    def _get_tier_validation_model_names(self):
        names = super()._get_tier_validation_model_names()
        return names + self._get_sales_approval_model_names()
