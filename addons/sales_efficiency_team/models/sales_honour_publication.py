# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import models


class SalesHonour(models.Model):
    """Makes the winners of an approved election known."""

    _inherit = "sales.honour"  # pylint: disable=consider-merging-classes-inherited

    def _publish(self):
        """Make the winners known, with badge, post and prizes."""
        self._check_state_is("submitted")
        # sudo: approvers need not write it; that they may approve has been checked.
        honour = self.sudo().with_context(skip_validation_check=True)
        honour.write(
            {
                "state": "published",
                "published_on": honour.company_id._get_sales_today(),
            }
        )
        winners = honour.nominee_ids.filtered("is_winner")
        for winner in winners:
            if honour.show_figures:
                winner.figure = honour.metric_id._format(winner.value)
        honour._grant_badges(winners.filtered(lambda winner: winner.place == 1))
        honour._post(winners)
        honour.prize_ids._award()

    def _grant_badges(self, winners):
        if self.badge_id:
            self.env["gamification.badge.user"].create(
                [
                    {
                        "badge_id": self.badge_id.id,
                        "user_id": user.id,
                        "employee_id": user.with_company(
                            self.company_id
                        ).employee_id.id,
                        "comment": self.name,
                    }
                    for user in winners.member_ids
                ]
            )

    def _post(self, winners):
        if not self.channel_id:
            return
        lines = Markup().join(
            Markup("<li>%s %s</li>") % (winner._get_place_name(), winner._name_all())
            for winner in winners.sorted("place")
        )
        body = Markup("<p>%s</p><ul>%s</ul><p>%s</p>") % (
            self.env._("Congratulations! %s", self.name),
            lines,
            self.citation or "",
        )
        self.channel_id.message_post(body=body, message_type="comment")
