# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from itertools import pairwise
from random import Random

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

from ..engine.playbook import ReadyPlaybook

# One of so many opportunities turns back, skips a stage, or gets another salesperson.
TURN_BACK, SKIP, CHANGE_HANDS = 9, 7, 8
SPAN = timedelta(days=90)
HOUR = timedelta(hours=1)


class SalesFunnelDemo(models.AbstractModel):
    """The opportunities of the demo company went through their stages, some of them not
    straight; a playbook says what they need, and something is done about lost time."""

    _name = "sales.funnel.demo"
    _description = "Funnel Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True, mail_create_nolog=True)
        playbooks = demo.env["sales.playbook"]
        if playbooks.search_count([("company_id", "=", demo.env.company.id)], limit=1):
            return  # Odoo can load demo data repeatedly
        demo._write_stays()
        demo._write_playbook()
        demo._act_on_waste()

    # ------------------------------------------------------------
    # STAYS
    # ------------------------------------------------------------

    def _write_stays(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        leads = leads.search(
            [
                ("company_id", "=", self.env.company.id),
                ("type", "=", "opportunity"),
                ("sales_opened_date", "!=", False),
            ],
            order="sales_opened_date, id",
        )
        # The same ways on each start
        random = Random(17)
        stays = {
            lead: self._invent_stays(lead, number, random)
            for number, lead in enumerate(leads)
        }
        self.env["sales.stage.history"]._replace(stays)
        self._change_hands(leads[::CHANGE_HANDS])

    def _invent_stays(self, lead, number, random):
        """:return: list of (stage, entry, leaving)"""
        now, opened = self.env.cr.now(), lead.sales_opened_date
        start = min(self.env.company._get_sales_moment(opened, 9), now - HOUR)
        end = max(lead.date_closed or now, start + HOUR)
        stages = self._get_way(lead, number)
        parts = [random.uniform(0.5, 2) for _stage in stages]
        moments, gone = [start], 0.0
        for part in parts[:-1]:
            gone += part
            moments.append(start + (end - start) * (gone / sum(parts)))
        is_open = lead.active and lead.won_status == "pending"
        moments.append(None if is_open else end)
        stays = [
            (stage, entered, left)
            for stage, (entered, left) in zip(stages, pairwise(moments), strict=True)
        ]
        if lead.won_status == "won":
            stays.append((lead.stage_id, end, None))
        return stays

    def _get_way(self, lead, number):
        """:return: list of the stages before winning"""
        before = self.env["crm.stage"].search([("is_won", "=", False)])
        before = before.filtered(lambda s: not s.team_ids or lead.team_id in s.team_ids)
        before = before[:3]
        last = lead.stage_id if lead.stage_id in before else before[-1]
        way = list(before[: before.ids.index(last.id) + 1])
        if number % TURN_BACK == 1 and len(way) > 1:
            way[-1:] = [way[-1], way[-2], way[-1]]
        elif number % SKIP == 2 and len(way) > 2:
            del way[1]
        return way

    def _change_hands(self, leads):
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_stage_history SET hand_over_count = 1 WHERE id IN (
                    SELECT MAX(id) FROM sales_stage_history
                     WHERE lead_id = ANY(%s) GROUP BY lead_id)
                """,
                leads.ids,
            )
        )

    # ------------------------------------------------------------
    # PLAYBOOK AND LOST TIME
    # ------------------------------------------------------------

    def _write_playbook(self):
        playbooks = ReadyPlaybook(self.env.company).apply()
        written = (
            (15, self.env._("Call within a day, and agree on what comes next.")),
            (25, self.env._("Ask what it costs them to leave everything as it is.")),
            (25, self.env._("Go through the offer with whoever decides.")),
        )
        # Machines take their time: only a few opportunities stay beyond these limits.
        for playbook, (longest, note) in zip(playbooks, written, strict=False):
            playbook.write({"longest_stay": longest, "note": note})
        decider = playbooks.requirement_ids.filtered(lambda r: r.kind == "decider")
        decider.is_blocking = True

    def _act_on_waste(self):
        today = self.env.company._get_sales_today()
        leader = self.env.ref("sales_efficiency_base.user_kevin_demo")
        waste = self.env["sales.waste"].create(
            {
                "code": "no_step",
                "owner_id": leader.id,
                "team_id": leader.sales_led_team_ids[:1].id,
                "date_from": today - SPAN,
                "date_to": today,
            }
        )
        self.env["sales.action"].create(
            {
                "name": self.env._(
                    "No opportunity leaves the Monday call without a date"
                ),
                "waste_id": waste.id,
                "user_id": leader.id,
                "date_deadline": today + timedelta(days=14),
            }
        )
