# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from operator import methodcaller

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from odoo.addons.sales_efficiency_base.tools import attempt, each_alone, take_free

from ..engine.allocation import (
    AllocationQuestion,
    CustomerWork,
    PairValues,
)
from ..engine.child_process import ChildFailed, ChildProcess
from ..engine.verdicts import AllocationVerdict

JOB = "sales_efficiency_analytics.ir_cron_allocations"
WAITING = ("queued", "running")
# What the solver says, see its method -> where the calculation stands
PROGRESS = {
    "optimal": "done",
    "stopped": "done",
    "infeasible": "infeasible",
    "unsolved": "failed",
}
# A worker that is killed at it leaves the scenario to the next one, but not forever.
MOST_ATTEMPTS = 3


class SalesAllocation(models.Model):
    """The best assignment is found in the background, with the rights of the owner.

    A lock keeps other workers away. It goes with the worker, so what a killed one has
    begun is begun again by the next run of the job.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.allocation"

    progress = fields.Selection(
        selection=[
            ("none", "Not Calculated"),
            ("queued", "Waiting"),
            ("running", "Being Calculated"),
            ("done", "Calculated"),
            ("infeasible", "Impossible"),
            ("outdated", "Changed Since"),
            ("failed", "Failed"),
        ],
        string="Calculation",
        default="none",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    is_waiting = fields.Boolean(
        compute="_compute_is_waiting", export_string_translation=False
    )
    attempts = fields.Integer(
        readonly=True, copy=False, aggregator=None, export_string_translation=False
    )
    date_calculated = fields.Datetime(string="Calculated On", readonly=True, copy=False)
    problem = fields.Text(string="Why It Failed", readonly=True, copy=False)
    found = fields.Json(
        readonly=True, copy=False, prefetch=False, export_string_translation=False
    )

    @api.depends("progress")
    def _compute_is_waiting(self):
        for allocation in self:
            allocation.is_waiting = allocation.progress in WAITING

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_calculate(self):
        """Find the best assignment, in the background."""
        self.check_access("write")
        self._check_is_draft()
        for allocation in self:
            if not allocation.person_ids:
                raise UserError(
                    self.env._("Choose sales teams or people who take part.")
                )
        idle = self.filtered(lambda allocation: not allocation.is_waiting)
        # sudo: users cannot write the queue, nor start the job.
        idle.sudo().write({"progress": "queued", "attempts": 0, "problem": False})
        self.env.ref(JOB).sudo()._trigger()

    def _change_question(self):
        """Note that people or pairs change.

        :raise UserError: if the scenario is no draft, or is being calculated
        """
        self._check_is_draft()
        self._outdate()

    def _outdate(self):
        """Take back what was calculated before a change, of drafts.

        :raise UserError: if a worker is at it, who would not know of the change
        """
        if self.env.su:
            return
        for allocation in self.filtered("is_waiting"):
            if not allocation.try_lock_for_update(allow_referencing=True):
                raise UserError(
                    self.env._(
                        "%s is being calculated. Wait for the result.", allocation.name
                    )
                )
        told = self.filtered(lambda a: a.progress in ("done", "infeasible"))
        # sudo: only code writes where the calculation stands.
        told.sudo().progress = "outdated"

    # ------------------------------------------------------------------
    # Job
    # ------------------------------------------------------------------

    @api.model
    def _cron_follow(self):
        """Calculate what waits, and apply what is due, each in transactions of its
        own."""
        waiting = self.search([("progress", "in", WAITING)], order="id")
        due = self.search(self._get_due_domain(), order="date_from, id")
        if waiting._calculate_or_leave():
            each_alone(self.env, due, methodcaller("_apply_when_due"), take=take_free)

    def _calculate_or_leave(self, commit=None):
        """Calculate scenarios, unless another worker does: first say so, then do.

        :param commit: see ``each_alone``
        :return: whether there was time for all
        """
        return each_alone(
            self.env,
            self,
            methodcaller("_start"),
            methodcaller("_finish"),
            take=methodcaller("_take"),
            commit=commit,
        )

    def _take(self):
        """:return: whether the scenario waits and nobody else is at it"""
        return take_free(self) and self.progress in WAITING

    def _start(self):
        # sudo: only the job writes where the calculation stands.
        self.sudo().write({"progress": "running", "attempts": self.attempts + 1})

    def _finish(self):
        """Calculate, or keep in words why not."""
        owned = self._as_owner()
        if problem := attempt(owned.env, owned._calculate, [ChildFailed]):
            # sudo: as in _start
            self.sudo().write({"progress": "failed", "problem": problem})

    def _as_owner(self):
        """:return: the scenario in the environment of its owner, in their language"""
        owner, company = self.responsible_id, self.company_id
        return (
            self.with_user(owner)
            .with_company(company)
            .with_context(lang=owner.lang, tz=owner.tz, allowed_company_ids=company.ids)
        )

    # ------------------------------------------------------------------
    # Calculation
    # ------------------------------------------------------------------

    def _calculate(self):
        """Read the customers, find the best assignment, and score it.

        :raise ChildFailed: if the solver comes to no end
        :raise UserError: if nothing can be assigned
        """
        self.ensure_one()
        self.check_access("write")
        self._check_attempts()
        self._read_customers()
        self._check_locks()
        question = AllocationQuestion(self)
        data, options = question.get_data()
        answer = ChildProcess(self.env).run("allocation", data, options)
        if "refused" in answer:
            refused = answer["refused"]
            raise UserError(
                AllocationVerdict.explain(self.env, refused["code"], refused["values"])
            )
        self._take_answer(question, answer["result"])

    def _take_answer(self, question, found):
        """Propose what was found; where nothing was, customers stay where they are."""
        # sudo: nobody writes what is calculated.
        allocation = self.sudo()
        if found["assignment"]:
            proposed = question.get_users(found)
        else:
            proposed = dict.fromkeys(self.line_ids, False)
        for line, user_id in proposed.items():
            if line.proposed_id.id != user_id:
                line.sudo().proposed_id = user_id
        allocation.write(
            {
                "found": question.get_named(found),
                "progress": PROGRESS[found["status"]],
                "problem": False,
                "date_calculated": fields.Datetime.now(),
            }
        )
        self._score()

    def _check_attempts(self):
        if self.attempts > MOST_ATTEMPTS:
            raise UserError(
                self.env._(
                    "The server has stopped the calculation %(count)s times. Choose"
                    " fewer people, or ask your administrator for a longer time limit"
                    " of scheduled jobs.",
                    count=MOST_ATTEMPTS,
                )
            )

    def _check_locks(self):
        """Refuse locks to people who do not take part, and those that contradict each
        other where regions stay together."""
        customers = self.line_ids.partner_id
        locks = self.pair_ids.filtered(
            lambda pair: pair.kind == "lock" and pair.partner_id in customers
        )
        people = self.person_ids.user_id.filtered(
            lambda user: user._works_in(self.company_id)
        )
        if outside := locks.user_id - people:
            raise UserError(
                self.env._(
                    "Customers must be with %(people)s, who do not take part or have"
                    " left. Add them, or remove the known pairs.",
                    people=format_list(self.env, outside.mapped("name")),
                )
            )
        if self.assign_by == "customer":
            return
        owners = {pair.partner_id: pair.user_id for pair in locks}
        for region, lines in self.line_ids.grouped("region_id").items():
            users = {owners[c] for c in lines.partner_id if c in owners}
            if region and len(users) > 1:
                raise UserError(
                    self.env._(
                        "Customers of %(region)s must be with different people, so the"
                        " region cannot go to one. Assign customers one by one, or"
                        " remove a known pair.",
                        region=region.display_name,
                    )
                )

    def _read_customers(self):
        """Bring the customers up to date. What was overridden stays so, unless the
        customer or the person is gone."""
        self.person_ids._refresh_hours()
        rows = {values["partner_id"]: values for values in CustomerWork(self).measure()}
        # sudo: nobody writes what is known of customers.
        lines = self.sudo().line_ids
        lines.filtered(lambda line: line.partner_id.id not in rows).unlink()
        known = {line.partner_id.id: line for line in lines.exists()}
        for partner_id, values in rows.items():
            if line := known.get(partner_id):
                line.write(values)
        lines.create(
            [
                {"allocation_id": self.id, **values}
                for partner_id, values in rows.items()
                if partner_id not in known
            ]
        )
        self._drop_unserved()
        users = self.person_ids.user_id
        gone = self.line_ids.filtered(lambda line: line.override_id - users)
        # sudo: as above
        gone.sudo().override_id = False
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "The people chosen have no customers. Set the salesperson on the"
                    " customers, or include those without one."
                )
            )

    def _drop_unserved(self):
        """Leave out the customers without a salesperson whom nobody may serve."""
        unassigned = self.line_ids.filtered(lambda line: not line.user_id)
        if not unassigned:
            return
        pairs = PairValues(self)
        users = self.person_ids.user_id.ids
        unserved = unassigned.filtered(
            lambda line: not any(pairs.get_row(line, users)[1])
            and pairs.get_locked(line) is None
        )
        # sudo: as above
        unserved.sudo().unlink()
