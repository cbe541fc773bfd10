# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import format_period, open_records
from odoo.addons.sales_efficiency_target.engine import Measurement

from ..engine import MonthComputation

FOLLOWING = ("open", "published")


class SalesIncentivePeriod(models.Model):
    """A month of incentives of a company (policy 4.4.1).

    Until it is approved its entries follow the figures. From its lock on nothing of it
    ever changes: what would be different is booked in the next open month.
    """

    _name = "sales.incentive.period"
    _inherit = ["sales.guard.mixin", "sales.state.mixin", "mail.thread"]
    _description = "Incentive Month"
    _order = "month desc, company_id"
    _fixed_fields = ("company_id", "month")

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, help="First day of the month.")
    date_to = fields.Date(string="Last Day", compute="_compute_date_to")
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("published", "Published"),
            ("approved", "Approved"),
            ("locked", "Locked"),
        ],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    computed_at = fields.Datetime(string="Computed On", readonly=True, copy=False)
    published_at = fields.Datetime(string="Published On", readonly=True, copy=False)
    published_by_id = fields.Many2one(
        comodel_name="res.users", string="Published By", readonly=True, copy=False
    )
    approved_at = fields.Datetime(string="Approved On", readonly=True, copy=False)
    approved_by_id = fields.Many2one(
        comodel_name="res.users", string="Approved By", readonly=True, copy=False
    )
    locked_at = fields.Datetime(string="Locked On", readonly=True, copy=False)

    payee_count = fields.Integer(string="People", compute="_compute_figures")
    earned = fields.Monetary(
        compute="_compute_figures", help="What was earned in the month, paid or not."
    )
    payable = fields.Monetary(
        compute="_compute_figures", help="What the month adds to what is payable."
    )
    waiting = fields.Monetary(
        compute="_compute_figures", help="What the month adds to what still waits."
    )
    owed = fields.Monetary(compute="_compute_figures")
    changed_count = fields.Integer(
        string="Changed after Publishing", compute="_compute_figures"
    )
    exception_count = fields.Integer(
        string="Exceptions",
        compute="_compute_exception_count",
        groups="sales_efficiency_incentive.group_incentive_officer,"
        "sales_efficiency_base.group_sales_director,account.group_account_user,"
        "account.group_account_manager",
    )

    _month_uniq = models.Constraint(
        "unique(company_id, month)", "The company has this month already."
    )
    _first_of_month = models.Constraint(
        "CHECK (EXTRACT(day FROM month) = 1)", "A month begins on its first day."
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for period in self:
            period.display_name = period.month and format_period(self.env, period.month)

    @api.depends("month")
    def _compute_date_to(self):
        for period in self:
            period.date_to = period.month and period.month + relativedelta(
                months=1, days=-1
            )

    @api.depends("computed_at")
    @api.depends_context("uid")
    def _compute_figures(self):
        sums = {period: {} for period in self}
        entries = self.env["sales.incentive.entry"]
        for period, balance, amount in entries._read_group(
            [("period_id", "in", self.ids)], ["period_id", "balance"], ["amount:sum"]
        ):
            sums[period][balance] = amount
        people = dict(
            entries._read_group(
                [("period_id", "in", self.ids)],
                ["period_id"],
                ["assignment_id:count_distinct"],
            )
        )
        changed = dict(
            entries._read_group(
                [("period_id", "in", self.ids), ("is_changed", "=", True)],
                ["period_id"],
                ["__count"],
            )
        )
        for period in self:
            figures = sums.get(period._origin, {})
            period.payable = figures.get("payable", 0)
            period.waiting = figures.get("waiting", 0)
            period.owed = figures.get("owed", 0)
            period.earned = sum(figures.values())
            period.payee_count = people.get(period._origin, 0)
            period.changed_count = changed.get(period._origin, 0)

    @api.depends("computed_at")
    @api.depends_context("uid")
    def _compute_exception_count(self):
        counts = dict(
            self.env["sales.incentive.exception"]._read_group(
                [("period_id", "in", self.ids)], ["period_id"], ["__count"]
            )
        )
        for period in self:
            period.exception_count = counts.get(period._origin, 0)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked(self):
        if any(period.state == "locked" for period in self):
            raise UserError(self.env._("A locked month cannot be deleted."))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_compute(self):
        """Compute the month anew, while the user waits."""
        self.check_access("write")
        for period in self:
            if period.state not in FOLLOWING:
                raise UserError(
                    self.env._(
                        "%s is approved, so its entries do not change any more.",
                        period.display_name,
                    )
                )
        self._compute_now()

    def action_publish(self):
        """Let people see and check what they have earned."""
        for period in self:
            period._check_state_is("open")
            period._check_is_over()
            period._check_months_before(("published", "approved", "locked"))
        self._compute_now()
        self._set_state("published")
        # sudo: users do not write it, it is they.
        self.sudo().write(
            {"published_at": fields.Datetime.now(), "published_by_id": self.env.uid}
        )

    def action_approve(self):
        """Approve what is paid. From now on it does not follow the figures."""
        for period in self:
            period._check_state_is("published")
            period._check_can_approve()
            period._check_months_before(("approved", "locked"))
        self._compute_now()
        self._set_state("approved")
        # sudo: as in action_publish
        self.sudo().write(
            {"approved_at": fields.Datetime.now(), "approved_by_id": self.env.uid}
        )

    def action_reopen(self):
        """Let the month follow the figures again, as long as it is not locked."""
        for period in self:
            if period.state not in ("published", "approved"):
                period._check_state_is("published")
            period._check_months_after()
        self._set_state("open")
        # sudo: as in action_publish
        self.sudo().write(
            {
                "published_at": False,
                "published_by_id": False,
                "approved_at": False,
                "approved_by_id": False,
            }
        )
        self.env.cr.execute(
            SQL(
                "UPDATE sales_incentive_entry SET is_changed = FALSE"
                " WHERE period_id = ANY(%s) AND is_changed",
                self.ids,
            )
        )
        self.invalidate_recordset(["changed_count"])
        self.env["sales.incentive.entry"].invalidate_model(["is_changed"])

    def action_lock(self):
        """Lock the month for good."""
        self.check_access("write")
        for period in self.sorted("month"):
            period._check_state_is("approved")
            period._lock()

    @api.readonly
    def action_open_entries(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_entry_action",
            [("period_id", "=", self.id)],
            context={"search_default_group_assignment": 1},
        )

    @api.readonly
    def action_open_changes(self):
        self.ensure_one()
        action = self.action_open_entries()
        domain = [("period_id", "=", self.id), ("is_changed", "=", True)]
        return action | {"domain": domain}

    @api.readonly
    def action_open_exceptions(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_exception_action",
            [("period_id", "=", self.id)],
        )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_is_over(self):
        if self.date_to >= self.company_id._get_sales_today():
            raise UserError(
                self.env._(
                    "%s is not over yet. Publish it when all of its sales are known.",
                    self.display_name,
                )
            )

    def _check_months_before(self, states):
        """:raise UserError: unless the months before are in one of the states"""
        # sudo: whoever asks, the order of months is the same.
        before = self.sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("month", "<", self.month),
                ("state", "not in", states),
            ],
            order="month",
            limit=1,
        )
        if before:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(month)s is still %(state)s. Months follow one another: finish"
                    " that one first.",
                    month=before.display_name,
                    state=labels[before.state],
                )
            )

    def _check_months_after(self):
        # sudo: as in _check_months_before
        after = self.sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("month", ">", self.month),
                ("state", "!=", "open"),
            ],
            order="month",
            limit=1,
        )
        if after:
            raise UserError(
                self.env._(
                    "%s builds on this month. Reopen that one first.",
                    after.display_name,
                )
            )

    def _check_can_approve(self):
        """:raise UserError: unless the user decides on the pay of others alone"""
        if not self.env.user.has_group("sales_efficiency_base.group_sales_director"):
            raise UserError(self.env._("Only a sales director can approve this."))
        # sudo: also entries that the user does not see.
        own = (
            self.env["sales.incentive.entry"]
            .sudo()
            .search_count(
                [("period_id", "=", self.id), ("user_id", "=", self.env.uid)], limit=1
            )
        )
        if own:
            raise UserError(
                self.env._(
                    "%s pays you. Somebody else has to approve it.", self.display_name
                )
            )

    # ------------------------------------------------------------------
    # Computation
    # ------------------------------------------------------------------

    @api.model
    def _cron_compute(self):
        """Compute what has changed, by the results of targets as they are now."""
        commit = self.env["ir.cron"]._commit_progress
        commit()
        self.env["sales.mart"]._lock("sales_target_result")
        if self._needs_results():
            Measurement(self.env).refresh_running()
        commit()
        self.env["sales.mart"]._lock("sales_incentive_entry")
        self._follow()
        commit()

    @api.model
    def _needs_results(self):
        [[found]] = self.env.execute_query(
            SQL(
                "SELECT EXISTS (SELECT FROM sales_target_change)"
                " AND EXISTS (SELECT FROM sales_incentive_change WHERE is_new)"
            )
        )
        return found

    @api.model
    def _follow(self):
        """Bring all changes into the open months; on a new day, compute them anew.

        In one transaction: killed half-way, it leaves the changes for the next time.
        """
        self._create_missing()
        changes = self.env["sales.incentive.change"]._take()
        for periods in self._get_following().grouped("company_id").values():
            periods = periods.sorted("month")
            if any(change["company_id"] is None for change in changes):
                periods._keep_differences()
            affected = periods._find_affected(changes)
            if affected is None or affected:
                periods._compute_entries(affected)

    def _keep_differences(self):
        """Look for what differs from earlier months, after the figures have changed by
        unknown amounts."""
        first = self[:1]
        documents = MonthComputation(first).find_differences()
        self.env["sales.incentive.change"]._keep(first, documents)

    @api.model
    def _get_following(self):
        return self.search([("state", "in", FOLLOWING)])

    def _find_affected(self, changes):
        """Return the assignments that changes concern; None: all."""
        company = self.company_id
        today = company._get_sales_today()
        if any(not period.computed_at for period in self) or any(
            fields.Date.context_today(
                period.with_context(tz=company.sales_tz), period.computed_at
            )
            < today
            for period in self
        ):
            return None
        mine = [c for c in changes if c["company_id"] in (None, company.id)]
        if any(c["company_id"] is None for c in mine):
            return None
        assignments = self.env["sales.incentive.assignment"]
        documents = {(c["source"], c["res_id"]) for c in mine if c["source"]}
        found = assignments.browse(
            MonthComputation(self[-1:]).find_concerned(documents)
        )
        found |= assignments.browse(
            c["assignment_id"] for c in mine if c["assignment_id"]
        ).exists()
        plans = [c["plan_id"] for c in mine if c["plan_id"] and not c["assignment_id"]]
        if plans:
            found |= assignments.search([("plan_id", "in", plans)])
        return found

    def _compute_entries(self, assignments=None):
        """Compute months one after the other, each by those before it.

        :param assignments: by default all
        """
        # sudo: everybody's pay follows from everybody's documents.
        for period in self.sudo().sorted("month"):
            period._hold()
            period.computed_at = fields.Datetime.now()
            period.flush_recordset(["computed_at"])
            MonthComputation(period).compute(
                assignments if assignments is None else assignments.sudo()
            )
        self.invalidate_recordset()

    def _compute_now(self):
        """Bring all documents into the figures, and these into the months."""
        self.check_access("write")
        # sudo: the figures of everybody are refreshed.
        self.env["sales.mart"].sudo()._refresh()
        periods = self.sudo()
        periods._hold()
        periods._follow()
        earlier = periods._get_following().filtered(
            lambda period: (
                period.company_id in periods.company_id
                and period.month <= max(periods.mapped("month"))
            )
        )
        for _company, months in earlier.grouped("company_id").items():
            months._compute_entries()

    def _hold(self):
        """Let nobody else compute, approve or lock these months meanwhile.

        Whoever waits for them sees a serialization failure, and is tried again.
        """
        self.env["sales.mart"]._lock("sales_incentive_entry")
        self.env.cr.execute(
            SQL(
                "SELECT id FROM sales_incentive_period WHERE id = ANY(%s)"
                " ORDER BY id FOR UPDATE",
                self.ids,
            )
        )

    def _lock(self):
        """Lock the entries of an approved month."""
        self.ensure_one()
        self._hold()
        self.invalidate_recordset(["state"])
        self._check_state_is("approved")
        self._check_months_before(("locked",))
        for table in ("sales_incentive_entry", "sales_incentive_attainment"):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET state = 'locked' WHERE period_id = %s",
                    SQL.identifier(table),
                    self.id,
                )
            )
        self._set_state("locked")
        self.sudo().locked_at = fields.Datetime.now()  # sudo: users do not write it.
        self.flush_recordset()
        self.env["sales.incentive.change"]._forget(self)
        self.env["sales.incentive.entry"].invalidate_model()

    @api.model
    def _create_missing(self):
        """Create the months of companies with approved plans, until today."""
        firsts = self.env["sales.incentive.version"]._read_group(
            [("state", "=", "approved")], ["company_id"], ["date_from:min"]
        )
        companies = [company.id for company, _first in firsts]
        there = self.search([("company_id", "in", companies)]).grouped("company_id")
        values = []
        for company, month in firsts:
            periods = there.get(company, self.browse())
            if periods.filtered(lambda period: period.state == "locked"):
                # What is older is booked in the first month that is open.
                month = max(periods.mapped("month"))
            months = set(periods.mapped("month"))
            this_month = company._get_sales_today().replace(day=1)
            while month <= this_month:
                if month not in months:
                    values.append({"company_id": company.id, "month": month})
                month += relativedelta(months=1)
        return self.create(values)
