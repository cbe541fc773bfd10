# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from functools import cached_property

from odoo import fields
from odoo.tools import format_date, formatLang

from ..kpi_status import describe_kpi_status, get_elapsed, get_kpi_status
from ..section import Section

STATUSES = ("reached", "on_track", "near", "far", "unknown")
# Number of people shown; the others are one click away
LENGTH = 50


class KpiMap(Section):
    """People × KPIs of the cycle, coloured by how far each has got."""

    key = "kpi_map"
    kind = "matrix"
    action = "sales_efficiency_team.sales_appraisal_kpi_action"

    def is_visible(self):
        return self.env["sales.appraisal.kpi"].has_access("read")

    def get_title(self):
        cycle = self.page.cycle
        if not cycle:
            return self.env._("KPIs by Person")
        return self.env._("KPIs by Person, %s", cycle.display_name)

    def get_data(self):
        kpis = self._kpis
        columns = self._name_columns()
        appraisals = self._appraisals
        by_person = kpis.grouped("appraisal_id")
        statuses = [describe_kpi_status(self.env, status) for status in STATUSES]
        return {
            "columns": list(columns.values()),
            "rows": [
                self._describe(person, by_person.get(person, kpis.browse()), columns)
                for person in appraisals
            ],
            "count": self.env["sales.appraisal"].search_count(self._get_domain()),
            "legend": statuses,
            "note": self._describe_time(),
            "domain": bool(appraisals)
            and [("appraisal_id.cycle_id", "=", self.page.cycle.id)],
            "empty": self.env._(
                "Once a cycle of appraisals is open, the KPIs of your people stand side"
                " by side here."
            ),
        }

    def _get_domain(self):
        return self.page.get_domain() & fields.Domain(
            [("cycle_id", "=", self.page.cycle.id), ("is_current", "=", True)]
        )

    @cached_property
    def _appraisals(self):
        return self.env["sales.appraisal"].search(
            self._get_domain(),
            order="is_scored desc, score desc, user_name, id",
            limit=LENGTH,
        )

    @cached_property
    def _kpis(self):
        return self.env["sales.appraisal.kpi"].search(
            [("appraisal_id", "in", self._appraisals.ids)],
            order="sequence, id",
        )

    @cached_property
    def _columns(self):
        """Dict KPI → its column: what it measures. Leaders and their people share
        columns; who has figures of both kinds has the second in a column of its own.
        """
        columns = {}
        for kpis in self._kpis.grouped("appraisal_id").values():
            seen = Counter()
            for kpi in kpis:
                columns[kpi] = (kpi.metric_id.id, seen[kpi.metric_id])
                seen[kpi.metric_id] += 1
        return columns

    def _name_columns(self):
        """:return: dict column → name, in the order of the template"""
        # sudo: the name of a metric, in the language of the user; HR reads no metrics.
        return {self._columns[kpi]: kpi.sudo().metric_id.name for kpi in self._kpis}

    @cached_property
    def _measures(self):
        field = self.env["sales.appraisal.kpi"]._fields["measures"]
        return dict(field._description_selection(self.env))

    @cached_property
    def _elapsed(self):
        """Share of the period that the figures are about, in percent"""
        cycle = self.page.cycle
        measured = cycle.measured_at and self._get_local(cycle.measured_at).date()
        return get_elapsed(cycle._get_period(), measured or self.page.today)

    def _get_local(self, moment):
        company = self.page.company
        return fields.Datetime.context_timestamp(
            company.with_context(tz=company.sales_tz), moment
        )

    def _describe_time(self):
        cycle = self.page.cycle
        if not (cycle and cycle.measured_at):
            return False
        day = format_date(self.env, self._get_local(cycle.measured_at).date())
        if self._elapsed >= 100:
            return self.env._("Attainment as measured on %s", day)
        return self.env._(
            "Attainment as measured on %(day)s, when %(share)s of the period was over",
            day=day,
            share=self.format_percent(self._elapsed),
        )

    def _describe(self, appraisal, kpis, columns):
        cells = {self._columns[kpi]: self._describe_cell(kpi) for kpi in kpis}
        return {
            "id": appraisal.id,
            "name": appraisal.user_name,
            "detail": appraisal.team_name or "",
            "figure": formatLang(self.env, appraisal.score, digits=2)
            if appraisal.is_scored
            else "–",
            "cells": [cells.get(column) for column in columns],
        }

    def _describe_cell(self, kpi):
        attainment = None if kpi.missing else kpi.attainment
        # sudo: how a metric adds up; HR reads no metrics.
        grows = kpi.metric_id.sudo()._is_additive() and kpi.higher_is_better
        status = get_kpi_status(attainment, self._elapsed if grows else 100)
        return {
            "id": kpi.id,
            "text": self.format_percent(attainment),
            "status": describe_kpi_status(self.env, status, kpi.missing != "target"),
            "detail": self.env._(
                "%(measures)s: %(actual)s of %(target)s",
                measures=self._measures[kpi.measures],
                actual=kpi.actual_text,
                target=kpi.target_text,
            ),
        }
