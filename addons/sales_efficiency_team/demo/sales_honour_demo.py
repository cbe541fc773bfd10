# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY
from odoo.addons.sales_efficiency_base.tools import Period

LEADERS = ("kevin", "linda", "david")


class SalesHonourDemo(models.AbstractModel):
    """Last month's best are elected by their figures, those of the quarter before by
    the leaders, who are voting."""

    _name = "sales.honour.demo"
    _description = "Demo Data of Honours"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        if demo.env["sales.honour"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        month_end = demo.env.company._get_sales_today().replace(day=1)
        month_end -= timedelta(days=1)
        for kind in ("person", "team"):
            demo._publish(demo._elect(kind=kind, date=month_end))
        demo._open_vote()

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")

    def _elect(self, **values):
        honour = (
            self.env["sales.honour"]
            .with_user(self._user("grace"))
            .create(
                {
                    "metric_id": self.env.ref(
                        "sales_efficiency_base.sales_metric_ordered_amount"
                    ).id,
                    "nothing_open": False,
                    **values,
                }
            )
        )
        honour.action_nominate()
        return honour

    def _publish(self, honour):
        honour.show_figures = True
        honour.citation = self.env._("For sales that everybody can be proud of.")
        honour.action_submit()
        helen = self.env.ref("sales_efficiency_incentive.user_helen_demo")
        self.env.invalidate_all()
        honour.with_user(helen)._validate_tier()

    def _open_vote(self):
        """Have the leaders vote who are not nominated themselves."""
        today = self.env.company._get_sales_today()
        quarter = Period.quarter(today, self.env.company)
        prize = {
            "kind": "course",
            "description": self.env._("A course of one's own choice"),
        }
        honour = self._elect(
            rhythm="quarter",
            date=quarter.start - timedelta(days=1),
            prize_ids=[Command.create(prize)],
        )
        first = honour.nominee_ids.filtered(
            lambda nominee: 0 < nominee.rank <= honour.shortlist_count
        ).user_id
        leaders = self.env["res.users"].union(*map(self._user, LEADERS))
        helen = self.env.ref("sales_efficiency_incentive.user_helen_demo")
        honour.action_reset()
        honour.write(
            {
                "jury_ids": [Command.set((leaders - first + helen).ids)],
                "vote_deadline": today + timedelta(days=7),
            }
        )
        honour.action_nominate()
