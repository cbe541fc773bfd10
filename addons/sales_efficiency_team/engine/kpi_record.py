# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.addons.sales_efficiency_base.tools import Period, Scope

# How many past periods are looked at
PAST = {"month": 24, "quarter": 8, "year": 3}
# A value is far above a record from this ratio on.
FAR = 1.2
DAY = timedelta(days=1)


def find_period(rhythm, day, company):
    """:return: the :class:`Period` of a company with a day"""
    if rhythm == "month":
        return Period.month(day)
    return getattr(Period, rhythm)(day, company)


class KpiRecord:
    """Finds values to reach far above what anybody has ever reached (policy 4.3.1).

    :param kpis: ``sales.appraisal.template.kpi`` records, saved or not
    """

    def __init__(self, kpis):
        # sudo: the best figure is shown without telling whose it is.
        kpis = kpis.sudo()
        self.env = kpis.env
        self._kpis = kpis.filtered(
            lambda kpi: kpi.target_from == "value"
            and kpi.metric_id
            and kpi.target_value > 0
            and (kpi.template_id.rhythm or not kpi.needs_period)
        )

    def find(self):
        """:return: dict KPI → the best that anybody has reached, if it is far less"""
        asked = {kpi: self._get_question(kpi) for kpi in self._kpis}
        scopes = [scope for some, _periods in asked.values() for scope in some]
        periods = [period for _scopes, some in asked.values() for period in some]
        values = self._kpis.metric_id._evaluate(scopes, periods)
        found = {}
        for kpi, (of_kpi, times) in asked.items():
            reached = [
                value
                for scope in of_kpi
                for time in times
                if (value := values[kpi.metric_id.id, scope, time])
            ]
            if reached and (best := self._find_far(kpi, reached)) is not None:
                found[kpi] = best
        return found

    @staticmethod
    def _find_far(kpi, reached):
        if kpi.metric_id.higher_is_better:
            best = max(reached)
            return best if kpi.target_value > best * FAR else None
        best = min(reached)
        return best if kpi.target_value * FAR < best else None

    def _get_question(self, kpi):
        template = kpi.template_id
        company = template.company_id or self.env.company
        teams = (
            self.env["crm.team"]
            .sudo()
            ._read_group(  # sudo: see ``find``
                [("company_id", "in", (False, company.id))],
                [],
                ["id:recordset"],
            )[0][0]
        )
        if kpi.measures == "own":
            scopes = [Scope(company.id, user_id=id_) for id_ in teams.member_ids.ids]
        else:
            scopes = [Scope(company.id, team_id=id_) for id_ in teams.ids]
        return scopes, self._get_past(template.rhythm or "quarter", company)

    @staticmethod
    def _get_past(rhythm, company):
        """:return: the past periods of a rhythm, the latest first"""
        periods, day = [], company._get_sales_today()
        for _number in range(PAST[rhythm] + 1):
            period = find_period(rhythm, day, company)
            periods.append(period)
            day = period.start - DAY
        return periods[1:]
