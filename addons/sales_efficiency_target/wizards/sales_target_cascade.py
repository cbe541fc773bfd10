# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import Period, allocate

from ..engine import CascadeTree

# Number of customers proposed, the largest first: key accounts
CUSTOMERS = 80
# Money is rounded to it, where that is at most 1 % of the target.
MONEY_STEP = 1000


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
    second_dimension = fields.Selection(
        selection=lambda self: self._selection_dimension(),
        string="Then Into",
        help="Breaks the parts down as well.",
    )
    third_dimension = fields.Selection(
        selection=lambda self: self._selection_dimension(),
        string="And Then Into",
    )
    passes_down = fields.Boolean(
        string="Parts Follow",
        default=True,
        help="When a figure changes, the parts below it change by the same shares.",
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
        help="Parts are rounded to multiples of it; the remainder goes to the largest."
        " What you choose is remembered for targets in the same unit.",
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
            target = cascade.target_id
            step = cascade._get_remembered_step()
            is_fine = step and step <= target.amount / 100
            cascade.step = step if is_fine else target and target._get_step()

    @api.depends(
        "target_id",
        "dimension",
        "second_dimension",
        "third_dimension",
        "method",
        "considers_leave",
    )
    def _compute_line_ids(self):
        for cascade in self:
            lines, kept_weight = [], 0.0
            if cascade.target_id and cascade.dimension:
                cascade._check_target()
                tree = CascadeTree(cascade)
                lines, kept_weight = tree.get_lines(), tree.kept_weight
            cascade.kept_weight = kept_weight
            cascade.line_ids = [Command.clear(), *map(Command.create, lines)]

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
        self._reallocate(self._get_lines_below())

    @api.onchange("line_ids")
    def _onchange_line_ids(self):
        """Recompute the amounts beside an edited weight; pass an edited amount down."""
        for parts in self.line_ids.grouped("parent_key").values():
            if any(line.weight != line.allocated_weight for line in parts):
                self._reallocate(parts)
        for line in self.line_ids:
            if self.passes_down and line.amount != line.allocated_amount:
                self._pass_down(line)
            line.allocated_amount = line.amount

    def _get_lines_below(self, whole=None):
        """:return: the lines of the parts of a line, else of the target"""
        key = whole.key if whole else ""
        return self.line_ids.filtered(lambda line: (line.parent_key or "") == key)

    def _reallocate(self, parts):
        """Recompute the amounts of parts of the same whole, and what is below them."""
        weights = parts.mapped("weight")
        whole = self.line_ids.filtered(lambda line: line.key == parts[:1].parent_key)
        amounts = (
            self._allocate_below(whole.amount, weights, whole.kept_weight)
            if whole
            else self._allocate(weights)
        )
        for line, amount in zip(parts, amounts, strict=True):
            line.amount = line.allocated_amount = amount
            line.allocated_weight = line.weight
            self._reallocate(self._get_lines_below(line))

    def _pass_down(self, whole):
        """Change the parts of an edited line by the same shares."""
        parts, before = self._get_lines_below(whole), whole.allocated_amount
        present = parts.mapped("amount")
        if before:
            total = self.target_id._round(sum(present) * whole.amount / before)
            amounts = allocate(total, present, self._get_rounding())
        else:
            weights = parts.mapped("weight")
            amounts = self._allocate_below(whole.amount, weights, whole.kept_weight)
        whole.allocated_amount = whole.amount
        for line, amount in zip(parts, amounts, strict=True):
            line.amount = amount
            self._pass_down(line)

    @api.depends("line_ids.amount", "amount")
    def _compute_total(self):
        for cascade in self:
            target = cascade.target_id
            parts = cascade._get_lines_below()
            cascade.total = target._round(sum(parts.mapped("amount")))
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
        targets = {"": self.target_id}
        for _depth, lines in sorted(self.line_ids.grouped("depth").items()):
            targets |= self._apply_level(lines, targets)
        self._remember_step()
        return self.target_id.action_open_parts()

    def _apply_level(self, lines, above):
        """Create and update the parts of one level.

        :param dict above: key of a line -> its target, of the levels above
        :return: dict key -> target, of this level
        """
        kept = lines & self._get_kept_lines()
        weighted = kept.filtered(lambda line: line._is_weighted())
        weighted.child_id.considers_leave = self.considers_leave
        for line in kept:
            if line._is_changed():
                line.child_id.amount = line.amount
            line._post_comment()
        # Nothing is created below a part of 0, which is left out.
        new = (lines & self._get_new_lines()).filtered(
            lambda line: (line.parent_key or "") in above
        )
        # No tracking: new parts need no followers or messages.
        created = (
            self.env["sales.target"]
            .with_context(tracking_disable=True)
            .create(
                [line._prepare_target(above[line.parent_key or ""]) for line in new]
            )
        )
        return {line.key: line.child_id for line in kept} | dict(
            zip(new.mapped("key"), created, strict=True)
        )

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

    def _get_levels(self):
        """:return: the dimensions into which the target is broken down, in order"""
        names = (self.dimension, self.second_dimension, self.third_dimension)
        return list(filter(None, names))

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

    def _get_candidates_of_campaign_id(self):
        """Return the campaigns that people have planned."""
        target = self.target_id
        return target.campaign_id.search(
            [("is_auto_campaign", "=", False), ("id", "!=", target.campaign_id.id)]
        )

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
        return self._allocate_below(total, weights, self.kept_weight)

    def _allocate_below(self, total, weights, kept_weight):
        """:return: the parts of a total; what is kept for others is none of them"""
        weights = [max(weight, 0) for weight in weights]
        step = self._get_rounding()
        if kept_weight and self.keeps_rest:
            return allocate(total, [*weights, kept_weight], step)[:-1]
        return allocate(total, weights, step)

    # ------------------------------------------------------------------
    # Rounding
    # ------------------------------------------------------------------

    def _get_rounding(self):
        return max(self.step, self.target_id._get_step())

    def _get_remembered_step(self):
        """:return: what the user has chosen last for targets in the same unit"""
        unit = self.target_id.metric_unit
        return self.env["ir.default"]._get(
            self._name, "step", True, True, condition=f"unit={unit}"
        ) or (MONEY_STEP if unit == "currency" else 0.0)

    def _remember_step(self):
        condition = f"unit={self.target_id.metric_unit}"
        if self.step != self._get_remembered_step():
            self.env["ir.default"].set(
                self._name, "step", self.step, True, True, condition
            )
