# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from operator import methodcaller

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import Period, each_alone, open_records

ACTIVITY = "sales_efficiency_resource.mail_activity_type_grading"
# Metric whose events are orders, those of the sales history included
ORDERS = "sales_efficiency_base.sales_metric_order_count"
# Criteria of a new grading, and their weights
READY = {"recency": 30, "frequency": 30, "amount": 40}


class SalesGrading(models.Model):
    """How the customers of a company, or of one of its classes, are graded
    (policy 5.1.2)."""

    _name = "sales.grading"
    _inherit = ["sales.guard.mixin", "sales.weights.mixin"]
    _description = "Customer Grading"
    _order = "company_id, class_id, id"
    _check_company_auto = True
    _fixed_fields = ("company_id",)

    name = fields.Char(required=True, default=lambda self: self.env._("Customers"))
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    class_id = fields.Many2one(
        comodel_name="sales.customer.class",
        string="Customer Class",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Empty: all customers whose class has no grading of its own.",
    )
    window_months = fields.Integer(
        string="Window (Months)",
        default=12,
        required=True,
        help="Orders of so many months up to the day of the run count, that day"
        " included. Recency looks at all orders.",
    )
    tolerance = fields.Float(
        digits=(5, 2),
        default=5,
        aggregator=None,
        help="A customer moves down only if the score is more than so many points below"
        " the grade; up at once.",
    )
    criterion_ids = fields.One2many(
        comodel_name="sales.grading.criterion",
        inverse_name="grading_id",
        string="Criteria",
        copy=True,
        default=lambda self: self._default_criterion_ids(),
    )
    weight_total = fields.Float(
        string="Sum of Weights", digits=(6, 2), compute="_compute_weight_total"
    )
    is_monthly = fields.Boolean(
        string="Every Month",
        default=True,
        help="A run is prepared at the beginning of each month.",
    )
    is_confirmed_alone = fields.Boolean(
        string="Without Preview",
        help="Monthly runs come into force by themselves. Else a director confirms"
        " them.",
    )
    run_ids = fields.One2many(
        comodel_name="sales.grading.run", inverse_name="grading_id", string="Runs"
    )
    run_count = fields.Integer(string="Number of Runs", compute="_compute_run_count")

    _class_uniq = models.UniqueIndex(
        "(company_id, COALESCE(class_id, 0)) WHERE active",
        "There is a grading for these customers already.",
    )
    _window_range = models.Constraint(
        "CHECK (window_months BETWEEN 1 AND 60)", "The window is 1 to 60 months long."
    )
    _tolerance_range = models.Constraint(
        "CHECK (tolerance >= 0 AND tolerance <= 100)",
        "The tolerance is between 0 and 100 points.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_criterion_ids(self):
        return [
            Command.create({"kind": kind, "weight": weight, "sequence": 10 * number})
            for number, (kind, weight) in enumerate(READY.items(), start=1)
        ]

    @api.depends("criterion_ids.weight")
    def _compute_weight_total(self):
        for grading in self:
            grading.weight_total = sum(grading.criterion_ids.mapped("weight"))

    @api.depends("run_ids")
    def _compute_run_count(self):
        counts = dict(
            self.env["sales.grading.run"]._read_group(
                [("grading_id", "in", self.ids)], ["grading_id"], ["__count"]
            )
        )
        for grading in self:
            grading.run_count = counts.get(grading._origin, 0)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        gradings = super().create(vals_list)
        gradings._check_weights()
        for company in gradings.company_id:
            self.env["sales.grade"]._create_ready(company)
        return gradings

    def copy_data(self, default=None):
        """A copy is for no customers yet: there cannot be two for the same."""
        return [
            {
                **vals,
                "name": self.env._("%s (copy)", grading.name),
                "active": False,
                **(default or {}),
            }
            for grading, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if self.run_ids.filtered(lambda run: run.state == "confirmed"):
            raise UserError(
                self.env._("Customers have been graded by it: archive it instead.")
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_run(self):
        """Grade the customers as of today, and show who would move."""
        self.ensure_one()
        run = self._run()
        return {
            "type": "ir.actions.act_window",
            "res_model": run._name,
            "res_id": run.id,
            "views": [(False, "form")],
            "name": run.display_name,
        }

    @api.readonly
    def action_open_runs(self):
        """Open the runs of the grading."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_grading_run_action",
            [("grading_id", "=", self.id)],
        )

    # ------------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Prepare the runs of the month, each on its own: one that fails is told, and
        does not stop the others."""
        due = self.search([("is_monthly", "=", True)])
        due = due.filtered(lambda grading: grading._is_due())
        each_alone(self.env, due, methodcaller("_run_month"))

    def _is_due(self):
        runs = self.env["sales.grading.run"]
        domain = [("grading_id", "=", self.id), ("month", "=", self._get_month())]
        return not runs.search_count(domain, limit=1)

    def _get_month(self):
        return self.company_id._get_sales_today().replace(day=1)

    def _run_month(self):
        """Prepare the run of this month, or confirm it at once."""
        if not self.try_lock_for_update() or not self._is_due():
            return  # Somebody else does so just now.
        run = self._find_open_run()
        if run and not run.month and run.date < self._get_month():
            run._tell_directors()
            return  # Somebody grades as of a past day: theirs has to be decided first.
        run = self._run()
        run.sudo().month = self._get_month()
        if self.is_confirmed_alone:
            run._confirm()
        else:
            run._tell_directors()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _run(self):
        """:return: the open run of the grading, computed as of today"""
        if run := self._find_open_run():
            run.date = self.company_id._get_sales_today()
        else:
            run = self.env["sales.grading.run"].create({"grading_id": self.id})
        run.action_compute()
        return run

    def _find_open_run(self):
        runs = self.env["sales.grading.run"]
        return runs.search(
            [("grading_id", "=", self.id), ("state", "in", ("draft", "preview"))],
            limit=1,
        )

    def _get_window(self, day):
        """:return: the :class:`Period` whose orders count on a day, that included"""
        self.ensure_one()
        start = day - relativedelta(months=self.window_months) + timedelta(days=1)
        return Period(start, day)

    def _get_other_classes(self):
        """:return: the classes that have a grading of their own"""
        others = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("class_id", "!=", False),
                ("id", "!=", self.id),
            ]
        )
        return others.class_id

    @api.model
    def _get_order_events(self):
        """:return: tuple of the events of figures that are orders"""
        # sudo: metrics are public.
        return tuple(self.env.ref(ORDERS).sudo().event_ids.mapped("event"))

    @api.model
    def _sql_potential(self, alias):
        """Return the potential per year of customers, in the company's currency.

        :param str alias: alias of ``res_partner``
        """
        # sudo: grades follow from the potentials of all customers.
        partners = self.env["res.partner"].sudo()
        self.env["sales.customer.file"].flush_model(["potential"])
        return partners._field_to_sql(alias, "sales_potential")
