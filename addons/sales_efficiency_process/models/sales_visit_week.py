# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

from ..engine.visit import WeekCandidates


class SalesVisit(models.Model):
    """Whom to visit in a week, and why (policy 3.1.3)."""

    _inherit = "sales.visit"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_week_candidates(self, week):
        """Hook for add-ons: return who should be visited.

        Each SELECT has these columns, in this order: ``partner_id`` (a customer or one
        of its people), ``reason`` (see ``_get_week_reasons``), ``money`` (what it is
        about, in company currency, may be NULL) and ``weight`` (0 to 100: how much it
        speaks for a visit).

        :param VisitWeek week: the week; only its salesperson and company are asked for
        :return: list of SELECTs
        """
        return WeekCandidates(week).select_all()

    @api.model
    def _get_week_reasons(self):
        """Hook for add-ons: return the reasons in words.

        :return: dict code -> label
        """
        return {
            "lead": self.env._("Opportunity"),
            "contact": self.env._("Contact due"),
            "quiet": self.env._("No contact for long"),
            "quotation": self.env._("Quotation expires"),
            "contract": self.env._("Contract ends"),
            "signature": self.env._("Contract to sign"),
        }

    @api.model
    def _sql_lead_value(self, alias):
        """Hook for add-ons: return what a lead is worth, in company currency: its
        priority, or as long as it has none expected revenue × probability.

        :param str alias: alias of ``crm_lead``
        """
        return SQL(
            "COALESCE(NULLIF(%(lead)s.sales_priority, 0),"
            " %(lead)s.expected_revenue * %(lead)s.probability / 100, 0)",
            lead=SQL.identifier(alias),
        )
