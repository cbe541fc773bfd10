# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine import SolutionValue

# What may change although the customer has the version
ORGANISATION = {"lead_id", "user_id"}


class SalesSolution(models.Model):
    """What we propose to a customer: answers to needs, their value and the way there
    (policy 3.2.3).

    Once presented, a version stays as the customer has it; changes make a new one.
    """

    _name = "sales.solution"
    _inherit = [
        "sales.customer.mixin",
        "sales.deal.mixin",
        "sales.state.mixin",
        "sales.house.thread.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Solution"
    _order = "number desc, version desc, id desc"
    _rec_names_search = ["number", "name"]
    _check_company_auto = True
    _fixed_fields = ("company_id",)

    name = fields.Char(string="Title", required=True, tracking=True)
    number = fields.Char(readonly=True, copy=False, index=True)
    version = fields.Integer(readonly=True, copy=False, default=1, aggregator=None)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("presented", "Presented"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
            ("replaced", "Replaced"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        index=True,
        copy=False,
        group_expand=True,
        tracking=True,
    )
    # A customer with solutions is archived, not deleted.
    partner_id = fields.Many2one(ondelete="restrict", tracking=True)
    contact_id = fields.Many2one(
        comodel_name="res.partner",
        string="For Whom",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('commercial_partner_id', '=', partner_id), ('id', '!=', partner_id)]",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    date_presented = fields.Date(string="Presented On", readonly=True, copy=False)
    situation = fields.Text(help="Where the customer stands today, in their words.")
    summary = fields.Text(string="Our Proposal")
    answer_ids = fields.One2many(
        comodel_name="sales.solution.answer",
        inverse_name="solution_id",
        string="Answers",
        copy=True,
    )
    line_ids = fields.One2many(
        comodel_name="sales.solution.line",
        inverse_name="solution_id",
        string="Products",
        copy=True,
    )
    phase_ids = fields.One2many(
        comodel_name="sales.solution.phase",
        inverse_name="solution_id",
        string="Plan",
        copy=True,
    )
    # Orders that were made of it; nothing of it stands on the order itself
    order_ids = fields.Many2many(
        comodel_name="sale.order",
        relation="sales_solution_order_rel",
        column1="solution_id",
        column2="order_id",
        string="Quotations",
        readonly=True,
        copy=False,
    )
    order_count = fields.Integer(
        string="Number of Quotations", compute="_compute_order_count"
    )
    version_count = fields.Integer(string="Versions", compute="_compute_version_count")

    currency_id = fields.Many2one(
        comodel_name="res.currency",
        compute="_compute_currency_id",
        store=True,
        precompute=True,
        help="That of the customer's pricelist.",
    )
    amount = fields.Monetary(
        string="Our Price",
        compute="_compute_amount",
        store=True,
        aggregator="sum_currency",
        help="Products at the prices of the customer's pricelist, without taxes.",
    )
    other_cost = fields.Monetary(
        string="Further Costs, Once",
        aggregator="sum_currency",
        help="What the customer spends once besides our price.",
    )
    years = fields.Integer(
        string="Years Considered", required=True, default=3, aggregator=None
    )
    investment = fields.Monetary(
        compute="_compute_value", store=True, aggregator="sum_currency"
    )
    benefit = fields.Monetary(
        string="Benefit per Year",
        compute="_compute_value",
        store=True,
        aggregator="sum_currency",
    )
    running_cost = fields.Monetary(
        string="Cost per Year",
        compute="_compute_value",
        store=True,
        aggregator="sum_currency",
    )
    net_benefit = fields.Monetary(
        string="Net Benefit per Year",
        compute="_compute_value",
        store=True,
        aggregator="sum_currency",
    )
    pays_back = fields.Boolean(compute="_compute_value", store=True)
    payback = fields.Float(
        string="Payback (Years)",
        compute="_compute_value",
        store=True,
        digits=(16, 2),
        aggregator=None,
    )
    has_roi = fields.Boolean(
        string="Has a Return",
        compute="_compute_value",
        store=True,
        export_string_translation=False,
    )
    roi = fields.Float(
        string="Return (%)",
        compute="_compute_value",
        store=True,
        digits=(16, 2),
        aggregator=None,
        help="(Net benefit over the years − investment) ÷ investment.",
    )

    _version_uniq = models.UniqueIndex(
        "(company_id, number, version)",
        "Somebody has just made this version. Reload the page.",
    )
    _years_range = models.Constraint(
        "CHECK (years BETWEEN 1 AND 30)", "Consider 1 to 30 years."
    )
    _other_cost_positive = models.Constraint(
        "CHECK (other_cost >= 0)", "Costs cannot be negative."
    )
    _name_given = models.Constraint(
        "CHECK (BTRIM(name) <> '')", "Give the solution a title."
    )

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    @api.depends("number", "version", "name")
    def _compute_display_name(self):
        for solution in self:
            parts = (solution.number and solution._get_label(), solution.name)
            solution.display_name = ": ".join(filter(None, parts))

    def _get_label(self):
        """:return: number and version, e.g. SOL00012 v2"""
        self.ensure_one()
        return f"{self.number} v{self.version}"

    @api.depends("partner_id", "company_id")
    def _compute_currency_id(self):
        for solution in self:
            # A version keeps its currency whatever becomes of the pricelist.
            if solution.state == "draft" or not solution.currency_id:
                solution.currency_id = solution._find_currency()
            else:
                solution.currency_id = solution.currency_id

    def _find_currency(self):
        """:return: that of the customer's pricelist as it is now"""
        self.ensure_one()
        company = self.company_id or self.env.company
        return self._get_pricelist().currency_id or company.currency_id

    def _get_pricelist(self):
        self.ensure_one()
        company = self.company_id or self.env.company
        # sudo: the customer and the price are shown, the pricelist is not.
        customer = self.partner_id.sudo().with_company(company)
        return customer.property_product_pricelist

    @api.depends("line_ids.subtotal")
    def _compute_amount(self):
        for solution in self:
            solution.amount = sum(solution.line_ids.mapped("subtotal"))

    @api.depends(
        "amount", "other_cost", "years", "answer_ids.benefit", "answer_ids.running_cost"
    )
    def _compute_value(self):
        for solution in self:
            solution.investment = solution.amount + solution.other_cost
            solution.benefit = sum(solution.answer_ids.mapped("benefit"))
            solution.running_cost = sum(solution.answer_ids.mapped("running_cost"))
            value = SolutionValue(
                solution.investment,
                solution.benefit,
                solution.running_cost,
                solution.years,
            )
            solution.net_benefit = value.net
            solution.pays_back = value.payback is not None
            solution.payback = value.payback or 0
            solution.has_roi = value.roi is not None
            solution.roi = value.roi or 0

    @api.depends("order_ids")
    @api.depends_context("uid")
    def _compute_order_count(self):
        readable = self.order_ids._filtered_access("read")
        for solution in self:
            solution.order_count = len(solution.order_ids & readable)

    @api.depends("number", "company_id")
    def _compute_version_count(self):
        counts = {
            (company.id, number): count
            for company, number, count in self._read_group(
                [("number", "in", self.mapped("number"))],
                ["company_id", "number"],
                ["__count"],
            )
        }
        for solution in self:
            key = (solution.company_id.id, solution.number)
            solution.version_count = counts.get(key, 1)

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("partner_id", "contact_id")
    def _check_contact(self):
        for solution in self:
            # sudo: only whose they are, which the message does not tell
            parts = solution.contact_id.sudo() | solution.phase_ids.contact_id.sudo()
            if parts.commercial_partner_id - solution.partner_id:
                raise ValidationError(
                    self.env._(
                        "The people of the solution must be those of %s.",
                        solution.partner_id.display_name,
                    )
                )

    @api.constrains("partner_id", "company_id")
    def _check_needs(self):
        self.answer_ids._check_need()

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        solutions = super().create(vals_list)
        # sudo: users cannot write the number, nor read what counts it.
        sequence = self.env["ir.sequence"].sudo()
        for solution in solutions.filtered(lambda one: not one.number).sudo():
            numbers = sequence.with_company(solution.company_id)
            solution.number = numbers.next_by_code(self._name)
        return solutions

    def write(self, vals):
        if self._get_content(vals) - ORGANISATION - {"state"}:
            self._check_content_open()
        res = super().write(vals)
        if "user_id" in vals and not self.env.su:
            # Check again: nobody hands a solution over to somebody they do not lead.
            self.check_access("write")
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_presented(self):
        if any(solution.state != "draft" for solution in self):
            raise UserError(
                self.env._("A solution that the customer has cannot be deleted.")
            )

    def _check_content_open(self):
        """Refuse changes of what the customer has, also of its lines.

        :raise UserError: saying what to do
        """
        if self.env.su:
            return
        if kept := self.filtered(lambda solution: solution.state != "draft"):
            raise UserError(
                self.env._(
                    "%s stays as the customer has it. Make a new version to change it.",
                    kept[0].display_name,
                )
            )

    def _get_merge_key(self, into):
        """No two solutions are the same, though their customers are merged."""
        self.ensure_one()
        return self.id
