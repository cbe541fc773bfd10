# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..engine import BATCH, PlanSimulation, VersionCost

_logger = logging.getLogger(__name__)

# People × months that are computed while the user waits
AT_ONCE = 240


class SalesIncentiveSimulation(models.Model):
    """Computes simulations, of many people in the background.

    People are computed in batches, each saved by itself: a job that was killed goes on
    with the next ones.
    """

    _inherit = "sales.incentive.simulation"

    @api.model
    def _cron_run(self):
        """Compute what waits, and save each batch of people by itself."""
        cron = self.env["ir.cron"]
        waiting = self.search([("state", "=", "running")], order="id")
        cron._commit_progress(remaining=len(waiting))
        for simulation in waiting:
            while simulation._run_next():
                if not cron._commit_progress():
                    return
            if not cron._commit_progress(1):
                return

    def _start(self):
        self._set_state("running")
        # sudo: everybody's pay follows from everybody's documents.
        simulation = self.sudo()
        months = len(simulation._get_months())
        if len(simulation._get_waiting()) * months > AT_ONCE:
            job = "sales_efficiency_incentive.ir_cron_incentive_simulation"
            simulation.env.ref(job)._trigger()
            return
        while simulation._run_next():
            pass
        self.invalidate_recordset()

    def _run_next(self):
        """Compute the next people, unless another worker is at it.

        :return: whether there are more
        """
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            return False
        self.invalidate_recordset()
        if self.state != "running":
            return False
        try:
            with self.env.cr.savepoint():
                return self._compute_next()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except (UserError, ValidationError) as error:
            self._fail(str(error))
        except Exception:
            _logger.exception("Simulation %s failed", self.id)
            self._fail(
                self.env._("The program failed; the log of the server says why.")
            )
        return False

    def _fail(self, reason):
        self.env.invalidate_all()
        self.error = reason
        self._set_state("failed")

    def _compute_next(self):
        waiting = self._get_waiting()
        if waiting:
            self._compute_people(waiting[:BATCH])
        if len(waiting) > BATCH:
            return True
        self.line_ids._judge(self)
        self.done_at = fields.Datetime.now()
        self._set_state("done")
        return False

    def _get_waiting(self):
        """:return: the payees without results, as pairs of user and partner"""
        payees = {
            self._get_payee(assignment): None
            for assignment in self._make_computation().find_assignments()
        }
        payees.update(dict.fromkeys(self._get_paid_payees()))
        done = {(line.user_id, line.partner_id) for line in self.line_ids}
        return [payee for payee in payees if payee not in done]

    @staticmethod
    def _get_payee(assignment):
        return assignment.user_id, assignment.partner_id

    def _get_paid_payees(self):
        """:return: those whom the ledger has paid in these months by the plans"""
        if self.retroactive_version_id:
            return []
        groups = self.env["sales.incentive.entry"]._read_group(
            self._get_entries_domain(), ["assignment_id"]
        )
        return [self._get_payee(assignment) for [assignment] in groups]

    def _get_entries_domain(self):
        day = "origin" if self.retroactive_version_id else "month"
        plans = self.compared_plan_ids
        return [
            (day, ">=", self.month_from),
            (day, "<=", self.month_to),
            ("kind", "!=", "payout"),
            # Adjustments are no matter of terms, so they stand on both sides.
            "|",
            ("plan_id", "in", plans.ids),
            "&",
            ("plan_id", "in", self.version_ids.plan_id.ids),
            ("kind", "=", "adjustment"),
        ]

    def _get_adjustments_domain(self):
        """:return: the adjustments that the terms do not compute themselves"""
        plans = self.compared_plan_ids - self.version_ids.plan_id
        return [
            *self._get_entries_domain(),
            ("kind", "=", "adjustment"),
            ("plan_id", "in", plans.ids),
        ]

    def _make_computation(self):
        version = self.retroactive_version_id
        if version:
            return VersionCost(version, version._get_open_month())
        return PlanSimulation(
            self.version_ids, self.month_from, self.month_to, self.from_start
        )

    def _compute_people(self, payees):
        computation = self._make_computation()
        assignments = computation.find_assignments().filtered(
            lambda assignment: self._get_payee(assignment) in payees
        )
        payee_of = {a.id: self._get_payee(a) for a in assignments}
        actual = self._sum_entries(payees, self._get_entries_domain())
        adjusted = self._sum_entries(payees, self._get_adjustments_domain())
        rows = {
            (payee, month): {
                "simulation_id": self.id,
                "user_id": payee[0].id,
                "partner_id": payee[1].id,
                "payee": (payee[0] or payee[1]).name,
                "month": month,
                "simulated": adjusted.get((payee, month), 0.0),
                "actual": actual.get((payee, month), 0.0),
                "history": 0.0,
                "attainment": False,
            }
            for payee in payees
            for month in self._get_months()
        }
        for result in computation.run(assignments):
            row = rows.get((payee_of[result.assignment_id], result.month))
            if row:
                row["simulated"] += float(result.amount)
                row["history"] += float(result.history)
                if result.attainment is not None:
                    row["attainment"] = result.attainment
                    row["has_attainment"] = True
        if self.retroactive_version_id:
            for row in rows.values():
                row["simulated"] += row["actual"]
        self.env["sales.incentive.simulation.line"].create(list(rows.values()))

    def _get_months(self):
        count = (
            12 * (self.month_to.year - self.month_from.year)
            + self.month_to.month
            - self.month_from.month
        )
        return [
            self.month_from + relativedelta(months=number)
            for number in range(count + 1)
        ]

    def _sum_entries(self, payees, domain):
        """:return: dict (payee, month) → what entries add up to"""
        day = "origin:month" if self.retroactive_version_id else "month:month"
        users = [user.id for user, _partner in payees if user]
        partners = [partner.id for _user, partner in payees if partner]
        groups = self.env["sales.incentive.entry"]._read_group(
            [
                *domain,
                "|",
                ("user_id", "in", users),
                ("assignment_id.partner_id", "in", partners),
            ],
            ["assignment_id", day],
            ["amount:sum"],
        )
        sums = {}
        for assignment, month, amount in groups:
            key = self._get_payee(assignment), month
            sums[key] = sums.get(key, 0.0) + amount
        return sums
