# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

# Number of deviations listed for each metric, largest first
LARGEST = 5
# Fields copied from the result of the month
FIGURES = ("is_measured", "amount", "actual", "attainment", "deviation", "status")
# Fields copied from a warning
WARNING = ("severity", "amount", "actual", "pace", "cause", "analysis")


class DataPack:
    """Prepares data packs of sales meetings from current figures (policy 2.2.1).

    The number of queries does not depend on the number of meetings.

    :param meetings: ``sales.meeting`` records, in an environment with access to all
        data of their scopes
    """

    def __init__(self, meetings):
        self.env = meetings.env
        self._meetings = meetings

    def prepare_lines(self):
        """:return: list of the values of the lines, in display order"""
        return [
            *self._prepare_target_lines(),
            *self._prepare_warning_lines(),
            *self._prepare_problem_lines(),
            *self._prepare_action_lines(),
        ]

    # ------------------------------------------------------------------
    # Targets
    # ------------------------------------------------------------------

    def _prepare_target_lines(self):
        """:return: values of the lines of targets and of the largest deviations"""
        results = self._search_results()
        years = {
            result.target_id: result for result in results if result.period == "year"
        }
        lines = []
        for meeting in self._meetings:
            monthly = results.filtered(
                lambda result, meeting=meeting: (
                    result.period == "month"
                    and result.date_from == meeting.month
                    and meeting._is_about(result)
                )
            ).sorted(self._get_target_key)
            # Prefetch related records for all meetings at once.
            monthly = monthly.with_prefetch(results._prefetch_ids)
            for section, chosen in (
                (None, monthly),
                ("deviation", self._get_largest_deviations(monthly)),
            ):
                for result in chosen:
                    vals = self._prepare_target_line(meeting, result, years)
                    lines.append(vals | {"section": section or vals["section"]})
        return lines

    def _search_results(self):
        months = self._meetings.mapped("month")
        periods = Domain("period", "=", "month") & Domain("date_from", "in", months)
        periods |= (
            Domain("period", "=", "year")
            & Domain("date_from", "<=", max(months))
            & Domain("date_to", ">=", min(months))
        )
        plans = Domain("plan_id.state", "in", ("running", "closed"))
        plans &= Domain("plan_id.purpose", "=", "sales")
        domain = plans & periods & self._meetings._get_scope_domain()
        return self.env["sales.target.result"].search(domain)

    @staticmethod
    def _get_target_key(result):
        """Return the sort key: by metric, then by the hierarchy of targets."""
        metric = result.metric_id
        # Compare as numbers: as text, 1000 sorts before 999.
        path = result.target_id.parent_path.split("/")[:-1]
        return (metric.sequence, metric.id, [int(step) for step in path])

    @staticmethod
    def _get_largest_deviations(results):
        """Return the largest deviations of each metric among targets without parts.

        :param results: ``sales.target.result`` records, sorted by metric
        """
        largest = results.browse()
        measured = results.filtered(
            lambda result: (
                result.is_measured
                and result.status != "open"
                and result.deviation
                and not result.target_id.child_ids
            )
        )
        for group in measured.grouped("metric_id").values():
            by_size = group.sorted(lambda result: -abs(result.deviation))
            largest |= by_size[:LARGEST]
        return largest

    def _prepare_target_line(self, meeting, result, years):
        year = years[result.target_id]
        return {
            "meeting_id": meeting.id,
            "section": self._get_section(result),
            "name": result._get_scope_name(),
            "user_id": result.responsible_id.id,
            "target_id": result.target_id.id,
            "metric_id": result.metric_id.id,
            **{name: result[name] for name in FIGURES},
            "year_amount": year.amount,
            "projected": year.projected,
        }

    @staticmethod
    def _get_section(result):
        breakdowns = {
            breakdown
            for name, breakdown in result._get_dimensions().items()
            if result[name]
        }
        others = breakdowns - {"organization"}
        if others:
            return "product" if others == {"product"} else "other"
        return "person" if result.user_id else "total"

    # ------------------------------------------------------------------
    # Warnings and problems
    # ------------------------------------------------------------------

    def _prepare_warning_lines(self):
        """:return: values of the lines of warnings that are not closed"""
        alerts = self.env["sales.alert"].search(
            Domain("state", "!=", "closed")
            & Domain("target_id", "!=", False)
            & self._meetings._get_scope_domain()
        )
        return [
            {
                "meeting_id": meeting.id,
                "section": "warning",
                "name": alert._get_scope_name(),
                "user_id": alert.responsible_id.id,
                "alert_id": alert.id,
                "metric_id": alert.metric_id.id,
                "is_measured": True,
                **{name: alert[name] for name in WARNING},
            }
            for meeting in self._meetings
            for alert in alerts
            if meeting._is_about(alert)
        ]

    def _prepare_problem_lines(self):
        """:return: values of the lines of problems reported since the last meeting"""
        since = self._get_last_meeting_dates()
        problems = self.env["sales.weekly.report.line"].search(
            Domain("kind", "=", "problem")
            & Domain("report_id.state", "in", ("submitted", "read"))
            & Domain("report_id.submitted_at", ">", min(since.values()))
            & self._meetings._get_scope_domain(),
            order="date_from, user_id, sequence, id",
        )
        return [
            {
                "meeting_id": meeting.id,
                "section": "problem",
                "name": " ".join(problem.name.split()),
                "user_id": problem.user_id.id,
                "report_line_id": problem.id,
                "solution": problem.solution,
            }
            for meeting in self._meetings
            for problem in problems
            if problem.report_id.submitted_at > since[meeting]
            and meeting._is_about(problem)
        ]

    def _get_last_meeting_dates(self):
        """:return: dict meeting → date of the previous one, else start of its month"""
        held = self._meetings.search(
            [
                ("state", "=", "held"),
                ("company_id", "in", self._meetings.company_id.ids),
                ("team_id", "in", [False, *self._meetings.team_id.ids]),
            ]
        )
        return {
            meeting: max(
                (other.date for other in held if meeting._follows(other)),
                default=meeting.company_id._get_sales_moment(meeting.month),
            )
            for meeting in self._meetings
        }

    # ------------------------------------------------------------------
    # Action items
    # ------------------------------------------------------------------

    def _prepare_action_lines(self):
        """:return: values of the lines of open action items of earlier meetings"""
        items = self.env["sales.action"].search(
            [
                ("state", "=", "open"),
                ("meeting_id.state", "=", "held"),
                ("meeting_id.company_id", "in", self._meetings.company_id.ids),
                ("meeting_id.team_id", "in", [False, *self._meetings.team_id.ids]),
            ]
        )
        counts = self.env["sales.meeting.line"]._count_carried(items)
        return [
            {
                "meeting_id": meeting.id,
                "section": "action",
                "name": item.name,
                "user_id": item.user_id.id,
                "action_id": item.id,
                "date_deadline": item.date_deadline,
                "carried_count": counts.get(item, 0) + 1,
            }
            for meeting in self._meetings
            for item in items
            if meeting._follows(item.meeting_id)
        ]
