# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import time
from collections import Counter
from operator import methodcaller

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import attempt, each_alone, take_free

from ..engine.child_process import ChildFailed, ChildProcess
from ..engine.study import MONTH, StudyData, StudyReach
from .sales_study_result import ANSWERED, WAITING

# A worker that is killed at it leaves a question to the next one, but not forever.
MOST_ATTEMPTS = 3


class SalesStudyResult(models.Model):
    """The queue: questions are answered one by one, each in transactions of its own.

    A lock on the answer keeps other workers away. It goes with the worker, so what a
    killed one has begun is begun again by the next run of the job.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.study.result"

    # ------------------------------------------------------------------
    # Queue
    # ------------------------------------------------------------------

    @api.model
    def _cron_answer(self):
        """Ask what is due this month, then answer all that waits."""
        self.env["sales.study"]._ask_subscribed()
        waiting = self.search([("state", "in", WAITING)], order="id")
        waiting._sort_by_turn()._answer_or_leave()

    def _sort_by_turn(self):
        """:return: the same, the first question of each owner before the second of any:
        nobody waits for all those of somebody else"""
        numbers, turns = Counter(), {}
        for result in self:
            owner = result.study_id.owner_id
            turns[result.id] = numbers[owner]
            numbers[owner] += 1
        return self.sorted(lambda result: (turns[result.id], result.id))

    def _answer_or_leave(self, commit=None):
        """Answer questions, unless another worker does: first say that one is being
        answered, then find the answer.

        :param commit: see ``each_alone``
        """
        each_alone(
            self.env,
            self,
            methodcaller("_start"),
            methodcaller("_finish"),
            take=methodcaller("_take"),
            commit=commit,
        )

    def _take(self):
        """:return: whether the question waits and nobody else is at it"""
        return take_free(self) and self.state in WAITING

    def _start(self):
        self.write({"state": "running", "attempts": self.attempts + 1})

    def _finish(self):
        """Find the answer, or keep in words why there is none, and send it to those who
        have subscribed."""
        owned = self._as_owner()
        if error := attempt(owned.env, self._find_and_keep, [ChildFailed]):
            self._fail(error)
        if self.is_subscribed:
            # An e-mail that cannot be written does not undo the answer.
            attempt(owned.env, owned._mail)

    def _find_and_keep(self):
        owned = self._as_owner()
        self.write(owned._find())
        owned._after_answer()

    def _fail(self, reason):
        self.write(
            {"state": "failed", "error": reason, "done_at": fields.Datetime.now()}
        )

    def _as_owner(self):
        """:return: the answer with the rights of the owner of the study"""
        owner, company = self.study_id.owner_id, self.company_id
        return (
            self.with_user(owner)
            .with_company(company)
            .with_context(lang=owner.lang, tz=owner.tz, allowed_company_ids=company.ids)
        )

    # ------------------------------------------------------------------
    # Answer
    # ------------------------------------------------------------------

    def _find(self):
        """Read the data, have the method run, and return what it has found.

        :return: values of the answer
        :raise ChildFailed: if the method comes to no end
        :raise UserError: if there are no data
        """
        started = time.monotonic()
        # sudo: what was asked is kept here; the figures are read as the owner.
        kept = self.sudo()
        kept._check_attempts()
        question = kept._get_question()
        company = kept.company_id
        figures = self._read_figures(self.env.user, company, question)
        options = self._complete_options(question, company, figures)
        found = ChildProcess(self.env).run(
            question.method, figures.for_method(), options
        )
        fingerprint = figures.get_fingerprint()
        return {
            "state": "done" if "result" in found else "refused",
            "reach": StudyReach(self.env.user, company).kind,
            "figures": figures.to_json(),
            "columns": self._describe_columns(question),
            "found": found,
            "fingerprint": fingerprint,
            "is_unchanged": kept._is_unchanged(fingerprint),
            "seed": options.get("seed", 0),
            "row_count": len(figures.keys),
            "done_at": fields.Datetime.now(),
            "duration": time.monotonic() - started,
            "error": False,
        }

    @api.model
    def _describe_columns(self, question):
        """:return: name and unit by column, and the metric it comes from"""
        # sudo: metrics are public.
        metrics = self.env["sales.metric"].sudo().browse(question.metric_ids)
        return {
            metric._get_column(): {
                "id": metric.id,
                "name": metric.name,
                "unit": metric.unit,
            }
            for metric in metrics
        }

    def _check_attempts(self):
        if self.attempts > MOST_ATTEMPTS:
            raise UserError(
                self.env._(
                    "The server has stopped the calculation %(count)s times. Choose"
                    " fewer rows or a shorter time, or ask your administrator for a"
                    " longer time limit of scheduled jobs.",
                    count=MOST_ATTEMPTS,
                )
            )

    @api.model
    def _read_figures(self, owner, company, question):
        """Read the data of a question with the rights of the owner of the study.

        :param Question question: what is asked
        :return: :class:`Figures`
        :raise UserError: if there are none, or the owner may not see any
        """
        reach = StudyReach(owner, company)
        if not reach.is_allowed():
            raise UserError(
                self.env._("The owner of the study may no longer see sales figures.")
            )
        company = company.with_user(owner).with_company(company)
        company = company.with_context(
            lang=self.env.lang or owner.lang, allowed_company_ids=company.ids
        )
        return StudyData(reach, company, question).get()

    @api.model
    def _complete_options(self, question, company, figures):
        """:return: the options of a question, with what depends on the months"""
        options = dict(question.options)
        if "working_days" in options and question.rows == MONTH:
            # sudo: only the company's working days
            days = company.sudo()._get_sales_working_days(
                question.period.start, question.period.end
            )
            counts = dict.fromkeys(figures.keys, 0.0)
            for day, part in days:
                if (key := f"{day:%Y-%m}") in counts:
                    counts[key] += part
            options["working_days"] = counts
        return options

    def _is_unchanged(self, fingerprint):
        """:return: whether the answer before is of the same question and data"""
        before = self.search(
            [
                ("study_id", "=", self.study_id.id),
                ("id", "<", self.id),
                ("state", "in", ANSWERED),
            ],
            limit=1,
        )
        return (
            before.fingerprint == fingerprint
            and before.method == self.method
            and before.question["options"] == self.question["options"]
        )
