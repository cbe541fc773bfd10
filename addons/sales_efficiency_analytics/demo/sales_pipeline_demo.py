# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

WEEKS = 40
WEEK = timedelta(weeks=1)
# By how many days an opportunity was expected to close too early; negative: too late
SHIFTS = (0, 21, -10, 0, 45, 7)
# Probability in percent at the opening and, of what was closed, before the end
LOW, HIGH = 10, 70


class SalesPipelineDemo(models.AbstractModel):
    """What the pipeline looked like in the weeks before: opportunities as they went,
    of which some were expected to close too early, and slipped."""

    _name = "sales.pipeline.demo"
    _description = "Demo Data of the Pipeline"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        snapshots = demo.env["sales.pipeline.snapshot"]
        if snapshots.search_count([("company_id", "=", demo.env.company.id)], limit=1):
            return  # Odoo can load demo data repeatedly
        demo.env["sales.mart"]._refresh()
        demo._load_snapshots()
        snapshots._take()

    def _load_snapshots(self):
        facts = self.env["sales.fact"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("source", "=", "opportunity"),
            ]
        )
        closed = {
            fact.res_id: fact.date for fact in facts if fact.event in ("won", "lost")
        }
        opened = {fact.res_id: fact for fact in facts if fact.event == "created"}
        leads = self.env["crm.lead"].with_context(active_test=False)
        today = self.env.company._get_sales_today()
        monday = today - timedelta(days=today.weekday())
        weeks = [monday - ago * WEEK for ago in range(1, WEEKS + 1)]
        vals_list = []
        for lead in leads.browse(opened).exists():
            fact, end = opened[lead.id], closed.get(lead.id)
            if end or lead.date_deadline:
                vals_list += [
                    self._prepare(lead, fact, week, end)
                    for week in weeks
                    if fact.date <= week < (end or today)
                ]
        self.env["sales.pipeline.snapshot"].create(vals_list)

    def _prepare(self, lead, fact, week, closed):
        """:param closed: the day on which it was won or lost, None if it is open"""
        today = self.env.company._get_sales_today()
        expected = closed or lead.date_deadline
        expected -= timedelta(days=SHIFTS[lead.id % len(SHIFTS)])
        if expected < week:
            # Put off again and again, as it goes
            expected = week + 3 * WEEK
        length = ((closed or today) - fact.date).days
        progress = (week - fact.date).days / max(length, 1)
        high = HIGH if closed else lead.probability
        probability = round(LOW + (high - LOW) * progress)
        stages = self.env["crm.stage"].search([("is_won", "=", False)])
        return {
            "week": week,
            "date": week,
            "company_id": fact.company_id.id,
            "currency_id": fact.currency_id.id,
            "lead_id": lead.id,
            "res_id": lead.id,
            "stage_id": stages[int(progress * (len(stages) - 1))].id,
            "amount": fact.amount,
            "probability": probability,
            "weighted_amount": fact.currency_id.round(fact.amount * probability / 100),
            "date_deadline": expected,
            "opened_date": fact.date,
            **{name: fact[name].id for name in fact._get_dimensions()},
        }
