# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

# What the approval rule takes over
REVIEWED = {
    "active",
    "company_id",
    "effect",
    "name",
    "reviewer_group_id",
    "reviewer_id",
    "sequence",
}


class SalesExpenseRule(models.Model):
    """What a sales expense claim must keep to, and what happens if it does not
    (policy 5.3.2).

    All rules of the narrowest place apply: those for the job before those for
    everybody, then those for the nearest kind. So several limits can apply at once,
    and managers can have limits of their own.
    """

    _name = "sales.expense.rule"
    _inherit = ["mail.thread", "sales.guard.mixin"]
    _description = "Rule for Expense Claims"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind_id = fields.Many2one(
        comodel_name="sales.expense.kind",
        string="Kind of Expense",
        index=True,
        ondelete="cascade",
        check_company=True,
        help="With the kinds below it. Empty: all kinds.",
        tracking=True,
    )
    job_id = fields.Many2one(
        comodel_name="hr.job",
        string="Job",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Who claims. A rule for a job replaces the rules for everybody that check"
        " the same. Empty: everybody.",
        tracking=True,
    )
    condition = fields.Selection(
        selection=[
            ("budget", "Over budget"),
            ("claim", "Amount of the claim"),
            ("head", "Amount per head"),
            ("day", "Amount per day"),
            ("month", "Amount per month"),
            ("receipt", "No receipt"),
            ("customer", "No customer"),
            ("attendees", "No attendees"),
            ("campaign", "No campaign"),
            ("age", "Too old"),
        ],
        string="Checks",
        required=True,
        default="budget",
        tracking=True,
    )
    amount = fields.Monetary(
        string="Above",
        help="In the currency of the company, with tax. A claim in another currency"
        " counts at the rate of its own date.",
        tracking=True,
    )
    days = fields.Integer(
        default=30,
        tracking=True,
        help="From the day of the expense to submission.",
    )
    effect = fields.Selection(
        selection=[
            ("inform", "Inform"),
            ("approval", "Reason and extra approval"),
            ("block", "Block"),
        ],
        required=True,
        default="inform",
        index=True,
        tracking=True,
    )
    reviewer_group_id = fields.Many2one(
        comodel_name="res.groups",
        string="Approved by Group",
        index="btree_not_null",
        ondelete="restrict",
        default=lambda self: self._default_reviewer_group_id(),
        tracking=True,
    )
    reviewer_id = fields.Many2one(
        comodel_name="res.users",
        string="Approved by",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Empty: anybody in the group.",
        tracking=True,
    )
    definition_id = fields.Many2one(
        comodel_name="tier.definition",
        string="Approval Rule",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )

    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "The amount of a rule cannot be negative."
    )
    _days_positive = models.Constraint(
        "CHECK (days >= 0)", "The days of a rule cannot be negative."
    )

    @api.model
    def _default_reviewer_group_id(self):
        return self.env.ref(
            "sales_efficiency_base.group_sales_director", raise_if_not_found=False
        )

    @api.constrains("effect", "reviewer_id", "reviewer_group_id")
    def _check_reviewers(self):
        for rule in self:
            if rule.effect != "approval":
                continue
            if not (rule.reviewer_id or rule.reviewer_group_id):
                raise ValidationError(
                    self.env._(
                        "%(rule)s asks for an extra approval. Choose who approves.",
                        rule=rule.name,
                    )
                )
            if rule.reviewer_id and not self._can_review(rule):
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot approve claims of %(company)s.",
                        user=rule.reviewer_id.name,
                        company=rule.company_id.name,
                    )
                )

    @api.model
    def _can_review(self, rule):
        # sudo: only whether the user works there
        reviewer = rule.reviewer_id.sudo()
        return reviewer._is_internal() and rule.company_id in reviewer.company_ids

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._define_approvals()
        return rules

    def write(self, vals):
        res = super().write(vals)
        if not REVIEWED.isdisjoint(vals):
            self._define_approvals()
        return res

    def unlink(self):
        # sudo: it belongs to the rule. What it has decided stays readable on claims.
        definitions = self.sudo().definition_id
        res = super().unlink()
        definitions.active = False
        return res

    def _define_approvals(self):
        """Keep the approval rule, by which claims find their reviewers, like the
        rule."""
        # sudo: whoever may write the rule decides who approves.
        for rule in self.sudo():
            if rule.effect == "approval":
                values = rule._prepare_definition()
                if rule.definition_id:
                    rule.definition_id.write(values)
                else:
                    rule.definition_id = rule.definition_id.create(values)
            elif rule.definition_id:
                rule.definition_id.active = False

    def _prepare_definition(self):
        self.ensure_one()
        return {
            "name": self.name,
            "active": self.active,
            "company_id": self.company_id.id,
            "model_id": self.env["ir.model"]._get_id("hr.expense"),
            "definition_domain": str([("sales_rule_ids", "in", self.ids)]),
            "review_type": "individual" if self.reviewer_id else "group",
            "reviewer_id": self.reviewer_id.id,
            "reviewer_group_id": not self.reviewer_id and self.reviewer_group_id.id,
            "approve_sequence": True,
            "has_comment": True,
            # The highest one comes first.
            "sequence": -self.sequence,
        }

    # ------------------------------------------------------------------
    # Which rules apply
    # ------------------------------------------------------------------

    @api.model
    def _find(self, companies):
        """:return: the rules of companies"""
        # sudo: the rules hold for everybody.
        return self.sudo().search([("company_id", "in", companies.ids)])

    def _choose(self, company, kind, job):
        """Return the rules for a claim: of each condition, those of the narrowest
        place.

        :param kind: kind of the claim
        :param job: job of the person who claims
        """
        above = [int(id_) for id_ in (kind.parent_path or "").split("/") if id_]
        chosen = self.browse()
        fitting = self.filtered(
            lambda rule: rule.company_id == company
            and (not rule.kind_id or rule.kind_id.id in above)
            and (not rule.job_id or rule.job_id == job)
        )
        for rules in fitting.grouped("condition").values():
            places = rules.grouped(
                lambda rule: (
                    bool(rule.job_id),
                    above.index(rule.kind_id.id) if rule.kind_id else -1,
                )
            )
            chosen += places[max(places)]
        return chosen.sorted()
