# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain

from .sales_meeting_line import SECTIONS

# So many deviations are listed for each metric, the largest first.
LARGEST = 5
# What a line keeps of the result of its month
FIGURES = ("is_measured", "amount", "actual", "attainment", "deviation", "status")

# ... and of a warning
WARNING = ("severity", "amount", "actual", "pace", "cause", "analysis")


def section_lines(section):
    """Return the field of the lines of one section of the data pack."""
    return fields.One2many(
        comodel_name="sales.meeting.line",
        inverse_name="meeting_id",
        string=dict(SECTIONS)[section],
        domain=[("section", "=", section)],
        readonly=True,
        copy=False,
    )


class SalesMeetingPack(models.AbstractModel):
    """The data pack of a sales meeting: the figures of the day, kept (policy 2.2.1).

    Packs of any number of meetings are made by the same few queries.
    """

    _name = "sales.meeting.pack"
    _description = "Data Pack of a Sales Meeting"

    pack_date = fields.Datetime(string="Data Pack Of", readonly=True, copy=False)
    line_ids = fields.One2many(
        comodel_name="sales.meeting.line",
        inverse_name="meeting_id",
        string="Data Pack",
        readonly=True,
        copy=False,
    )
    total_line_ids = section_lines("total")
    person_line_ids = section_lines("person")
    product_line_ids = section_lines("product")
    other_line_ids = section_lines("other")
    deviation_line_ids = section_lines("deviation")
    warning_line_ids = section_lines("warning")
    problem_line_ids = section_lines("problem")
    carried_line_ids = section_lines("action")

    def _generate_pack(self):
        """Write the data packs anew from the figures of now.

        The pack is about the team, not about what who asks for it may read: the caller
        checks that they may change the meeting.
        """
        if not self:
            return
        meetings = self.sudo()
        # Of two at once, the later one is told to try again.
        meetings.lock_for_update()
        meetings.line_ids.unlink()
        lines = [
            *meetings._prepare_target_lines(),
            *meetings._prepare_warning_lines(),
            *meetings._prepare_problem_lines(),
            *meetings._prepare_action_lines(),
        ]
        meetings.env["sales.meeting.line"].create(
            [{**vals, "sequence": number} for number, vals in enumerate(lines)]
        )
        meetings.pack_date = fields.Datetime.now()
        meetings.invalidate_recordset()

    def _shows_pack(self):
        """:return: whether a print has the data pack: minutes that go to all attendees
        have it where each of them may read all of it"""
        self.ensure_one()
        is_for_all = "minutes_lang" in self.env.context
        return not is_for_all or self.company_id.sales_meeting_share_pack

    def _get_figure_sections(self):
        """:return: [(title, lines)] of the sections of targets that have lines"""
        self.ensure_one()
        labels = dict(self.line_ids._fields["section"]._description_selection(self.env))
        sections = self.line_ids.filtered("status").grouped("section")
        return [(labels[name], lines) for name, lines in sections.items()]

    # ------------------------------------------------------------------
    # What belongs to a meeting
    # ------------------------------------------------------------------

    def _get_scope_domain(self, prefix=""):
        """Return the domain of what belongs to the companies and teams that meet.

        :param str prefix: path to ``company_id``, ``team_id`` and ``user_id``
        """
        domains = []
        for meeting in self:
            domain = Domain(f"{prefix}company_id", "=", meeting.company_id.id)
            if meeting.team_id:
                domain &= Domain.OR(
                    Domain(f"{prefix}{path}", "child_of", meeting.team_id.id)
                    for path in (
                        "team_id",
                        "user_id.crm_team_member_ids.crm_team_id",
                        "user_id.sales_led_team_ids",
                    )
                )
            domains.append(domain)
        return Domain.OR(domains)

    def _is_about(self, record):
        """:return: whether a record with a scope belongs to the meeting"""
        self.ensure_one()
        if record.company_id != self.company_id:
            return False
        user = record.user_id
        teams = record.team_id | user.crm_team_ids | user.sales_led_team_ids
        return not self.team_id or any(map(self._is_about_team, teams))

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
        for meeting in self:
            monthly = results.filtered(
                lambda result, meeting=meeting: (
                    result.period == "month"
                    and result.date_from == meeting.month
                    and meeting._is_about(result)
                )
            ).sorted(self._get_target_key)
            # What they refer to is read for all meetings at once.
            monthly = monthly.with_prefetch(results._prefetch_ids)
            for section, chosen in (
                (None, monthly),
                ("deviation", self._get_largest_deviations(monthly)),
            ):
                for result in chosen:
                    vals = meeting._prepare_target_line(result, years)
                    lines.append(vals | {"section": section or vals["section"]})
        return lines

    def _search_results(self):
        months = self.mapped("month")
        periods = Domain("period", "=", "month") & Domain("date_from", "in", months)
        periods |= (
            Domain("period", "=", "year")
            & Domain("date_from", "<=", max(months))
            & Domain("date_to", ">=", min(months))
        )
        plans = Domain("plan_id.state", "in", ("running", "closed"))
        domain = plans & periods & self._get_scope_domain()
        return self.env["sales.target.result"].search(domain)

    def _get_target_key(self, result):
        """Sort by metric, and below it as targets are part of each other."""
        metric = result.metric_id
        # Numbers: as text 1000 would come before 999.
        path = result.target_id.parent_path.split("/")[:-1]
        return (metric.sequence, metric.id, [int(step) for step in path])

    def _get_largest_deviations(self, results):
        """Return what deviates most of what has no parts, for each metric.

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

    def _prepare_target_line(self, result, years):
        year = years[result.target_id]
        return {
            "meeting_id": self.id,
            "section": self._get_section(result),
            "name": result._get_scope_name(),
            "user_id": result.responsible_id.id,
            "target_id": result.target_id.id,
            "metric_id": result.metric_id.id,
            **{name: result[name] for name in FIGURES},
            "year_amount": year.amount,
            "projected": year.projected,
        }

    def _get_section(self, result):
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
        """:return: values of the lines of the warnings that are not closed"""
        alerts = self.env["sales.alert"].search(
            Domain("state", "!=", "closed")
            & Domain("target_id", "!=", False)
            & self._get_scope_domain()
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
            for meeting in self
            for alert in alerts
            if meeting._is_about(alert)
        ]

    def _prepare_problem_lines(self):
        """:return: values of the lines of what was reported since the last meeting"""
        since = self._get_last_meeting_dates()
        problems = self.env["sales.weekly.report.line"].search(
            Domain("kind", "=", "problem")
            & Domain("report_id.state", "in", ("submitted", "read"))
            & Domain("report_id.submitted_at", ">", min(since.values()))
            & self._get_scope_domain(),
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
            for meeting in self
            for problem in problems
            if problem.report_id.submitted_at > since[meeting]
            and meeting._is_about(problem)
        ]

    def _get_last_meeting_dates(self):
        """:return: dict meeting -> the one before, else when its month began"""
        held = self.search(
            [
                ("state", "=", "held"),
                ("company_id", "in", self.company_id.ids),
                ("team_id", "in", [False, *self.team_id.ids]),
            ]
        )
        return {
            meeting: max(
                (other.date for other in held if meeting._follows(other)),
                default=meeting.company_id._get_sales_moment(meeting.month),
            )
            for meeting in self
        }

    # ------------------------------------------------------------------
    # Action items
    # ------------------------------------------------------------------

    def _prepare_action_lines(self):
        """:return: values of the lines of what is still open of earlier meetings"""
        items = self.env["sales.action"].search(
            [
                ("state", "=", "open"),
                ("meeting_id.state", "=", "held"),
                ("meeting_id.company_id", "in", self.company_id.ids),
                ("meeting_id.team_id", "in", [False, *self.team_id.ids]),
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
            for meeting in self
            for item in items
            if meeting._follows(item.meeting_id)
        ]

    def _follows(self, earlier):
        """:return: whether the meeting is a later one of the same team"""
        self.ensure_one()
        return (earlier.company_id, earlier.team_id) == (
            self.company_id,
            self.team_id,
        ) and earlier.date < self.date
