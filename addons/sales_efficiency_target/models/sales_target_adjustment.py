# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..engine import AdjustmentChange


class SalesTargetAdjustment(models.Model):
    """A request to change a running target (policy 2.3).

    The target changes only on approval, and only in future months, never in those that
    have begun. The original target is kept.
    """

    _name = "sales.target.adjustment"
    _inherit = [
        "sales.guard.mixin",
        "sales.target.request.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Adjustment of a Sales Target"
    _order = "id desc"
    _rec_name = "target_id"
    _check_company_auto = True
    _request_fields = {
        "target_id",
        "ground",
        "reason",
        "date_from",
        "counterpart",
        "line_ids",
    }

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
    superior_id = fields.Many2one(
        comodel_name="res.users",
        compute="_compute_superior_id",
        store=True,
        help="Person responsible for the parent target, unless that is the requester.",
    )
    ground = fields.Selection(
        string="Reason Type",
        selection=[
            ("market", "Major market change"),
            ("strategy", "Change of company strategy"),
            ("product", "Serious product defect"),
            ("force_majeure", "Other force majeure"),
        ],
        required=True,
        tracking=True,
        help="Why the original target is out of reach.",
    )
    reason = fields.Text(
        required=True, help="What happened, and how it affects this target."
    )
    date_from = fields.Date(
        string="From",
        required=True,
        compute="_compute_date_from",
        store=True,
        readonly=False,
        precompute=True,
        help="First month to change. Months that have begun cannot change.",
    )
    counterpart = fields.Selection(
        selection=[
            ("above", "Change the parent targets too"),
            ("siblings", "Distribute to sibling targets"),
            ("gap", "Leave it as a gap in the parent target"),
        ],
        string="Handling of the Difference",
        required=True,
        default="above",
        tracking=True,
        help="Treatment of the difference between the old and the new figures.",
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

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("target_id", "user_id")
    def _compute_superior_id(self):
        for adjustment in self:
            # sudo: only the name of a person is read from the targets above.
            target = adjustment._get_target_in_charge()
            if not target:
                adjustment.superior_id = False
                continue
            above, plan = target.parent_id, target.plan_id
            while above and not adjustment._can_decide(above):
                above = above.parent_id
            adjustment.superior_id = above.responsible_id
            if plan and not above:
                adjustment.superior_id = plan._get_director(adjustment.user_id)

    @api.depends("target_id")
    def _compute_date_from(self):
        for adjustment in self:
            months = adjustment._get_open_months()
            end = adjustment.target_id.plan_id.date_to
            if months:
                adjustment.date_from = months[0]
            else:
                # The constraint reports that no month is left.
                adjustment.date_from = adjustment.date_from or (
                    end and end.replace(day=1)
                )

    @api.depends("target_id", "date_from")
    def _compute_line_ids(self):
        for adjustment in self:
            kept = {line.month: line.amount for line in adjustment.line_ids}
            target = adjustment._get_target_in_charge()
            months = target.month_ids.sorted("month").filtered(
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
                        "%(target)s has no future months left to adjust.",
                        target=adjustment.target_id.display_name,
                    )
                )
            if adjustment.date_from not in months:
                raise ValidationError(
                    self.env._(
                        "Start the adjustment on the first day of a month between"
                        " %(first)s and %(last)s. Months that have begun cannot"
                        " change.",
                        first=format_date(self.env, months[0]),
                        last=format_date(self.env, months[-1]),
                    )
                )

    @api.constrains("target_id")
    def _check_target_is_running(self):
        if any(adjustment.plan_id.state != "running" for adjustment in self):
            raise ValidationError(
                self.env._("Only targets of a running plan can be adjusted.")
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        adjustments = super().create(vals_list)
        adjustments._check_is_in_charge()
        return adjustments

    def write(self, vals):
        res = super().write(vals)
        if "target_id" in vals:
            self._check_is_in_charge()
        return res

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_request(self):
        """Send the request for approval (policy 2.3.2)."""
        self.check_access("write")
        for adjustment in self:
            adjustment._check_can_request()
        self._take_over()
        self._refresh_effects()
        return self._request()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _apply(self):
        AdjustmentChange(self).apply()

    def _after_change(self):
        """Hook: do what follows from the changed figures of the target."""

    def _get_open_months(self):
        """:return: the first days of the target's months that have not begun"""
        self.ensure_one()
        plan = self.target_id.plan_id
        if not plan:
            return []
        today = plan._get_today()
        return [month for month in plan._get_months() if month > today]

    def _can_decide(self, above):
        """:return: whether the person responsible for a target above can decide"""
        self.ensure_one()
        superior = above.responsible_id
        others = superior - self.user_id
        return bool(others) and above._can_be_told(others)

    def _get_target_in_charge(self):
        """Return the target as superuser if the user may request its adjustment, else
        an empty recordset.

        Forms compute months and effect before anything is checked. The effect also
        covers targets above that the user may not see, hence the superuser.
        """
        self.ensure_one()
        target = self.target_id.sudo(False)
        return target._filtered_in_charge().sudo()

    def _is_decided_by_user(self):
        """:return: whether the user is or was an approver of the request"""
        self.ensure_one()
        asked = self.superior_id | self.review_ids.reviewer_ids
        return self.env.user in asked - self.user_id

    def _check_is_in_charge(self):
        if not self.env.su:
            self.target_id._check_is_in_charge()

    def _check_can_request(self):
        self.ensure_one()
        self._check_is_draft()
        change = AdjustmentChange(self)
        if not any(change.get_differences().values()):
            raise UserError(
                self.env._("Enter new figures: no month has changed so far.")
            )
        change.check_still_holds()
        # This check would reveal whether the figures of others suffice. Figures that
        # the user cannot see are checked on approval.
        change.check_not_negative(
            {
                target: differences
                for target, differences in change.get_changes().items()
                if target.sudo(False).has_access("read")
            }
        )
        # sudo: the message names only the requester of the other request.
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
                    "%(person)s has already requested an adjustment of this target."
                    " Wait for the decision.",
                    person=other.user_id.name,
                )
            )
