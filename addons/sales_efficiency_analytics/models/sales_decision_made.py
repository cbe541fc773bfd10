# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# Of an app that need not be installed
PROMOTION = "loyalty.program"


class SalesDecision(models.Model):
    """What was made of a decision: a promotion, a campaign, a request ..."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.decision"

    campaign_made_id = fields.Many2one(
        comodel_name="utm.campaign",
        string="Campaign of the Decision",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="What is spent with it is the cost of the decision: by its team or"
        " salesperson, if it has one.",
    )
    budget_move_id = fields.Many2one(
        comodel_name="sales.budget.move",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    adjustment_id = fields.Many2one(
        comodel_name="sales.target.adjustment",
        string="Target Adjustment",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    service_policy_id = fields.Many2one(
        comodel_name="sales.service.policy",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    # A number, as its app need not be installed
    promotion_number = fields.Integer(
        string="Promotion",
        readonly=True,
        copy=False,
        aggregator=None,
        export_string_translation=False,
    )
    made_name = fields.Char(string="Made", compute="_compute_made")
    can_make = fields.Boolean(compute="_compute_made", export_string_translation=False)

    @api.depends(lambda self: ("kind", "state", *self._get_made_fields().values()))
    @api.depends_context("uid", "lang")
    def _compute_made(self):
        for decision in self:
            made = decision._get_made()
            decision.made_name = made and made._filtered_access("read").display_name
            decision.can_make = (
                not made
                and decision.state in ("approved", "running")
                and hasattr(decision, f"_make_{decision.kind}")
                and (decision.kind != "promotion" or PROMOTION in self.env)
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_make(self):
        """Draft what the decision needs, and open it."""
        self.ensure_one()
        self.check_access("write")
        if not self.can_make:
            raise UserError(
                self.env._(
                    "This is done once the decision is approved, and only once. Reload"
                    " the page."
                )
            )
        made = getattr(self, f"_make_{self.kind}")()
        # sudo: a promotion is only linked here; the others could be by hand.
        self.sudo()[self._get_made_fields()[self.kind]] = made.id
        return self._open(made)

    @api.readonly
    def action_open_made(self):
        """Open what was made of the decision."""
        self.ensure_one()
        self.check_access("read")
        return self._open_checked(self._get_made())

    # ------------------------------------------------------------------
    # What is made, by kind
    # ------------------------------------------------------------------

    @api.model
    def _get_made_fields(self):
        """:return: dict kind -> field with what was made of it"""
        return {
            "promotion": "promotion_number",
            "campaign": "campaign_made_id",
            "budget": "budget_move_id",
            "target": "adjustment_id",
            "service": "service_policy_id",
        }

    def _get_made(self):
        """:return: what was made, or None"""
        self.ensure_one()
        name = self._get_made_fields().get(self.kind)
        made = self[name] if name else None
        if name == "promotion_number":
            known = made and PROMOTION in self.env
            made = self.env[PROMOTION].browse(made).exists() if known else None
        return made or None

    def _make_campaign(self):
        return self.env["utm.campaign"].create(
            {
                "title": self.name,
                "user_id": self.responsible_id.id,
                "company_id": self.company_id.id,
                "sales_date_from": self.date_start,
                "sales_date_to": self.date_end,
                "sales_planned_cost": self.cost,
            }
        )

    def _make_promotion(self):
        return self.env[PROMOTION].create(
            {
                "name": self.name,
                "program_type": "promotion",
                "company_id": self.company_id.id,
                "date_from": self.date_start,
                "date_to": self.date_end,
            }
        )

    def _make_budget(self):
        moves = self.env["sales.budget.move"].with_company(self.company_id)
        if not moves._default_plan_id():
            raise UserError(
                self.env._(
                    "No budget plan runs, so no money can move. Start one under"
                    " Expenses / Budgets."
                )
            )
        return moves.create({"reason": self._get_reason()})

    def _make_target(self):
        target = self._find_target()
        if not target:
            raise UserError(
                self.env._(
                    "No running plan has a target for %(metric)s of %(scope)s. Adjust"
                    " another one from its form, and choose the adjustment here.",
                    metric=self.metric_id.name,
                    scope=self._get_affected_text(),
                )
            )
        return self.env["sales.target.adjustment"].create(
            {
                "target_id": target.id,
                "ground": "strategy",
                "reason": self._get_reason(),
            }
        )

    def _find_target(self):
        """:return: the target that runs for the scope of the decision"""
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("metric_id", "=", self.metric_id.id)
        domain &= Domain("plan_id.state", "=", "running")
        domain &= Domain("plan_id.date_from", "<=", self.date_end)
        domain &= Domain("plan_id.date_to", ">=", self.date_start)
        place = self.affected_ids[:1] if self.dimension else self
        for name, id_ in self._get_scope_ids().items():
            domain &= Domain(name, "=", id_ or place[name].id)
        return self.env["sales.target"].search(domain, limit=1)

    def _get_reason(self):
        lines = (self.name, self.hypothesis, self.description)
        return "\n".join(line for line in lines if line)

    def _open_checked(self, record):
        """:return: action that opens a record which the user may read"""
        if not record:
            raise UserError(self.env._("There is nothing to open."))
        record.check_access("read")
        return self._open(record)

    @staticmethod
    def _open(made):
        return {
            "type": "ir.actions.act_window",
            "name": made.display_name,
            "res_model": made._name,
            "res_id": made.id,
            "views": [(False, "form")],
        }
