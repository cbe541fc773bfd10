# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from ..tools import allocate, format_period


class SalesTargetAdjustment(models.Model):
    """A request to change a running target (policy 2.3).

    Only its approval changes the target: the months to come, never those that have
    begun. What the target was at first stays beside it.
    """

    _name = "sales.target.adjustment"
    _inherit = "sales.approval.mixin"
    _description = "Adjustment of a Sales Target"
    _order = "id desc"
    _rec_name = "target_id"
    _check_company_auto = True
    _state_from = ["requested"]
    _state_to = ["approved"]
    _cancel_state = "cancelled"

    target_id = fields.Many2one(
        comodel_name="sales.target",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('plan_id.state', '=', 'running')]",
    )
    plan_id = fields.Many2one(related="target_id.plan_id", store=True, index=True)
    company_id = fields.Many2one(related="target_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    metric_unit = fields.Selection(related="target_id.metric_unit")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Requested By",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    superior_id = fields.Many2one(
        comodel_name="res.users",
        compute="_compute_superior_id",
        store=True,
        help="Who answers for the next target above, unless it is the requester.",
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("requested", "Requested"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    ground = fields.Selection(
        selection=[
            ("market", "Major market change"),
            ("strategy", "Change of company strategy"),
            ("product", "Serious product defect"),
            ("force_majeure", "Other force majeure"),
        ],
        required=True,
        tracking=True,
        help="What makes the original target unreachable (policy 2.3.1).",
    )
    reason = fields.Text(
        required=True, help="What has happened, and why it concerns this target."
    )
    date_from = fields.Date(
        string="From",
        required=True,
        compute="_compute_date_from",
        store=True,
        readonly=False,
        precompute=True,
        help="The first month that changes. Months that have begun do not change.",
    )
    counterpart = fields.Selection(
        selection=[
            ("above", "The targets above change with it"),
            ("siblings", "The others beside it take it over"),
            ("gap", "It stays as a gap above"),
        ],
        string="The Difference",
        required=True,
        default="above",
        tracking=True,
        help="What becomes of the difference between the old and the new figures.",
    )
    line_ids = fields.One2many(
        comodel_name="sales.target.adjustment.line",
        inverse_name="adjustment_id",
        string="Months",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        copy=False,
    )
    effect_ids = fields.One2many(
        comodel_name="sales.target.adjustment.effect",
        inverse_name="adjustment_id",
        string="Effect",
        compute="_compute_effect_ids",
        store=True,
        copy=False,
    )
    difference = fields.Float(compute="_compute_difference", store=True, digits=0)
    change_percent = fields.Float(
        string="Change (%)",
        compute="_compute_difference",
        store=True,
        digits=(16, 2),
        help="The difference in percent of the year's target, without its sign.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("target_id", "user_id")
    def _compute_superior_id(self):
        for adjustment in self:
            # The requester may not see the targets above; only a name is taken there.
            above = adjustment.target_id.sudo().parent_id
            while above and above.responsible_id == adjustment.user_id:
                above = above.parent_id
            adjustment.superior_id = (
                above.responsible_id or adjustment.plan_id.sudo().user_id
            )

    @api.depends("target_id")
    def _compute_date_from(self):
        for adjustment in self:
            months = adjustment._get_open_months()
            adjustment.date_from = months[0] if months else adjustment.date_from

    @api.depends("target_id", "date_from")
    def _compute_line_ids(self):
        for adjustment in self:
            kept = {line.month: line.amount for line in adjustment.line_ids}
            months = adjustment.target_id.month_ids.sorted("month").filtered(
                lambda line, start=adjustment.date_from: start and line.month >= start
            )
            adjustment.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "month": line.month,
                            "present_amount": line.amount,
                            "amount": kept.get(line.month, line.amount),
                        }
                    )
                    for line in months
                ),
            ]

    @api.depends("line_ids.amount", "line_ids.present_amount", "target_id.amount")
    def _compute_difference(self):
        for adjustment in self:
            lines = adjustment.line_ids
            difference = sum(lines.mapped("amount"))
            difference -= sum(lines.mapped("present_amount"))
            if not adjustment.target_id.is_additive and lines:
                difference /= len(lines)
            amount = adjustment.target_id.amount
            adjustment.difference = adjustment.target_id._round(difference)
            adjustment.change_percent = (
                100 * abs(difference) / amount if amount else 100.0 * bool(difference)
            )

    @api.depends("line_ids.amount", "line_ids.present_amount", "counterpart")
    def _compute_effect_ids(self):
        """Show what the change does to the target and to those above (policy 2.3.2)."""
        for adjustment in self:
            adjustment.effect_ids = [
                Command.clear(),
                *map(Command.create, adjustment._prepare_effects()),
            ]

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("target_id", "date_from")
    def _check_months(self):
        for adjustment in self.filtered(lambda request: request.state == "draft"):
            months = adjustment._get_open_months()
            if not months:
                raise ValidationError(
                    self.env._(
                        "%(target)s has no months left that could be adjusted.",
                        target=adjustment.target_id.display_name,
                    )
                )
            if adjustment.date_from not in months:
                raise ValidationError(
                    self.env._(
                        "Adjust from the first day of a month between %(first)s and"
                        " %(last)s: months that have begun do not change.",
                        first=format_date(self.env, months[0]),
                        last=format_date(self.env, months[-1]),
                    )
                )

    @api.constrains("target_id")
    def _check_target_is_running(self):
        if any(adjustment.plan_id.state != "running" for adjustment in self):
            raise ValidationError(
                self.env._("Only targets of a running plan are adjusted.")
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if "state" in vals and not self.env.su:
            raise AccessError(
                self.env._("The status follows from requesting and deciding.")
            )
        if not {"target_id", "date_from", "counterpart", "line_ids"}.isdisjoint(vals):
            self._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_requested(self):
        if any(adjustment.state != "draft" for adjustment in self):
            raise UserError(
                self.env._("A request that was sent is kept. Cancel it instead.")
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_request(self):
        """Send the request for approval (policy 2.3.2)."""
        for adjustment in self:
            adjustment._check_can_request()
            # Whoever asks may not see the figures above: the effect shows them.
            adjustment.sudo()._compute_effect_ids()
        self._set_state("requested")
        return self.request_validation()

    def action_approve(self):
        """Approve where no approval rule applies."""
        if not self.env.user.has_group("sales_efficiency_base.group_sales_director"):
            raise UserError(self.env._("Only a sales director approves this."))
        for adjustment in self:
            adjustment._check_is_requested()
            adjustment._apply()

    def action_cancel(self):
        if any(request.state not in ("draft", "requested") for request in self):
            raise UserError(self.env._("What was decided stays as it is."))
        self._set_state("cancelled")

    def _validate_tier(self, tiers=False):
        res = super()._validate_tier(tiers)
        if self.state == "requested" and self.validation_status == "validated":
            self._apply()
        return res

    def _rejected_tier(self, tiers=False):
        res = super()._rejected_tier(tiers)
        if self.state == "requested" and self.validation_status == "rejected":
            # Closing the request is no change of what is being reviewed.
            self.with_context(skip_validation_check=True)._set_state("refused")
        return res

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_open_months(self):
        """:return: the months of the target that have not begun"""
        self.ensure_one()
        plan = self.target_id.plan_id
        if not plan:
            return []
        today = plan._get_today()
        return [month for month in plan._get_months() if month > today]

    def _get_differences(self):
        """:return: dict month -> new less present figure"""
        self.ensure_one()
        return {
            line.month: self.target_id._round(line.amount - line.present_amount)
            for line in self.line_ids
        }

    def _get_changes(self):
        """Return what the adjustment makes of all targets concerned.

        :return: dict of targets -> dict month -> difference
        """
        self.ensure_one()
        # Figures of the targets above and beside are changed by who approves, not by
        # the requester's own rights.
        target = self.target_id.sudo()
        differences = self._get_differences()
        changes = {target: differences}
        if not target.is_additive:
            return changes
        if self.counterpart == "above":
            above = target.parent_id
            while above:
                changes[above] = differences
                above = above.parent_id
        elif self.counterpart == "siblings":
            changes |= self._spread_on_siblings(target, differences)
        return changes

    def _spread_on_siblings(self, target, differences):
        siblings = target.parent_id.child_ids.filtered(
            lambda other: other != target and other.breakdown == target.breakdown
        )
        if not siblings:
            raise UserError(
                self.env._(
                    "Nobody stands beside %(target)s. Choose what else becomes of the"
                    " difference.",
                    target=target.display_name,
                )
            )
        changes = {sibling: {} for sibling in siblings}
        for month, difference in differences.items():
            lines = siblings.month_ids.filtered(lambda m, day=month: m.month == day)
            amounts = {line.target_id: line.amount for line in lines}
            parts = allocate(
                -difference,
                [amounts[sibling] for sibling in siblings],
                target._get_step(),
            )
            for sibling, part in zip(siblings, parts, strict=True):
                changes[sibling][month] = part
        return changes

    def _prepare_effects(self):
        """:return: values of the effects: the target, then those above"""
        self.ensure_one()
        target = self.target_id.sudo()  # see _get_changes
        if not target:
            return []
        totals = {
            changed: sum(differences.values())
            / (1 if changed.is_additive else len(differences) or 1)
            for changed, differences in self._get_changes().items()
        }
        actuals = self._get_actuals(target)
        effects = []
        level = target
        while level:
            after = level.amount + totals.get(level, 0.0)
            children = sum(totals.get(child, 0.0) for child in level.child_ids)
            effects.append(
                {
                    "name": level.display_name,
                    "amount_before": level.amount,
                    "amount_after": after,
                    "gap_after": level.gap + children - totals.get(level, 0.0)
                    if level.child_ids
                    else 0.0,
                    "attainment_before": level._get_attainment(
                        actuals.get(level), level.amount
                    ),
                    "attainment_after": level._get_attainment(
                        actuals.get(level), after
                    ),
                }
            )
            level = level.parent_id
        return effects

    def _get_actuals(self, target):
        """:return: dict target -> actual of the year, of the target and those above"""
        ancestors = self.env["sales.target"].sudo()
        while target:
            ancestors |= target
            target = target.parent_id
        results = self.env["sales.target.result"].sudo()
        found = results.search(
            [("target_id", "in", ancestors.ids), ("period", "=", "year")]
        )
        return {result.target_id: result.actual for result in found}

    def _set_state(self, state):
        # The status is nobody's to write: the actions check who may do what.
        self.sudo().state = state

    def _check_is_draft(self):
        if any(adjustment.state != "draft" for adjustment in self):
            raise UserError(
                self.env._("A request that was sent does not change. Make a new one.")
            )

    def _check_is_requested(self):
        if self.state != "requested":
            raise UserError(
                self.env._("This request was decided already. Reload the page.")
            )

    def _check_can_request(self):
        self.ensure_one()
        self._check_is_draft()
        if not any(self._get_differences().values()):
            raise UserError(
                self.env._("Enter the new figures: no month changes so far.")
            )
        # Somebody else's request of which the user need not know the content
        other = self.sudo().search(
            [
                ("target_id", "=", self.target_id.id),
                ("state", "=", "requested"),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "%(person)s has asked for an adjustment of this target already."
                    " Wait until it is decided.",
                    person=other.user_id.name,
                )
            )

    def _apply(self):
        """Change the months, once and for all or not at all (policy 2.3.2)."""
        self.ensure_one()
        changes = self._get_changes()
        targets = self.env["sales.target"].sudo().union(*changes)
        # Two approvals at once wait for each other, and the later one sees the earlier.
        targets.lock_for_update()
        self._check_still_holds()
        lines = {(line.target_id, line.month): line for line in targets.month_ids}
        for target, differences in changes.items():
            for month, difference in differences.items():
                line = lines[target, month]
                line._set_amount(target._round(line.amount + difference))
            target.message_post(body=self._get_message(), subtype_xmlid="mail.mt_note")
        self._set_state("approved")
        self.env["sales.target.result"].sudo()._refresh(targets)

    def _check_still_holds(self):
        """Refuse what was decided on figures that have changed in the meantime."""
        self.target_id.sudo().month_ids.invalidate_recordset(["amount"])
        amounts = {line.month: line.amount for line in self.target_id.sudo().month_ids}
        today = self.plan_id.sudo()._get_today()
        if self.line_ids and min(self.line_ids.mapped("month")) <= today:
            raise UserError(
                self.env._(
                    "The first of these months has begun. Refuse the request and ask"
                    " for one of the months to come."
                )
            )
        if any(
            self.target_id._round(amounts[line.month] - line.present_amount)
            for line in self.line_ids
        ):
            raise UserError(
                self.env._(
                    "The target has changed since this was requested. Refuse the"
                    " request and ask for a new one."
                )
            )

    def _get_message(self):
        grounds = dict(self._fields["ground"]._description_selection(self.env))
        return self.env._(
            "Adjusted from %(month)s on, on request of %(person)s: %(ground)s.",
            month=format_period(self.env, self.date_from),
            person=self.user_id.name,
            ground=grounds[self.ground],
        )
