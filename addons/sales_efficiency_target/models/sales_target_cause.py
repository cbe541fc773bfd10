# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, clean_context

from odoo.addons.sales_efficiency_base.tools import select_period_kinds

# Components of a deviation, each of which a cause can explain
CAUSE_KINDS = [
    ("member", "Part of the scope"),
    ("volume", "Volume"),
    ("mix", "Mix"),
    ("price", "Price"),
    ("new", "New products"),
    ("discontinued", "Discontinued products"),
    ("other", "Without a quantity to compare"),
    ("item", "Product"),
    ("reason", "Lost opportunities"),
]
# Set by the analysis, like the fields of ``_get_subjects``
FOUND = {
    "target_id",
    "period",
    "date_from",
    "date_to",
    "comparison",
    "kind",
    "dimension",
    "amount",
}
# Kinds that concern the whole scope and name no part of it
OF_THE_WHOLE = ("volume", "mix", "price", "new", "discontinued", "other")


class SalesTargetCause(models.Model):
    """The cause given for a part of a deviation (policy 2.2.2).

    It refers to a part of its target's scope, so that causes can be compared by team,
    product line and so on across targets.
    """

    _name = "sales.target.cause"
    _inherit = ["sales.target.scope", "sales.cause.mixin", "mail.thread"]
    _description = "Cause of the Gap of a Target"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    target_id = fields.Many2one(
        comodel_name="sales.target",
        string="Scope",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    plan_id = fields.Many2one(related="target_id.plan_id", store=True, precompute=True)
    company_id = fields.Many2one(related="target_id.company_id", store=True)
    metric_id = fields.Many2one(
        related="target_id.metric_id", store=True, precompute=True
    )
    is_additive = fields.Boolean(related="target_id.is_additive", store=True)
    responsible_id = fields.Many2one(related="target_id.responsible_id", store=True)
    level = fields.Integer(related="target_id.level", store=True)
    breakdown = fields.Selection(compute="_compute_breakdown", store=True)
    period = fields.Selection(selection=select_period_kinds, required=True)
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    comparison = fields.Selection(
        selection=[("target", "Target"), ("last_year", "Last year")],
        string="Compared With",
        required=True,
        default="target",
    )
    kind = fields.Selection(selection=CAUSE_KINDS, string="About", required=True)
    dimension = fields.Char(help="Field that identifies the part.")
    product_id = fields.Many2one(
        comodel_name="product.product",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    lost_reason_id = fields.Many2one(
        comodel_name="crm.lost.reason", index="btree_not_null", ondelete="restrict"
    )
    amount = fields.Float(
        string="Deviation",
        digits=0,
        help="Contribution to the deviation at the time of the analysis.",
    )
    is_gap = fields.Boolean(
        string="Gap",
        compute="_compute_is_gap",
        store=True,
        help="It made the figure worse; otherwise it made up for another cause.",
    )
    view = fields.Char(
        compute="_compute_view", store=True, export_string_translation=False
    )
    cause = fields.Selection(required=True, tracking=True)
    analysis = fields.Text(tracking=True)

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("target_id.breakdown")
    def _compute_breakdown(self):
        for cause in self:
            cause.breakdown = cause.target_id.breakdown

    @api.depends("kind", "amount", "metric_id.higher_is_better")
    def _compute_is_gap(self):
        for cause in self:
            direction = 1 if cause.metric_id.higher_is_better else -1
            is_bad = direction * cause.amount < 0
            cause.is_gap = is_bad or cause.kind == "reason"

    @api.depends(lambda self: ("kind", *self._get_dimensions()))
    def _compute_view(self):
        """Name the view of the deviation: by team, by salesperson and by product it is
        the same deviation, so causes of different views must not be added up."""
        for cause in self:
            kind = "whole" if cause.kind in OF_THE_WHOLE else cause.kind
            named = [name for name in self._get_dimensions() if cause[name]]
            cause.view = " ".join([kind, *self._leave_out_wider(named)])

    @api.depends("kind", "dimension", "product_id", "lost_reason_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for cause in self:
            cause.display_name = cause._get_subject().display_name or kinds.get(
                cause.kind, ""
            )

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("dimension")
    def _check_dimension(self):
        for cause in self.filtered("dimension"):
            if cause.dimension not in self._get_subjects():
                raise ValidationError(
                    self.env._(
                        "The cause of a gap is a part of the scope, a product or a"
                        " lost reason, not %(name)s. Start from the gap analysis.",
                        name=cause.dimension,
                    )
                )

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        causes = super().create(vals_list)
        if not self.env.su:
            causes._measure()
        return causes

    @api.model
    def _get_fixed_fields(self):
        return super()._get_fixed_fields() | FOUND.union(self._get_subjects())

    def _read_group_select(self, aggregate_spec, query):
        """Add up only additive rows, see ``sales.target.result``."""
        if aggregate_spec != "amount:sum":
            return super()._read_group_select(aggregate_spec, query)
        column = self._field_to_sql(self._table, "amount", query)
        return SQL(
            "CASE WHEN COUNT(*) = 1 OR %s AND COUNT(DISTINCT %s) = 1 THEN SUM(%s) END",
            self._add_up(query, "period", "comparison", "view"),
            self._sql_kind_of_root(query),
            column,
        )

    def _sql_kind_of_root(self, query):
        """Return SQL for the kind of scope of each cause's root target: the dimensions
        that it sets, and in trees their depth.

        Root targets may overlap, e.g. the company and a region. Two of the same kind
        never do: scopes are unique in a plan, and nodes of the same depth are disjoint.
        """
        kinds = []
        for name in self._get_dimensions():
            place = SQL.identifier("root", name)
            places = self.env[self._fields[name].comodel_name]
            kind = SQL("(%s > 0)::int", place)
            if self._is_tree(name):
                kind = SQL(
                    """
                    (SELECT COALESCE(cardinality(string_to_array(parent_path, '/')), 2)
                       FROM %s WHERE id = %s)
                    """,
                    SQL.identifier(places._table),
                    place,
                )
            kinds.append(kind)
        self.env["sales.target"].flush_model(list(self._get_dimensions()))
        return SQL(
            """
            (SELECT ARRAY[%s]
               FROM sales_target target
               JOIN sales_target root
                 ON root.id = split_part(target.parent_path, '/', 1)::int
              WHERE target.id = %s)
            """,
            SQL(", ").join(kinds),
            self._field_to_sql(self._table, "target_id", query),
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_gap_analysis(self):
        """Open the gap analysis again with current figures."""
        self.ensure_one()
        return self.target_id._get_gap_action(self.period, self.date_from)

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_subjects(self):
        """Return the fields that can identify the part: a dimension of the scope, a
        product, or the reason of lost sales."""
        return (*self._get_dimensions(), "product_id", "lost_reason_id")

    def _measure(self):
        """Take the amount of each cause from the analysis, ignoring any value given:
        users explain the figures, they do not enter them."""
        # Drop the default values of the context, which are meant for the cause.
        context = clean_context(self.env.context)
        gaps = self.env["sales.target.gap"].with_env(self.env(context=context))
        for cause in self:
            rows = gaps.new(cause._prepare_gap())._get_rows()
            found = rows.filtered(
                lambda row, cause=cause: row._get_key() == cause._get_key()
            )
            # sudo: users cannot write the amount, see above.
            cause.sudo().amount = found[0]._get_amount() if found else 0.0

    def _prepare_gap(self):
        """:return: values of the analysis that shows the part of this cause"""
        values = {
            "target_id": self.target_id.id,
            "period": self.period,
            "day": self.date_from,
            "comparison": self.comparison,
        }
        if self.dimension in self._get_dimensions():
            values["dimension"] = self.dimension
        return values

    def _get_subject(self):
        """:return: the record of the part; empty for the whole scope"""
        self.ensure_one()
        if self.dimension not in self._get_subjects() or self.kind in OF_THE_WHOLE:
            return self.browse()
        return self[self.dimension]

    def _get_key(self):
        """:return: the key of the cause within its period: (kind, field, id)"""
        subject = self._get_subject()
        return (self.kind, self.dimension or False, subject.id)
