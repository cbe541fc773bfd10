# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesTarget(models.Model):
    """How a target is to be reached, and who has acknowledged it (policy 2.1.3)."""

    _inherit = "sales.target"  # pylint: disable=consider-merging-classes-inherited
    # People may only read their targets, yet they discuss them with their leaders.
    _mail_post_access = "read"

    strategy = fields.Text(
        tracking=True,
        help="Way to the target, e.g. customers to win and prices.",
    )
    action_ids = fields.One2many(
        comodel_name="sales.action", inverse_name="target_id", string="Actions"
    )
    to_go_amount = fields.Float(
        string="Still to Reach",
        digits=0,
        compute="_compute_to_go_amount",
        help="Target of the year less actual.",
    )
    planned_amount = fields.Float(
        string="Open Actions to Bring", digits=0, compute="_compute_planned_amount"
    )
    unplanned_amount = fields.Float(
        string="Without Action",
        digits=0,
        compute="_compute_unplanned_amount",
        help="Still to reach, and not covered by any open action.",
    )
    progress_ids = fields.Many2many(
        comodel_name="sales.target.result",
        string="Progress",
        compute="_compute_progress_ids",
    )
    acknowledged_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Acknowledged By",
        readonly=True,
        copy=False,
        tracking=True,
    )
    acknowledged_at = fields.Datetime(
        string="Acknowledged On", readonly=True, copy=False
    )
    acknowledged_amount = fields.Float(
        string="Acknowledged Figure", digits=0, readonly=True, copy=False
    )
    is_acknowledged = fields.Boolean(
        compute="_compute_is_acknowledged",
        search="_search_is_acknowledged",
        help="The person responsible has acknowledged the present figure.",
    )

    @api.depends("amount", "actual", "is_additive", "metric_id.higher_is_better")
    def _compute_to_go_amount(self):
        for target in self:
            adds_up = target.is_additive and target.metric_id.higher_is_better
            left = target._round(target.amount - target.actual) if adds_up else 0.0
            target.to_go_amount = max(left, 0.0)

    @api.depends("action_ids.expected_amount", "action_ids.state")
    def _compute_planned_amount(self):
        # sudo: users who may read the target may know the sum, whoever has the actions.
        actions = self.env["sales.action"].sudo()
        sums = dict(
            actions._read_group(
                [("target_id", "in", self.ids), ("state", "=", "open")],
                ["target_id"],
                ["expected_amount:sum"],
            )
        )
        for target in self:
            target.planned_amount = target._round(sums.get(target._origin, 0.0))

    @api.depends("to_go_amount", "planned_amount")
    def _compute_unplanned_amount(self):
        for target in self:
            left = target._round(target.to_go_amount - target.planned_amount)
            target.unplanned_amount = max(left, 0.0)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_progress_ids(self):
        """Show each quarter below its months."""
        results = self.env["sales.target.result"].search(
            [("target_id", "in", self.ids), ("period", "in", ("month", "quarter"))]
        )
        results = results.sorted(lambda r: (r.date_to, r.period == "quarter"))
        by_target = results.grouped("target_id")
        for target in self:
            target.progress_ids = by_target.get(target._origin, results.browse())

    @api.depends("acknowledged_at", "acknowledged_amount", "amount", "responsible_id")
    def _compute_is_acknowledged(self):
        for target in self:
            target.is_acknowledged = (
                target.acknowledged_at
                and target.acknowledged_by_id == target.responsible_id
                and not target._round(target.acknowledged_amount - target.amount)
            )

    @api.model
    def _search_is_acknowledged(self, operator, _value):
        if operator != "in":
            return NotImplemented
        acknowledged = self.search([("acknowledged_at", "!=", False)])
        return [("id", "in", acknowledged.filtered("is_acknowledged").ids)]

    def action_plan_action(self):
        """Add an action by which the target is to be reached."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Action"),
            "res_model": "sales.action",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_target_id": self.id,
                "default_user_id": self.responsible_id.id,
                "form_view_ref": "sales_efficiency_target.sales_action_view_form_plan",
            },
        }

    def action_acknowledge(self):
        """Acknowledge the target letter.

        :raise UserError: unless the user is responsible and the plan is running
        """
        for target in self:
            target.check_access("read")
            if target.responsible_id != self.env.user:
                raise UserError(
                    self.env._(
                        "Only %(person)s can acknowledge this target.",
                        person=target.responsible_id.name,
                    )
                )
            if target.state != "running":
                raise UserError(
                    self.env._("The letter can be acknowledged while the plan runs.")
                )
        for target in self:
            # sudo: people may only read their targets; this is their own signature.
            target.sudo().write(
                {
                    "acknowledged_by_id": self.env.uid,
                    "acknowledged_at": fields.Datetime.now(),
                    "acknowledged_amount": target.amount,
                }
            )

    @api.readonly
    def action_print_letter(self):
        return self.env.ref(
            "sales_efficiency_target.sales_target_letter_report"
        ).report_action(self)

    def _get_letter_language(self):
        """:return: code of the language of the person who gets the letter"""
        return self.responsible_id.lang or self.env.lang

    @api.model
    def _get_free_fields(self):
        return super()._get_free_fields() | {
            "acknowledged_amount",
            "acknowledged_at",
            "acknowledged_by_id",
            "action_ids",
            "strategy",
        }
