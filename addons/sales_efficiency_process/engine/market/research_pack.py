# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

from odoo.addons.sales_efficiency_review.engine import DataPack


class ResearchPack(DataPack):
    """Prepares the lines of data packs about market research: rounds with a conclusion
    since the meeting before."""

    def prepare_lines(self):
        """:return: list of the values of the lines, in display order"""
        since = self._get_last_meeting_dates()
        rounds = self.env["sales.research.round"].search(
            Domain("state", "=", "done")
            & Domain("conclusion", "not in", (False, ""))
            & Domain("company_id", "in", self._meetings.company_id.ids)
            & Domain("date_done", ">", min(since.values())),
            order="date_done, id",
        )
        return [
            {
                "meeting_id": meeting.id,
                "section": "research",
                "name": round_.research_id.name,
                "user_id": round_.user_id.id,
                "research_round_id": round_.id,
                "solution": round_.conclusion,
            }
            for meeting in self._meetings
            for round_ in rounds
            if round_.date_done > since[meeting] and self._concerns(meeting, round_)
        ]

    @staticmethod
    def _concerns(meeting, round_):
        """Research of no team concerns all meetings of the company."""
        if round_.company_id != meeting.company_id:
            return False
        if not (meeting.team_id and round_.team_id):
            return True
        path = (round_.team_id.parent_path or f"{round_.team_id.id}/").split("/")
        return str(meeting.team_id.id) in path
