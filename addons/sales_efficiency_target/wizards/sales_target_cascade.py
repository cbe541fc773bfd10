# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import Period, allocate

from ..engine import CascadeShares

# Number of customers proposed, the largest first: key accounts
CUSTOMERS = 80


class SalesTargetCascade(models.TransientModel):
    """Breaks a target down, with an editable preview (policy 2.1.1, 2.1.3)."""

    _name = "sales.target.cascade"
    _inherit = "sales.guard.mixin"
    _description = "Break Down a Sales Target"

    target_id = fields.Many2one(
        comodel_name="sales.target", required=True, ondelete="cascade"
    )
    amount = fields.Float(
        string="Target to Break Down", compute="_compute_amount", digits=0
    )
    metric_unit = fields.Selection(related="target_id.metric_unit")
    currency_id = fields.Many2one(related="target_id.currency_id")
    dimension = fields.Selection(
        selection=lambda self: self._selection_dimension(),
        string="Into",
        required=True,
        compute="_compute_dimension",
        store=True,
        readonly=False,
        precompute=True,
        help="Only the 80 largest customers of last year are listed.",
    )
    method = fields.Selection(
        selection=[
            ("equal", "Equal parts"),
            ("last_year", "Share of last year"),
            ("weighted", "Ability × experience × market potential"),
            ("manual", "By hand"),
        ],
        string="Shares",
        required=True,
        default="last_year",
    )
    considers_leave = fields.Boolean(
        string="Consider Planned Leave",
        default=True,
        help="Planned leave lowers the monthly target by its share of the working"
        " time. Public holidays do not.",
    )
    padding = fields.Float(
        string="Over-assignment (%)",
        help="Percentage by which the parts together exceed the target, as a reserve.",
    )
    step = fields.Float(
        string="Round To",
        compute="_compute_step",
        store=True,
        readonly=False,
        precompute=True,
        digits=0,
        help="Parts are rounded to multiples of it; the remainder goes to the largest.",
    )
    line_ids = fields.One2many(
        comodel_name="sales.target.cascade.line",
        inverse_name="cascade_id",
        string="Parts",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    kept_weight = fields.Float(
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        digits=0,
        export_string_translation=False,
        help="Last year's sales within the target but outside all parts.",
    )
    keeps_rest = fields.Boolean(
        string="Keep the Rest",
        default=True,
        help="Parts get a target in proportion to their own sales of last year."
        " Sales outside all parts stay with the target unless you distribute"
        " them.",
    )
    other_amount = fields.Float(
        compute="_compute_other_amount",
        digits=0,
        help="Existing parts of other types that count the same sales.",
    )
    assigned_percent = fields.Float(
        string="Assigned (%)", compute="_compute_other_amount", digits=(16, 1)
    )
    has_present_parts = fields.Boolean(
        compute="_compute_has_present_parts",
        export_string_translation=False,
    )
    has_parts_left_out = fields.Boolean(
        compute="_compute_has_parts_left_out",
        export_string_translation=False,
    )
    has_commitments = fields.Boolean(
        compute="_compute_has_present_parts",
        export_string_translation=False,
    )
    total = fields.Float(compute="_compute_total", digits=0)
    difference = fields.Float(
        compute="_compute_total",
        digits=0,
        help="Sum of the parts less the target.",
    )

    _padding_range = models.Constraint(
        "CHECK (padding BETWEEN 0 AND 100)",
        "The over-assignment must be between 0 and 100 %.",
    )

    @api.model
    def _selection_dimension(self):
        targets = self.env["sales.target"]
        plurals = targets._get_plurals()
        return [
            (
                name,
                plurals.get(name)
                or targets._fields[name]._description_string(self.env),
            )
            for name in targets._get_dimensions()
        ]

    @api.depends("target_id.amount")
    def _compute_amount(self):
        # Access may have been lost since the form was opened.
        self.target_id.check_access("read")
        for cascade in self:
            cascade.amount = cascade.target_id.amount

    @api.depends("target_id")
    def _compute_dimension(self):
        """Propose the dimension of the existing parts, else the next narrower one."""
        for cascade in self:
            target = cascade.target_id
            present = [
                name
                for name in target._get_dimensions()
                if any(child[name] != target[name] for child in target.child_ids)
            ]
            narrower = "region_id"
            if target.team_id and not target.team_id.child_ids:
                narrower = "user_id"
            elif target.region_id or target.team_id:
                narrower = "team_id"
            cascade.dimension = present[0] if present else narrower

    @api.depends("target_id")
    def _compute_step(self):
        for cascade in self:
            cascade.step = cascade.target_id and cascade.target_id._get_step()

    @api.depends("target_id", "dimension", "method", "considers_leave")
    def _compute_line_ids(self):
        for cascade in self:
            parts = {}
            if cascade.target_id and cascade.dimension:
                cascade._check_target()
                parts = cascade._get_parts()
            shares = CascadeShares(cascade, parts)
            presences, weights = shares.presences, shares.get_weights()
            cascade.kept_weight = shares.get_kept_weight(weights)
            amounts = cascade._allocate(weights.values())
            cascade.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            cascade.dimension: record.id,
                            "child_id": parts[record].id,
                            "presence": 100 * presences.get(record, 1.0),
                            "weight": weight,
                            "allocated_weight": weight,
                            "amount": amount,
                        }
                    )
                    for (record, weight), amount in zip(
                        weights.items(), amounts, strict=True
                    )
                ),
            ]

    @api.depends("line_ids.child_id", "line_ids.is_committed")
    def _compute_has_present_parts(self):
        for cascade in self:
            lines = cascade._get_kept_lines()
            cascade.has_present_parts = bool(lines)
            cascade.has_commitments = any(lines.mapped("is_committed"))

    @api.depends("line_ids.child_id", "line_ids.amount")
    def _compute_has_parts_left_out(self):
        for cascade in self:
            made = cascade._get_kept_lines() | cascade._get_new_lines()
            cascade.has_parts_left_out = bool(cascade.line_ids - made)

    @api.depends("target_id", "dimension", "total")
    def _compute_other_amount(self):
        for cascade in self:
            target, name = cascade.target_id, cascade.dimension
            others = target.child_ids.filtered(
                lambda child, target=target, name=name: child.breakdown
                == target._get_dimensions().get(name)
                and child[name] == target[name]
            )
            cascade.other_amount = target._round(sum(others.mapped("amount")))
            assigned = cascade.total + cascade.other_amount
            cascade.assigned_percent = (
                100 * assigned / cascade.amount if cascade.amount else 0.0
            )

    @api.onchange("padding", "step", "keeps_rest")
    def _onchange_allocation(self):
        """Recompute the amounts from the weights, which may have been edited."""
        amounts = self._allocate(self.line_ids.mapped("weight"))
        for line, amount in zip(self.line_ids, amounts, strict=True):
            line.amount = amount
            line.allocated_weight = line.weight

    @api.onchange("line_ids")
    def _onchange_line_ids(self):
        """Recompute the amounts if a weight was edited, not if an amount was."""
        if any(line.weight != line.allocated_weight for line in self.line_ids):
            self._onchange_allocation()

    @api.depends("line_ids.amount", "amount")
    def _compute_total(self):
        for cascade in self:
            target = cascade.target_id
            cascade.total = target._round(sum(cascade.line_ids.mapped("amount")))
            cascade.difference = target._round(cascade.total - cascade.amount)

    @api.constrains("target_id")
    def _check_target(self):
        """Require write access: the preview shows existing parts and their sales."""
        # sudo(False): stored fields are computed as superuser.
        target = self.target_id.sudo(False)
        if target != target._origin:
            raise AccessError(self.env._("Save the target before you break it down."))
        target.check_access("write")

    def action_apply(self):
        """Create and update the parts as previewed."""
        self.ensure_one()
        self._check_can_apply()
        kept = self._get_kept_lines()
        if self._is_weighted():
            kept.child_id.considers_leave = self.considers_leave
        for line in kept:
            if line._is_changed():
                line.child_id.amount = line.amount
            line._post_comment()
        # No tracking: new parts need no followers or messages.
        self.env["sales.target"].with_context(tracking_disable=True).create(
            [line._prepare_target() for line in self._get_new_lines()]
        )
        return self.target_id.action_open_parts()

    def _get_kept_lines(self):
        return self.line_ids.filtered("child_id")

    def _get_new_lines(self):
        """:return: the lines that become targets, without those of 0"""
        return (self.line_ids - self._get_kept_lines()).filtered("amount")

    def _check_can_apply(self):
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "There are no parts to break the target down into. Add parts."
                )
            )
        if not (self._get_kept_lines() or self._get_new_lines()):
            raise UserError(
                self.env._("All parts are 0. Enter a target for each part.")
            )
        if not self.target_id.is_additive:
            raise UserError(
                self.env._(
                    "The parts of a rate do not add up. Set the target of each part."
                )
            )

    def _is_weighted(self):
        return self.method == "weighted" and self.dimension == "user_id"

    def _get_parts(self):
        """:return: dict record of the dimension -> its existing target, if any"""
        self.ensure_one()
        children = {
            child[self.dimension]: child
            for child in self.target_id.child_ids
            if child[self.dimension] != self.target_id[self.dimension]
        }
        none = self.env["sales.target"]
        return dict.fromkeys(self._get_candidates(), none) | children

    def _get_candidates(self):
        """Return the records of the dimension directly below the target."""
        find = getattr(self, f"_get_candidates_of_{self.dimension}", None)
        return find() if find else self._get_nodes_below()

    def _get_candidates_of_user_id(self):
        target = self.target_id
        if target.user_id:
            # A salesperson has no subordinate level.
            return target.user_id.browse()
        teams = self.env["crm.team"].search(self._get_team_domain(below=True))
        return teams.member_ids.filtered(target._can_be_told)

    def _get_candidates_of_team_id(self):
        return self.env["crm.team"].search(self._get_team_domain())

    def _get_candidates_of_partner_id(self):
        """Return the largest customers of the previous year in the target's scope."""
        target, period = self.target_id, self._get_year_before()
        customers = Domain("partner_id", "!=", target.partner_id.id)
        groups = self.env["sales.fact"]._read_group(
            target._get_figures_domain(period.start, period.end) & customers,
            ["partner_id"],
            order="amount:sum DESC, partner_id",
            limit=CUSTOMERS,
        )
        return self.env["res.partner"].union(*(customer for [customer] in groups))

    def _get_nodes_below(self):
        """Return the children in a tree; for other dimensions, all records."""
        target, name = self.target_id, self.dimension
        comodel = self.env[target._fields[name].comodel_name]
        companies = Domain.TRUE
        if "company_id" in comodel._fields:
            companies = Domain("company_id", "in", [False, target.company_id.id])
        if not target._is_tree(name):
            return comodel.browse() if target[name] else comodel.search(companies)
        below = comodel.search(companies & Domain("parent_id", "=", target[name].id))
        # A single record is no breakdown: go one level down.
        while len(below) == 1 and (
            further := comodel.search(companies & Domain("parent_id", "=", below.id))
        ):
            below = further
        return below

    def _get_team_domain(self, below=False):
        """Return the domain of teams below the target: the next level, or all."""
        target = self.target_id
        domain = Domain("company_id", "in", [False, target.company_id.id])
        if target.team_id:
            operator = "child_of" if below else "="
            field = "id" if below else "parent_id"
            return domain & Domain(field, operator, target.team_id.id)
        if target.region_id:
            return domain & Domain("sales_region_id", "child_of", target.region_id.id)
        return domain if below else domain & Domain("parent_id", "=", False)

    def _get_year_before(self):
        plan = self.target_id.plan_id
        return Period(plan.date_from, plan.date_to).previous_year()

    def _allocate(self, weights):
        """:return: the amounts allocated by the weights, in their order"""
        if not self.target_id:
            return []
        total = self.target_id._round(self.amount * (1 + self.padding / 100))
        step = max(self.step, self.target_id._get_step())
        weights = [max(weight, 0) for weight in weights]
        if self.kept_weight and self.keeps_rest:
            return allocate(total, [*weights, self.kept_weight], step)[:-1]
        return allocate(total, weights, step)
