# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import Dimensions, MetricFormula
from ..tools import Period, Scope, open_records, read_domain, try_domain

# Fields that define a metric of each kind: the required and the optional ones.
REQUIRED = {
    "sum": ("event_ids", "measure"),
    "distinct": ("event_ids", "counted"),
    "ratio": ("numerator_id", "denominator_id"),
    "growth": ("base_id",),
    "method": ("method_model", "method_name", "method_formula"),
}
OPTIONAL = {
    "sum": ("domain",),
    "distinct": ("domain",),
    "method": ("event_ids", "base_id", "domain"),
}


class SalesMetric(models.Model):
    """A named number with its unit and its formula (policy 2.2.2, 6.2.2).

    Add-ons publish their numbers as metrics and read those of other add-ons with
    ``_evaluate``. Any model may provide a method for a number that is neither a sum
    nor a count of figures; its signature is that of ``_measure_new_customers``.
    """

    _name = "sales.metric"
    _inherit = "sales.guard.mixin"
    _description = "Sales Metric"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        copy=False,
        help="Technical name: lower-case letters, digits and _.",
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        help="Leave empty to share it between all companies.",
    )
    description = fields.Text(translate=True, help="Meaning and source of the figures.")
    kind = fields.Selection(
        selection=[
            ("sum", "Sum of figures"),
            ("distinct", "Number of documents or customers"),
            ("ratio", "Ratio of two metrics"),
            ("growth", "Growth over the year before"),
            ("method", "Computed by a method"),
        ],
        string="Measured As",
        required=True,
        default="sum",
    )
    # For the format and rounding of each unit see ``_define_unit``
    unit = fields.Selection(
        selection=[
            ("currency", "Money"),
            ("quantity", "Quantity"),
            ("percent", "Percent"),
            ("points", "Percentage points"),
            ("count", "Number"),
            ("days", "Days"),
        ],
        compute="_compute_unit",
        store=True,
        readonly=False,
        recursive=True,
    )
    higher_is_better = fields.Boolean(
        default=True,
        help="Tick if a higher value is better. It is not for e.g. the sales cycle.",
    )
    event_ids = fields.Many2many(
        comodel_name="sales.metric.event",
        string="Events",
        help="Events counted by this metric. Past sales and past orders come from"
        " the sales history.",
    )
    measure = fields.Selection(selection="_selection_measure", help="Figure to sum up.")
    counted = fields.Selection(
        selection=[("document", "Documents"), ("customer", "Customers")],
        help="Records to count, each once. A line of the sales history is a document.",
    )
    domain = fields.Char(
        string="Filter",
        help="Restricts the figures. Leave empty for all.",
    )
    # Limits the metric to figures with a known margin, see
    # ``_restrict_to_known_margin``
    is_of_known_margin = fields.Boolean(store=False, export_string_translation=False)
    numerator_id = fields.Many2one(
        comodel_name="sales.metric",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    denominator_id = fields.Many2one(
        comodel_name="sales.metric",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    base_id = fields.Many2one(
        comodel_name="sales.metric",
        string="Growth Of",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    method_model = fields.Char(readonly=True)
    method_name = fields.Char(readonly=True)
    method_formula = fields.Char(readonly=True, translate=True)
    formula = fields.Char(compute="_compute_formula")
    value_month = fields.Char(string="This Month", compute="_compute_values")
    value_year = fields.Char(string="This Year", compute="_compute_values")
    value_last_year = fields.Char(
        string="Last Year, Same Days", compute="_compute_values"
    )
    value_scope = fields.Char(string="Scope of the Figures", compute="_compute_values")

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is already used.")
    _code_format = models.Constraint(
        "CHECK (code ~ '^[a-z][a-z0-9_]*$')",
        "A code has only lower-case letters, digits and _, and starts with a letter.",
    )
    # The prefix limits which methods can be called: there is no access check.
    _method_name_format = models.Constraint(
        "CHECK (starts_with(method_name, '_measure_'))",
        "The name of a method that computes a metric starts with _measure_.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _selection_measure(self):
        facts = self.env["sales.fact"]
        return [
            *(
                (name, facts._fields[name]._description_string(self.env))
                for name in facts._get_measures()
            ),
            ("facts", self.env._("Number of figures")),
        ]

    @api.depends(
        "kind", "measure", "numerator_id.unit", "denominator_id.unit", "base_id.unit"
    )
    def _compute_unit(self):
        for metric in self:
            if metric.kind == "method":
                metric.unit = metric.unit or "count"
            else:
                metric.unit = metric._get_units()[0]

    @api.depends_context("lang")
    @api.depends(
        "kind",
        "unit",
        "event_ids",
        "measure",
        "counted",
        "domain",
        "numerator_id.name",
        "denominator_id.name",
        "base_id.name",
        "method_formula",
    )
    def _compute_formula(self):
        for metric in self:
            metric.formula = False
            if not metric._get_missing():
                metric.formula = MetricFormula(metric).get_text()

    @api.depends_context("uid", "company", "lang")
    def _compute_values(self):
        """Compute the current values in the scope of the user, all in one batch."""
        scope, name = self._get_scope_of_user()
        today = self.env.company._get_sales_today()
        year = Period.year(today, self.env.company)
        periods = {
            "value_month": Period.month(today),
            "value_year": year,
            "value_last_year": year.until(today).previous_year(),
        }
        values = self._origin._evaluate([scope], list(periods.values()), known=True)
        for metric in self:
            metric.value_scope = name
            for field, period in periods.items():
                key = (metric._origin.id, scope, period)
                value = metric._format(values.get(key))
                metric[field] = metric._mention_known(value, values.known.get(key))

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains(
        "kind", "unit", *{name for names in REQUIRED.values() for name in names}
    )
    def _check_definition(self):
        for metric in self:
            missing = [
                self._fields[name]._description_string(self.env)
                for name in metric._get_missing()
            ]
            if missing:
                raise ValidationError(
                    self.env._(
                        "Complete the definition of %(metric)s: %(fields)s.",
                        metric=metric.name,
                        fields=", ".join(missing),
                    )
                )

    @api.constrains(
        "kind", "unit", "measure", "numerator_id", "denominator_id", "base_id"
    )
    def _check_unit(self):
        labels = dict(self._fields["unit"]._description_selection(self.env))
        for metric in self:
            units = metric._get_units()
            if metric.unit not in units:
                raise ValidationError(
                    self.env._(
                        "The unit of %(metric)s can only be: %(units)s. A ratio is in"
                        " percent or a plain quantity if both its metrics have one"
                        " unit, or in the unit of its numerator; the growth of a rate"
                        " is in percentage points.",
                        metric=metric.name,
                        units=", ".join(labels[unit] for unit in units),
                    )
                )

    @api.constrains("domain")
    def _check_domain(self):
        # As the user: a filter must not reveal fields that its author may not read.
        facts = self.env["sales.fact"].sudo(False)
        for metric in self:
            try:
                domain = metric._get_domain()
                try_domain(facts, domain)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The filter of %(metric)s is not valid for sales figures:"
                        " %(error)s",
                        metric=metric.name,
                        error=error,
                    )
                ) from error
            names = {name.field_expr.split(".")[0] for name in domain.iter_conditions()}
            if names & {"date", "event"}:
                raise ValidationError(
                    self.env._(
                        "The filter of %(metric)s cannot use dates or events."
                        " Periods are chosen when the metric is evaluated; events"
                        " have a field of their own.",
                        metric=metric.name,
                    )
                )

    @api.constrains("kind", "numerator_id", "denominator_id", "base_id")
    def _check_parts(self):
        for metric in self:
            if metric in metric._follow("_get_named"):
                raise ValidationError(
                    self.env._(
                        "%(metric)s would depend on itself. Choose other metrics.",
                        metric=metric.name,
                    )
                )
        # sudo: metrics of other companies may be based on these. None is shown.
        growths = self.sudo().with_context(active_test=False)
        for growth in growths.search([("kind", "=", "growth")]):
            if "growth" in growth._get_all_parts().mapped("kind"):
                raise ValidationError(
                    self.env._(
                        "%(metric)s would be the growth of a growth.",
                        metric=growth.name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._forget_others(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._forget_others(vals))

    @api.model
    def _get_protected_fields(self):
        """A duplicate keeps the method; its name and that of its model are checked."""
        return super()._get_protected_fields() - set(REQUIRED["method"])

    def copy_data(self, default=None):
        return [
            {**vals, "name": self.env._("%s (copy)", metric.name)}
            for metric, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_supplied(self):
        """Keep the metrics supplied by modules: add-ons refer to them."""
        for metric in self:
            names = metric._get_external_ids()[metric.id]
            if any(not name.startswith("__") for name in names):
                raise UserError(
                    self.env._(
                        "%(metric)s came with the app: archive it instead.",
                        metric=metric.name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_facts(self):
        """Open the figures behind the metric."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_base.sales_fact_action",
            self._get_facts_domain(),
            name=self.name,
        )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _forget_others(self, vals):
        """Empty the fields that define metrics of other kinds when the kind is set."""
        if "kind" not in vals:
            return vals
        names = {name for kind in REQUIRED for name in self._get_definition(kind)}
        others = names.difference(self._get_definition(vals["kind"]))
        return {**vals, **dict.fromkeys(others, False)}

    @api.model
    def _get_definition(self, kind):
        """Return the names of the fields that define a metric of a kind."""
        return (*REQUIRED.get(kind, ()), *OPTIONAL.get(kind, ()))

    def _get_missing(self):
        """Return the names of the required fields that are empty."""
        self.ensure_one()
        names = ("kind", *REQUIRED.get(self.kind, ()), "unit")
        return [name for name in names if not self[name]]

    def _get_units(self):
        """Return the possible units of the metric, the usual one first."""
        self.ensure_one()
        if self.kind == "sum":
            units = {"facts": "count"} | self.env["sales.fact"]._get_measures()
            return [units.get(self.measure, False)]
        if self.kind == "distinct":
            return ["count"]
        if self.kind == "growth":
            return ["points" if self.base_id._is_rate() else "percent"]
        if self.kind == "ratio":
            unit = self.numerator_id.unit
            same = unit == self.denominator_id.unit
            units = ["percent", unit, "quantity"] if same else [unit]
            return list(dict.fromkeys(units))
        return [
            unit
            for unit, _label in self._fields["unit"]._description_selection(self.env)
        ]

    def _get_domain(self):
        """Return the filter of the figures."""
        self.ensure_one()
        return Dimensions(self.env).include_below(read_domain(self.domain))

    def _get_facts_domain(self):
        """Return the domain of the figures behind the metric."""
        leaves = (self | self._get_all_parts()).filtered("event_ids")
        return Domain.OR(
            Domain("event", "in", leaf.event_ids.mapped("event")) & leaf._get_domain()
            for leaf in leaves
        )

    @api.model
    def _archive_unmeasured(self):
        """Archive the metrics whose measure no longer exists."""
        measures = [measure for measure, _label in self._selection_measure()]
        metrics = self.with_context(active_test=False).search(
            [("measure", "!=", False), ("measure", "not in", measures)]
        )
        if metrics:
            self.env.cr.execute(
                SQL(
                    "UPDATE sales_metric SET measure = NULL, active = FALSE"
                    " WHERE id = ANY(%s)",
                    metrics.ids,
                )
            )
            metrics.invalidate_recordset()

    @api.model
    def _get_scope_of_user(self):
        """Return the scope that the user is responsible for, and its name."""
        user, company = self.env.user, self.env.company
        if user.has_group("sales_efficiency_base.group_sales_director"):
            return Scope(company.id), company.name
        teams = user.sales_led_team_ids
        if teams and user.has_group("sales_efficiency_base.group_sales_leader"):
            names = ", ".join(teams.mapped("display_name"))
            return Scope(company.id, team_id=teams.ids), names
        return Scope(company.id, user_id=user.id), user.name
