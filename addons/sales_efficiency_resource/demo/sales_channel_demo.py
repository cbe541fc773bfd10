# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# Partner, channel, salesperson, stage, days in it, regions, product lines, exclusive
MEMBERS = (
    ("maple_leaf_trading", "distributor", "amy", "active", 400, "taipei", "sensor", 1),
    (
        "bright_harbor_trading",
        "distributor",
        "amy",
        "active",
        300,
        "taipei",
        "drive",
        0,
    ),
    ("clear_sky_trading", "distributor", "kevin", "active", 250, "hsinchu", "", 0),
    ("blue_ridge_automation_agency", "agent", "kevin", "active", 500, "north", "", 0),
    ("deep_spring_automation_agency", "agent", "amy", "contract", 12, "taipei", "", 0),
    ("tidal_automation_agency", "agent", "kevin", "talks", 60, "hsinchu", "vision", 0),
    ("lion_rock_trading", "agent", "david", "prospect", 8, "", "", 0),
    ("firefly_precision", "partner", "kevin", "active", 210, "hsinchu", "control", 0),
    ("iron_oak_machine_tools", "partner", "linda", "talks", 20, "taichung", "", 0),
    ("star_river_trading", "distributor", "linda", "suspended", 25, "south", "", 0),
    ("orchid_trading", "distributor", "linda", "ended", 40, "kaohsiung", "", 0),
    ("kitagawa_shoji", "distributor", "yuki", "active", 330, "japan", "", 1),
)
REASONS = {
    "suspended": _lt("Invoices are overdue for three months."),
    "ended": _lt("Sells for a competitor now."),
}
# Channel, who plans it, regions, product lines, planned cost, state
PLANS = (
    (
        "distributor",
        "grace",
        ("north", "south", "japan"),
        ("sensor", "drive"),
        900_000,
        "running",
    ),
    (
        "agent",
        "kevin",
        ("north",),
        ("sensor", "drive", "control"),
        350_000,
        "submitted",
    ),
    ("ecommerce", "grace", ("north", "south"), ("sensor",), 200_000, "draft"),
)
POSITIONS = {
    "distributor": _lt("Stock close to small workshops, which want it tomorrow."),
    "agent": _lt("Opens doors at factories where nobody of ours is known."),
    "ecommerce": _lt("Spare parts and samples at any hour."),
}
STRATEGIES = {
    "distributor": _lt("Two distributors a region, trained twice a year."),
    "agent": _lt("Agents bring projects, and our engineers make the offer."),
    "ecommerce": _lt("Every article of the catalogue is in the shop by summer."),
}


class SalesChannelDemo(models.AbstractModel):
    """Builds the channels of the demo company."""

    _name = "sales.channel.demo"
    _description = "Channel Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True, no_mail_to_attendees=True)
        if demo.env["sales.channel.member"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        for values in MEMBERS:
            demo._create_member(*values)
        for values in PLANS:
            demo._create_plan(*values)
        demo.env["sales.mart"]._refresh()
        members = demo.env["sales.channel.member"]
        for kind in ("review", "contract"):
            due = members._get_due_ids(kind, demo.env.company)
            members.browse(due)._remind(kind)

    def _create_member(
        self, partner, channel, login, stage, days, regions, lines, exclusive
    ):
        today = fields.Date.today()
        since = today - timedelta(days=days)
        member = self.env["sales.channel.member"].create(
            {
                "partner_id": self._ref(f"customer_{partner}_demo").id,
                "channel_id": self._ref(f"channel_{channel}_demo").id,
                "user_id": self._ref(f"user_{login}_demo").id,
                "region_ids": self._refs("region", regions),
                "categ_ids": self._refs("category", lines),
            }
        )
        items = self.env["sales.channel.stage.item"].search([], limit=20)
        contracted = stage in ("active", "suspended", "ended")
        member.item_ids = (
            items
            if contracted
            else self.env.ref(
                "sales_efficiency_resource.sales_channel_stage_contract"
            ).item_ids
        )
        if contracted:
            start = since.replace(day=1)
            member.write(
                {
                    "contract_start": start,
                    "contract_end": start + relativedelta(years=2, days=-1),
                    "document_ids": [Command.create(self._prepare_contract())],
                    "review_date": today + timedelta(days=days % 60 - 10),
                }
            )
        if stage in REASONS:
            member.reason = self.env._(REASONS[stage])
        member.stage_id = self.env.ref(
            f"sales_efficiency_resource.sales_channel_stage_{stage}"
        )
        member.is_exclusive = bool(exclusive)
        member.date_last_stage_update = fields.Datetime.now() - timedelta(days=days)
        if contracted:
            member.date_active = since
            orders = self.env["sale.order"].search(
                [("partner_id", "=", member.partner_id.id), ("state", "=", "sale")]
            )
            orders.channel_member_id = member

    def _prepare_contract(self):
        return {
            "name": self.env._("Contract.txt"),
            "raw": self.env._("Signed by both parties.").encode(),
            "mimetype": "text/plain",
        }

    def _create_plan(self, channel, login, regions, lines, cost, state):
        own = self._ref(f"channel_{channel}_demo")
        plan = (
            self.env["sales.channel.plan"]
            .with_user(self._ref(f"user_{login}_demo"))
            .create(
                {
                    "channel_id": own.id,
                    "region_ids": self._refs("region", *regions),
                    "categ_ids": self._refs("category", *lines),
                    "planned_cost": cost,
                    "position": self.env._(POSITIONS[channel]),
                    "strategy": self.env._(STRATEGIES[channel]),
                    "target_domain": str([("sales_channel_id", "=", own.id)]),
                }
            )
        )
        if state == "submitted":
            plan.action_submit()
        elif state == "running":
            plan.sudo().state = "running"

    def _ref(self, name):
        return self.env.ref(f"sales_efficiency_base.{name}")

    def _refs(self, kind, *names):
        return [
            Command.set([self._ref(f"{kind}_{name}_demo").id for name in names if name])
        ]
