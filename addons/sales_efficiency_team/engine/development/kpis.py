# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.addons.sales_efficiency_base.tools import name_period

from ..kpi_figures import KpiFigures, KpiQuestion
from ..kpi_record import find_period
from ..kpi_score import attain
from ..kpi_status import describe_kpi_status, get_elapsed, get_kpi_status
from ..section import ListSection

# Rhythm of the appraisals of a company that has not begun
RHYTHM = "quarter"


class Kpis(ListSection):
    """The KPIs of the period that runs, measured now.

    Only figures: nothing of what people say, and nothing of an appraisal before it is
    told.
    """

    key = "kpis"
    length = None

    def is_visible(self):
        return self.page.is_selling

    def get_title(self):
        return self.env._(
            "My KPIs, %s", name_period(self.env, self._rhythm, self._period.start)
        )

    def get_data(self):
        return super().get_data() | {"note": self._describe_time()}

    def get_count(self):
        return len(self._kpis)

    def get_empty(self):
        return self.env._("There are no KPIs for your job yet.")

    def get_rows(self):
        questions = {kpi: self._get_question(kpi) for kpi in self._kpis}
        # sudo: the person's own figures and targets.
        figures = KpiFigures(self._kpis.env).ask(questions.values())
        return [
            self._describe(kpi, question, *figures[question])
            for kpi, question in questions.items()
        ]

    # ------------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------------

    @cached_property
    def _rhythm(self):
        # sudo: in which rhythm the company appraises.
        cycles = self.env["sales.appraisal.cycle"].sudo()
        domain = [("company_id", "=", self.page.company.id)]
        return cycles.search(domain, limit=1).rhythm or RHYTHM

    @cached_property
    def _period(self):
        return find_period(self._rhythm, self.page.today, self.page.company)

    @cached_property
    def _kpis(self):
        """The KPIs by which the person is appraised"""
        # sudo: by what one's own job is appraised is no secret.
        templates = (
            self.env["sales.appraisal.template"]
            .sudo()
            ._find_templates(self.page.company, self._rhythm)
        )
        template = templates.get(self.page.job.id) or templates.get(False)
        kpis = self.env["sales.appraisal.template.kpi"].sudo()
        return template.kpi_ids if template else kpis

    def _get_question(self, kpi):
        return KpiQuestion(
            metric=kpi.metric_id,
            user=self.page.user.sudo(),
            company=self.page.company.sudo(),
            period=self._period,
            measures=kpi.measures,
            value=kpi.target_value if kpi.target_from == "value" else None,
        )

    # ------------------------------------------------------------------
    # What comes out
    # ------------------------------------------------------------------

    @cached_property
    def _elapsed(self):
        return get_elapsed(self._period, self.page.today)

    def _describe_time(self):
        if not self._kpis:
            return False
        return self.env._("%s of the time is over.", self.format_percent(self._elapsed))

    def _describe(self, kpi, question, actual, target):
        metric = kpi.metric_id.with_company(self.page.company)
        attainment = attain(actual, target, metric.higher_is_better)
        grows = metric._is_additive() and metric.higher_is_better
        status = get_kpi_status(attainment, self._elapsed if grows else 100)
        # Infinite where less is better and nothing is left
        is_known = attainment is not None and attainment != float("inf")
        return {
            "id": kpi.id,
            "name": metric.name,
            "detail": self.env._(
                "%(actual)s of %(target)s · weight %(weight)s",
                actual=metric._format(actual),
                target=metric._format(target),
                weight=self.format_percent(kpi.weight),
            ),
            "figure": self.format_percent(float(attainment) if is_known else None),
            "progress": min(max(float(attainment or 0), 0), 100),
            "status": describe_kpi_status(self.env, status, bool(target)),
            "action": self._get_action(metric, question),
        }

    def _get_action(self, metric, question):
        """:return: the action that opens the figures, as far as the user sees them"""
        facts = self.env["sales.fact"]
        if not facts.has_access("read"):
            return False
        return facts._get_facts_action(metric.name, question.get_facts_domain())
