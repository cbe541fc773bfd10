# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine.grading import GradeMerge


class SalesCustomerGrade(models.Model):
    """The grades of customers over time (policy 5.1.2).

    Written by ``GradeHistory`` alone. On any day a customer has at most one grade in a
    company; periods of merged duplicates are kept, archived.
    """

    _name = "sales.customer.grade"
    _inherit = "sales.guard.mixin"
    _description = "Grade of a Customer"
    _order = "date_from desc, id desc"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="Until", readonly=True, help="Empty: until today.")
    grade_id = fields.Many2one(
        comodel_name="sales.grade",
        required=True,
        readonly=True,
        ondelete="restrict",
        group_expand="_group_expand_grade_id",
        help="The grade in force: the computed one, or that of an override.",
    )
    computed_grade_id = fields.Many2one(
        comodel_name="sales.grade",
        string="Computed Grade",
        readonly=True,
        ondelete="restrict",
    )
    color = fields.Integer(related="grade_id.color")
    override_id = fields.Many2one(
        comodel_name="sales.grade.override",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    # Without index: it changes with every run, and would make each of them slower.
    run_id = fields.Many2one(
        comodel_name="sales.grading.run", readonly=True, ondelete="restrict"
    )
    score = fields.Float(
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        help="That of the last run in the period.",
    )
    active = fields.Boolean(
        default=True,
        readonly=True,
        help="Periods of a merged duplicate are archived: they count no more.",
    )
    last_order = fields.Date(compute="_compute_orders")
    amount = fields.Monetary(
        string="Ordered in 12 Months",
        compute="_compute_orders",
        help="As far as you may see these orders.",
    )

    # Ranges instead of numbers, so that no extension of PostgreSQL is needed
    _days_excl = models.Constraint(
        "EXCLUDE USING gist (int4range(partner_id, partner_id, '[]'::text) WITH &&,"
        " int4range(company_id, company_id, '[]'::text) WITH &&,"
        " daterange(date_from, date_to, '[]'::text) WITH &&) WHERE (active)",
        "A customer has only one grade on a day.",
    )
    _days_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A grade cannot end before it begins."
    )

    @api.model
    def _group_expand_grade_id(self, grades, _domain):
        """Show all grades of the companies as columns."""
        companies = self.env.companies
        return grades | grades.search([("company_id", "in", companies.ids)])

    @api.depends("partner_id", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_orders(self):
        """Read the figures that the user may see: amounts of others stay hidden."""
        facts = self.env["sales.fact"]
        orders = Domain(
            "event", "in", self.env["sales.grading"]._get_order_events()
        ) & Domain("partner_id", "in", self.partner_id.ids)
        for company, periods in self.grouped("company_id").items():
            today = company._get_sales_today()
            ours = orders & Domain("company_id", "=", company.id)
            ours &= Domain("date", "<=", today)
            last = dict(facts._read_group(ours, ["partner_id"], ["date:max"]))
            recent = ours & Domain("date", ">", today - relativedelta(months=12))
            amounts = dict(facts._read_group(recent, ["partner_id"], ["amount:sum"]))
            for period in periods:
                period.last_order = last.get(period.partner_id)
                period.amount = amounts.get(period.partner_id, 0)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_customer(self):
        """Open the file of the customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }

    @api.readonly
    def action_open_history(self):
        """Open all grades of the customer."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_customer_grade_history_action",
            [("partner_id", "=", self.partner_id.id)],
        )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_grades(self, partners, day, company=None):
        """Return the grades in force on a day, which may be past.

        Record rules do not apply: callers must know what the user may see.

        :return: dict customer → ``sales.grade``, empty for those without
        """
        # sudo: see above
        periods = self.sudo()._get_periods(partners, day, company)
        found = {period.partner_id.id: period.grade_id for period in periods.values()}
        none = self.env["sales.grade"]
        return {
            partner: none.browse(found[partner.id].id) if partner.id in found else none
            for partner in partners
        }

    @api.model
    def _get_periods(self, partners, day, company=None):
        """:return: dict customer → the period of a day, if the user may see it"""
        periods = self.search(
            [
                ("partner_id", "in", partners._origin.ids),
                ("company_id", "=", (company or self.env.company).id),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        )
        return {period.partner_id: period for period in periods}

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Join the grades of duplicates, before they are merged.

        :param src_ids: ids of the customers to be merged into another one
        :param dst: the one that is left
        """
        merge = GradeMerge(self.env["res.partner"].browse(src_ids), dst)
        merge.merge_overrides()
        merge.merge()
        merge.begin_overrides()
