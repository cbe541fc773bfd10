# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_amount, formatLang

from ..tools import Period, Scope

# What makes up a metric of each kind: what it must have, and what it may have.
REQUIRED = {
    "sum": ("event_ids", "measure"),
    "distinct": ("event_ids", "counted"),
    "ratio": ("numerator_id", "denominator_id"),
    "growth": ("base_id",),
    "method": ("method_model", "method_name", "method_formula"),
}
OPTIONAL = {"sum": ("domain",), "distinct": ("domain",), "method": ("event_ids",)}
UNITS = {
    "amount": "currency",
    "margin": "currency",
    "quantity": "quantity",
    "days": "days",
    "facts": "count",
}


class SalesMetric(models.Model):
    """A named number: what is measured, in which unit, and how (policy 2.2.2, 6.2.2).

    An add-on gives its numbers to the others as metrics, and asks for those of the
    others by ``_evaluate``.
    """

    _name = "sales.metric"
    _inherit = "sales.metric.evaluation"
    _description = "Sales Metric"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Short name for formulas and programs: lower case letters, digits and _.",
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        help="Leave empty to share it between all companies.",
    )
    description = fields.Text(
        translate=True, help="What it says, and where its figures come from."
    )
    kind = fields.Selection(
        selection=[
            ("sum", "Sum of figures"),
            ("distinct", "Number of documents or customers"),
            ("ratio", "Ratio of two metrics"),
            ("growth", "Growth over the year before"),
            ("method", "Computed by the program"),
        ],
        string="Measured As",
        required=True,
        default="sum",
    )
    unit = fields.Selection(
        selection=[
            ("currency", "Money"),
            ("quantity", "Quantity"),
            ("percent", "Percent"),
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
        help="Whether a rise is good news. It is not for e.g. the sales cycle.",
    )
    event_ids = fields.Many2many(
        comodel_name="sales.metric.event",
        string="Events",
        compute="_compute_definition",
        store=True,
        readonly=False,
        help="The events whose figures are taken.",
    )
    measure = fields.Selection(
        selection=[
            ("amount", "Amount"),
            ("margin", "Margin"),
            ("quantity", "Quantity"),
            ("days", "Days"),
            ("facts", "Number of figures"),
        ],
        compute="_compute_definition",
        store=True,
        readonly=False,
        help="What is added up.",
    )
    counted = fields.Selection(
        selection=[("document", "Documents"), ("customer", "Customers")],
        compute="_compute_definition",
        store=True,
        readonly=False,
        help="What is counted, each once. A line of the sales history is a document.",
    )
    domain = fields.Char(
        string="Filter",
        compute="_compute_definition",
        store=True,
        readonly=False,
        help="Which of the figures are taken. Leave it empty to take all.",
    )
    numerator_id = fields.Many2one(
        comodel_name="sales.metric",
        compute="_compute_definition",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    denominator_id = fields.Many2one(
        comodel_name="sales.metric",
        compute="_compute_definition",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    base_id = fields.Many2one(
        comodel_name="sales.metric",
        string="Growth Of",
        compute="_compute_definition",
        store=True,
        readonly=False,
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
    value_last_year = fields.Char(string="Last Year", compute="_compute_values")
    value_scope = fields.Char(string="Figures Of", compute="_compute_values")

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is already used.")
    _code_format = models.Constraint(
        "CHECK (code ~ '^[a-z][a-z0-9_]*$')",
        "A code is made of lower case letters, digits and _, and starts with a letter.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("kind")
    def _compute_definition(self):
        """Forget what made up a metric of another kind."""
        names = {name for kind in REQUIRED for name in self._get_definition(kind)}
        for metric in self:
            for name in names.difference(self._get_definition(metric.kind)):
                if not name.startswith("method_"):
                    metric[name] = False

    @api.depends("kind", "measure", "numerator_id.unit", "denominator_id.unit")
    def _compute_unit(self):
        for metric in self:
            numerator, denominator = metric.numerator_id, metric.denominator_id
            if metric.kind == "sum":
                metric.unit = UNITS.get(metric.measure)
            elif metric.kind == "distinct":
                metric.unit = "count"
            elif metric.kind == "growth" or (
                metric.kind == "ratio" and numerator.unit == denominator.unit
            ):
                metric.unit = "percent"
            elif metric.kind == "ratio":
                metric.unit = numerator.unit
            else:
                metric.unit = metric.unit or "count"

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
            metric.formula = getattr(metric, f"_get_formula_of_{metric.kind}")()

    @api.depends_context("uid", "company", "lang", "tz")
    @api.depends("kind", "unit")
    def _compute_values(self):
        """Current values of what the user is responsible for, all in one batch."""
        scope, name = self._get_scope_of_user()
        today = fields.Date.context_today(self)
        year = Period.year(today, self.env.company)
        periods = {
            "value_month": Period.month(today),
            "value_year": year,
            "value_last_year": year.previous_year(),
        }
        values = self._origin._evaluate([scope], list(periods.values()))
        for metric in self:
            metric.value_scope = name
            for field, period in periods.items():
                value = values.get((metric._origin.id, scope, period))
                metric[field] = metric._format(value)

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
                for name in (*REQUIRED[metric.kind], "unit")
                if not metric[name]
            ]
            if missing:
                raise ValidationError(
                    self.env._(
                        "Please fill in what %(metric)s is measured by: %(fields)s.",
                        metric=metric.name,
                        fields=", ".join(missing),
                    )
                )

    @api.constrains("kind", "unit", "measure", "numerator_id", "denominator_id")
    def _check_unit(self):
        for metric in self:
            units = metric._get_possible_units()
            if metric.unit not in units:
                labels = dict(self._fields["unit"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "The unit of %(metric)s can only be: %(units)s. A ratio is in"
                        " percent if both its metrics have one unit, or in the unit of"
                        " its numerator.",
                        metric=metric.name,
                        units=", ".join(labels[unit] for unit in sorted(units)),
                    )
                )

    @api.constrains("domain")
    def _check_domain(self):
        facts = self.env["sales.fact"].sudo()
        for metric in self:
            try:
                domain = metric._get_domain()
                facts._search(domain)
            except (SyntaxError, TypeError, ValueError) as error:
                raise ValidationError(
                    self.env._(
                        "The filter of %(metric)s does not fit the figures: %(error)s",
                        metric=metric.name,
                        error=error,
                    )
                ) from error
            names = {name.field_expr.split(".")[0] for name in domain.iter_conditions()}
            if names & {"date", "event"}:
                raise ValidationError(
                    self.env._(
                        "The filter of %(metric)s cannot name dates or events: a metric"
                        " is asked for a period, and its events have their own field.",
                        metric=metric.name,
                    )
                )

    @api.constrains("kind", "numerator_id", "denominator_id", "base_id")
    def _check_parts(self):
        for metric in self:
            if metric in metric._get_all_parts():
                raise ValidationError(
                    self.env._(
                        "%(metric)s would be measured by itself.", metric=metric.name
                    )
                )
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

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        return [
            {
                "code": f"{metric.code}_copy",
                **vals,
                "name": self.env._("%s (copy)", metric.name),
            }
            for metric, vals in zip(self, vals_list, strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_supplied(self):
        """Add-ons refer to the metrics that come with the app."""
        supplied = (
            self.env["ir.model.data"]
            .sudo()
            .search(
                [
                    ("model", "=", self._name),
                    ("res_id", "in", self.ids),
                    (
                        "module",
                        "not in",
                        ("__export__", "__import__", "__cloc_exclude__"),
                    ),
                ]
            )
        )
        if supplied:
            raise UserError(
                self.env._(
                    "%(metrics)s came with the app: archive it instead.",
                    metrics=self._join_names(self.browse(supplied.mapped("res_id"))),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        users = (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("id", "not in", self.ids),
                    "|",
                    "|",
                    ("numerator_id", "in", self.ids),
                    ("denominator_id", "in", self.ids),
                    ("base_id", "in", self.ids),
                ]
            )
        )
        if users:
            raise UserError(
                self.env._(
                    "It is part of %(metrics)s: archive it instead.",
                    metrics=", ".join(users.mapped("name")),
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_facts(self):
        """Open the figures that the metric is measured by."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_base.sales_fact_action"
        )
        leaves = (self | self._get_all_parts()).filtered("event_ids")
        return {
            **action,
            "name": self.name,
            "domain": list(
                Domain.OR(
                    Domain("event", "in", leaf.event_ids.mapped("event"))
                    & leaf._get_domain()
                    for leaf in leaves
                )
            ),
            "context": {},
        }

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_definition(self, kind):
        """Return the names of the fields that make up a metric of a kind."""
        return (*REQUIRED.get(kind, ()), *OPTIONAL.get(kind, ()))

    def _get_possible_units(self):
        """Return the units that the metric can have by the way it is measured."""
        self.ensure_one()
        if self.kind == "sum":
            return {UNITS[self.measure]}
        if self.kind == "distinct":
            return {"count"}
        if self.kind == "growth":
            return {"percent"}
        if self.kind == "ratio":
            units = {self.numerator_id.unit}
            return units | {"percent"} if units == {self.denominator_id.unit} else units
        return set(dict(self._fields["unit"].selection))

    def _get_parts(self):
        """Return the metrics that these are directly measured by."""
        parts = self.browse()
        for metric in self:
            for name in ("numerator_id", "denominator_id", "base_id"):
                if name in REQUIRED[metric.kind]:
                    parts |= metric[name]
        return parts

    def _get_all_parts(self):
        """Return the metrics that these are directly or indirectly measured by."""
        parts = found = self._get_parts()
        while found:
            found = found._get_parts() - parts
            parts |= found
        return parts

    def _get_domain(self):
        """Return the filter of the figures."""
        self.ensure_one()
        return Domain(literal_eval(self.domain or "[]"))

    def _get_formula_of_sum(self):
        events = self._join_names(self.event_ids)
        if self.measure == "facts":
            formula = self.env._("Number of: %(events)s", events=events)
        else:
            formula = self.env._(
                "Sum of %(measure)s: %(events)s",
                measure=self._get_label("measure"),
                events=events,
            )
        return self._mention_filter(formula)

    def _get_formula_of_distinct(self):
        return self._mention_filter(
            self.env._(
                "Number of different %(counted)s: %(events)s",
                counted=self._get_label("counted"),
                events=self._join_names(self.event_ids),
            )
        )

    def _get_formula_of_ratio(self):
        names = {
            "numerator": self.numerator_id.name or "",
            "denominator": self.denominator_id.name or "",
        }
        if self.unit == "percent":
            return self.env._("%(numerator)s ÷ %(denominator)s × 100", **names)
        return self.env._("%(numerator)s ÷ %(denominator)s", **names)

    def _get_formula_of_growth(self):
        return self.env._(
            "(%(base)s − %(base)s a year before) ÷ %(base)s a year before × 100",
            base=self.base_id.name or "",
        )

    def _get_formula_of_method(self):
        return self.method_formula

    def _mention_filter(self, formula):
        if self.domain and self.domain != "[]":
            return self.env._("%(formula)s; only some, by a filter", formula=formula)
        return formula

    def _get_label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name])

    @api.model
    def _join_names(self, records):
        return ", ".join(records.mapped("display_name"))

    @api.model
    def _get_scope_of_user(self):
        """Return what the user is responsible for, as a scope and in words."""
        user, company = self.env.user, self.env.company
        if user.has_group("sales_efficiency_base.group_sales_director"):
            return Scope(company.id), company.name
        teams = user.sales_led_team_ids
        if teams and user.has_group("sales_efficiency_base.group_sales_leader"):
            return Scope(company.id, team_id=teams.ids), self._join_names(teams)
        return Scope(company.id, user_id=user.id), user.name

    def _format(self, value):
        """Return a value as users read it, with its unit."""
        self.ensure_one()
        if value is None:
            return "–"
        if self.unit == "currency":
            return format_amount(self.env, value, self.env.company.currency_id)
        if self.unit == "percent":
            return self.env._("%s %%", formatLang(self.env, value, digits=1))
        if self.unit == "days":
            return self.env._("%s days", formatLang(self.env, value, digits=1))
        digits = 0 if value == int(value) else 2
        return formatLang(self.env, value, digits=digits)
