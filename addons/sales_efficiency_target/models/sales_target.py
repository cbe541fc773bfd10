# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, float_round

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.addons.sales_efficiency_base.tools import DimensionIndex, open_records

from ..engine import Spread, TargetMerge

# Fields that define the target; also the dimensions, see ``write``
ASKED_FIELDS = {
    "amount",
    "base_amount",
    "challenge_amount",
    "month_ids",
    "spread",
    "distribution_id",
    "considers_leave",
    "plan_id",
    "metric_id",
    "parent_id",
}


def get_scope_key(registry):
    """Return the columns of the unique index: plan, metric and scope."""
    dimensions = (
        f"COALESCE({name}, 0)"
        for name, field in registry["sales.target"]._fields.items()
        if getattr(field, "dimension", None)
    )
    return f"(plan_id, metric_id, {', '.join(dimensions)})"


class SalesTarget(models.Model):
    """A target: scope × metric × year, with its months (policy 2.1.1, 2.1.3).

    The targets of a plan form a tree.
    """

    _name = "sales.target"
    _description = "Sales Target"
    _inherit = [
        "sales.target.tree",
        "sales.target.scope",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _parent_store = True
    _order = "plan_id, parent_path, id"
    _check_company_auto = True
    _target_field = "id"

    plan_id = fields.Many2one(default=lambda self: self._default_plan_id(), index=True)
    # Companies and metrics are too few for an index.
    company_id = fields.Many2one(
        related="plan_id.company_id", store=True, precompute=True, index=False
    )
    state = fields.Selection(related="plan_id.state")
    metric_id = fields.Many2one(
        default=lambda self: self._default_metric_id(), index=False
    )
    is_additive = fields.Boolean(
        compute="_compute_is_additive", store=True, precompute=True
    )
    level = fields.Integer(compute="_compute_level", store=True, precompute=True)
    breakdown = fields.Selection(
        compute="_compute_breakdown", store=True, precompute=True
    )
    month_ids = fields.One2many(
        comodel_name="sales.target.month", inverse_name="target_id", string="Figures"
    )
    amount = fields.Float(
        string="Target",
        digits=0,
        compute="_compute_amount",
        inverse="_inverse_amount",
        store=True,
        precompute=True,
        tracking=True,
        help="Target of the year, in the unit of the metric: the sum of its months;"
        " for a rate, the same in every month.",
    )
    original_amount = fields.Float(
        string="Original Target",
        digits=0,
        compute="_compute_original_amount",
        help="Target at the start of the plan, before adjustments.",
    )
    is_adjusted = fields.Boolean(
        string="Adjusted", compute="_compute_original_amount", search="_search_adjusted"
    )
    adjustment_ids = fields.One2many(
        comodel_name="sales.target.adjustment",
        inverse_name="target_id",
        string="Adjustments",
    )
    base_amount = fields.Float(
        string="Base Level",
        digits=0,
        compute="_compute_levels",
        store=True,
        precompute=True,
        readonly=False,
        help="Minimum level.",
    )
    challenge_amount = fields.Float(
        string="Challenge Level",
        digits=0,
        compute="_compute_levels",
        store=True,
        precompute=True,
        readonly=False,
        help="Stretch level.",
    )
    committed_amount = fields.Float(
        string="Committed",
        digits=0,
        readonly=True,
        copy=False,
        tracking=True,
    )
    committed_date = fields.Date(string="Committed On", readonly=True, copy=False)
    commitment_note = fields.Text(readonly=True, copy=False)
    commitment_gap = fields.Float(
        string="Committed less Target",
        digits=0,
        compute="_compute_commitment_gap",
    )

    _scope_uniq = DimensionIndex(
        get_scope_key,
        "This plan already has a target with the same scope and metric. Change that"
        " one.",
    )
    _amounts_positive = models.Constraint(
        "CHECK (amount >= 0 AND base_amount >= 0 AND challenge_amount >= 0)",
        "A target cannot be negative.",
    )

    # ------------------------------------------------------------------
    # Defaults and computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_plan_id(self):
        return self.env["sales.target.plan"].search(
            [
                ("state", "=", "draft"),
                ("purpose", "=", self._get_default_purpose()),
                ("company_id", "=", self.env.company.id),
            ],
            limit=1,
        )

    @api.model
    def _get_default_purpose(self):
        """:return: the purpose of the plan to which new targets belong"""
        return "sales"

    @api.model
    def _default_metric_id(self):
        return self.env.ref(
            "sales_efficiency_base.sales_metric_ordered_amount",
            raise_if_not_found=False,
        )

    @api.depends("metric_id.kind", "metric_id.unit", "metric_id.counted")
    def _compute_is_additive(self):
        for metric, targets in self.grouped("metric_id").items():
            targets.is_additive = bool(metric and metric._is_additive())

    @api.depends("month_ids.amount", "is_additive")
    def _compute_amount(self):
        for target in self:
            amounts = target.month_ids.mapped("amount")
            if not amounts:
                target.amount = target.amount or 0.0
            elif target.is_additive:
                target.amount = target._round(sum(amounts))
            else:
                target.amount = target._round(sum(amounts) / len(amounts))

    @api.depends("month_ids.amount", "month_ids.original_amount", "state")
    def _compute_original_amount(self):
        for target in self:
            amount = sum(target.month_ids.mapped("original_amount"))
            if not target.is_additive and target.month_ids:
                amount /= len(target.month_ids)
            started = target.state in ("running", "closed")
            target.original_amount = target._round(amount) if started else 0.0
            target.is_adjusted = started and any(
                target._round(line.amount - line.original_amount)
                for line in target.month_ids
            )

    @api.model
    def _search_adjusted(self, operator, value):
        if operator != "in":
            return NotImplemented
        adjusted = SQL(
            """(
                SELECT t.id FROM sales_target t
                  JOIN sales_target_plan p ON p.id = t.plan_id
                  JOIN sales_target_month m ON m.target_id = t.id
                 WHERE p.state IN ('running', 'closed')
                   AND m.amount <> m.original_amount
            )"""
        )
        return Domain("id", "in", adjusted)

    def _inverse_amount(self):
        # Copying writes the months last. Existing months always follow the year: the
        # context may come from a client.
        if self.env.context.get("sales_target_keep_months") and not self.month_ids:
            Spread(self).keep_year()
        else:
            self._spread_amount()

    @api.depends("amount", "plan_id.base_percent", "plan_id.challenge_percent")
    def _compute_levels(self):
        for target, step in self._get_steps().items():
            plan, amount = target.plan_id, target.amount
            target.base_amount = float_round(
                amount * plan.base_percent / 100, precision_rounding=step
            )
            target.challenge_amount = float_round(
                amount * plan.challenge_percent / 100, precision_rounding=step
            )

    @api.depends("committed_amount", "committed_date", "amount")
    def _compute_commitment_gap(self):
        committed = self.filtered("committed_date")
        (self - committed).commitment_gap = 0.0
        for target in committed:
            target.commitment_gap = target._round(
                target.committed_amount - target.amount
            )

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    def _check_company(self, fnames=None):
        """Check each related record once per company instead of once per target."""
        names = [
            name
            for name, field in self._fields.items()
            if field.relational and field.check_company
        ]
        first = self.browse().union(
            *(
                same[:1]
                for targets in self.grouped("company_id").values()
                for name in names
                for same in targets.grouped(name).values()
            )
        )
        return super(SalesTarget, first)._check_company(fnames)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Keep months given in the values; the year is then their sum."""
        years, vals_list = {}, [dict(vals) for vals in vals_list]
        default = self.default_get(["amount"]).get("amount", 0.0)
        for number, vals in enumerate(vals_list):
            if vals.get("month_ids"):
                years[number] = vals.pop("amount", None)
                vals["spread"] = vals.get("spread") or "manual"
            else:
                # Its inverse creates the months of all targets at once.
                vals.setdefault("amount", default)
        targets = super().create(vals_list)
        targets.plan_id._check_targets_can_change()
        targets._check_is_decided_here()
        targets._check_people()
        given = {targets[number]: year for number, year in years.items()}
        self.browse().concat(*given)._complete_months()
        for target, year in given.items():
            target._check_year(year)
        return targets

    def write(self, vals):
        if not self._get_free_fields().issuperset(vals):
            self.plan_id._check_targets_can_change()
        is_asked = not ASKED_FIELDS.union(self._get_dimensions()).isdisjoint(vals)
        if is_asked:
            self._check_is_decided_here()
        res = super().write(vals)
        if is_asked:
            self._check_is_decided_here()
        if not {"plan_id", *self._get_dimensions()}.isdisjoint(vals):
            # Nobody makes a target for people they do not lead.
            self.check_access("write")
            self._check_people()
        if not {"spread", "distribution_id"}.isdisjoint(vals) and "amount" not in vals:
            self.filtered(lambda target: target.spread != "manual")._spread_amount()
        return res

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Sales Targets"),
                "template": "/sales_efficiency_target/static/xls/sales_target.xlsx",
            }
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        self.plan_id._check_targets_can_change()
        self._check_is_decided_here()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_parts(self):
        """Show the target and all its parts as a list."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            self._get_list_action(self.plan_id.purpose),
            [("id", "child_of", self.id)],
            name=self.display_name,
            context={"default_plan_id": self.plan_id.id},
        )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_list_action(self, purpose):
        """Return the XML id of the action that lists targets of plans of a purpose."""
        return "sales_efficiency_target.sales_target_action"

    @api.model
    def _get_started_of(self, record, dimension="partner_id"):
        """:return: the targets of a customer, or of a record of another dimension, in
        running and closed plans"""
        return self.search(
            [
                (dimension, "=", record.id),
                ("plan_id.state", "in", ("running", "closed")),
            ]
        )

    @api.model
    def _merge_customers(self, partners, customer):
        """Transfer targets of merged partners to the remaining customer, see
        :class:`.TargetMerge`."""
        TargetMerge(self.env).merge(partners, customer)

    @api.model
    def _merge_dimension(self, dimension, sources, kept):
        """Transfer targets of merged records of a dimension to the remaining one, and
        measure them again."""
        TargetMerge(self.env, dimension).merge(sources, kept)
        self._get_started_of(kept, dimension)._measure_now()

    @api.model
    def _join_references(self, model, record, kept):
        """Redirect all references to a record to another one, as Odoo does on merging
        partners: adjustments, causes, messages, activities, attachments."""
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._update_foreign_keys_generic(model, record, kept)
        wizard._update_reference_fields_generic(model, record, kept)
        self.env.invalidate_all()

    def _keep_original(self):
        """Store the figures at the start of the plan, before any adjustment."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE sales_target_month SET original_amount = amount"
                " WHERE target_id = ANY(%s)",
                self.ids,
            )
        )
        self.env["sales.target.month"].invalidate_model(["original_amount"])
        self.invalidate_model(["original_amount", "is_adjusted"])

    @api.model
    def _delete_narrowed_by(self, modules):
        """Delete targets, and their parts, in dimensions of uninstalled add-ons."""
        fields_ = [self._fields[name] for name in self._get_dimensions()]
        gone = [f.name for f in fields_ if set(f._modules).issubset(modules)]
        if gone:
            narrowed = self.search(
                Domain.OR(Domain(name, "!=", False) for name in gone)
            )
            parts = self.search([("id", "child_of", narrowed.ids)])
            parts.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()

    def _get_step(self):
        self.ensure_one()
        return self.metric_id._get_step(self.company_id)

    def _get_steps(self):
        """:return: dict target -> rounding step of its figures"""
        steps = {}
        for (metric, company), targets in self.grouped(
            lambda target: (target.metric_id, target.company_id)
        ).items():
            step = metric._get_step(company) if metric else 0.01
            steps |= dict.fromkeys(targets, step)
        return steps

    def _round(self, amount):
        if not self.metric_id:
            return amount
        return float_round(amount, precision_rounding=self._get_step())

    @api.model
    def _get_free_fields(self):
        """:return: names of the fields that are editable in any state of the plan"""
        return {"gap_reason", "message_main_attachment_id", "activity_ids"}
