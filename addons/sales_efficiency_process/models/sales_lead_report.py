# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records
from odoo.addons.sales_efficiency_resource.engine.expense import BenefitSheet

from ..engine.market import LeadBoard, LeadChoice


class SalesLeadReport(models.AbstractModel):
    """Which sources bring leads, what they cost and what they return (policy 3.1.2).

    Directors see the company, leaders the teams that they lead, salespeople their own
    leads. Cost belongs to no team: it is known of the company.
    """

    _name = "sales.lead.report"
    _description = "Report on Lead Sources"

    @api.model
    @api.readonly
    def get_board(self, **asked):
        """Return the content of the report.

        :param asked: see :class:`LeadChoice`
        :return: dict of the choices, the current ones, and ``columns``, ``rows`` and
            ``charts``
        """
        choice = self._choose(asked)
        return {
            **choice.describe(),
            **LeadBoard(choice).get_data(),
            "can_open": self.env["sales.fact"].has_access("read"),
            "can_propose": False,
        }

    @api.model
    @api.readonly
    def action_open_figures(self, record_id=None, **asked):
        """Show the figures behind a row of the report, or behind all of them.

        :param int record_id: source, medium or campaign
        """
        choice = self._choose(asked)
        is_row = isinstance(record_id, int) and record_id
        return open_records(
            self.env,
            "sales_efficiency_base.sales_fact_action",
            choice.get_facts_domain(choice.span)
            & self._get_figures_domain(choice.by, record_id if is_row else None),
            name=self.env._("Figures"),
            context={"search_default_group_by_event": 1},
        )

    @api.model
    def _get_figures_domain(self, by, record_id):
        """Return the domain of leads, of what came of them, and of what they cost."""
        figures = Domain("event", "in", ("lead", "created", "won", "lost", "lead_cost"))
        spent = Domain("event", "=", "spent") & Domain("campaign_id", "!=", False)
        if record_id:
            figures &= Domain(by, "=", record_id)
            # Expenses lie where the leads of their campaign come from.
            place = {
                "utm_source_id": "campaign_id.sales_source_id",
                "utm_medium_id": "campaign_id.sales_medium_id",
            }.get(by, by)
            spent &= Domain(place, "=", record_id)
        return figures | spent

    @api.model
    def _get_sheet(self, asked):
        """:return: name and content of the report as a workbook"""
        choice = self._choose(asked)
        data = {**choice.describe(), **LeadBoard(choice).get_data(length=None)}
        scope = next(s["name"] for s in data["scopes"] if s["id"] == data["scope"])
        title = self.env._("Lead Sources")
        lines = [
            title,
            f"{choice.company.name}, {choice.company.currency_id.name}",
            f"{scope}, {data['period']['name']}",
            data["basis"],
        ]
        decimals = choice.company.currency_id.decimal_places
        sheet = BenefitSheet(data, choice.columns[choice.by], lines, decimals)
        return f"{title}.xlsx", sheet.get_content()

    @api.model
    def _choose(self, asked):
        if not self.env.user.has_group("sales_efficiency_base.group_sales_person"):
            raise AccessError(self.env._("Only sales roles see the sources of leads."))
        return LeadChoice(self.env, asked)
