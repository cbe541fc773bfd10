# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError

from odoo.addons.sales_efficiency_base.tools import Period, Scope
from odoo.addons.sales_efficiency_base.tools.period import DAY

DIRECTOR = "sales_efficiency_base.group_sales_director"
MENU = "sales_efficiency_base.menu_sales_efficiency_root"
PREFIX = "kpi_sales_"


class DigestDigest(models.Model):
    """Indicators of sales in the digests of Odoo, for sales directors (policy 6.2.2).

    The days are whole ones, so that each figure is that of the board of indicators.
    """

    _inherit = "digest.digest"

    kpi_sales_margin = fields.Boolean(string="Margin of Orders")
    kpi_sales_margin_value = fields.Monetary(
        compute="_compute_kpi_sales_margin_value", export_string_translation=False
    )
    kpi_sales_conversion_rate = fields.Boolean(string="Conversion Rate (%)")
    kpi_sales_conversion_rate_value = fields.Float(
        compute="_compute_kpi_sales_conversion_rate_value",
        export_string_translation=False,
    )
    kpi_sales_finding = fields.Boolean(string="New Findings")
    kpi_sales_finding_value = fields.Integer(
        compute="_compute_kpi_sales_finding_value", export_string_translation=False
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    # Each has a method of its own: for every column, Odoo empties the cache of the one
    # field that it reads, while the others would keep the days of another column.

    def _compute_kpi_sales_margin_value(self):
        self._measure_kpi_sales("margin")

    def _compute_kpi_sales_conversion_rate_value(self):
        self._measure_kpi_sales("conversion_rate")

    def _compute_kpi_sales_finding_value(self):
        self._check_kpi_sales_access()
        period = self._get_kpi_sales_period()
        groups = self.env["sales.finding"]._read_group(
            [("date_found", ">=", period.start), ("date_found", "<=", period.end)],
            ["company_id"],
            ["__count"],
        )
        counts = {company.id: count for company, count in groups}
        for digest in self:
            company = digest.company_id or self.env.company
            digest.kpi_sales_finding_value = counts.get(company.id, 0)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _measure_kpi_sales(self, code):
        """Set the value of a metric, by its code."""
        self._check_kpi_sales_access()
        period = self._get_kpi_sales_period()
        scopes = [Scope((digest.company_id or self.env.company).id) for digest in self]
        values = self.env["sales.metric"].ask([code], scopes, [period])
        for digest, scope in zip(self, scopes, strict=True):
            digest[f"{PREFIX}{code}_value"] = values.get((code, scope, period)) or 0

    def _compute_kpis_actions(self, company, user):
        menu = self.env.ref(MENU).id
        board = "sales_efficiency_analytics.sales_indicator_board_action"
        findings = "sales_efficiency_analytics.sales_finding_action"
        return super()._compute_kpis_actions(company, user) | {
            f"{PREFIX}margin": f"{board}?menu_id={menu}",
            f"{PREFIX}conversion_rate": f"{board}?menu_id={menu}",
            f"{PREFIX}finding": f"{findings}?menu_id={menu}",
        }

    def _get_kpi_sales_period(self):
        """:return: the days that are over of those that the digest is about"""
        start, end, _companies = self._get_kpi_compute_parameters()
        today = self.env.company._get_sales_today()
        end = (fields.Date.to_date(end) or today) - DAY
        return Period(min(fields.Date.to_date(start) or end, end), end)

    def _check_kpi_sales_access(self):
        """:raise AccessError: which leaves it out of the digest of the user"""
        if not self.env.user.has_group(DIRECTOR):
            raise AccessError(
                self.env._("Only sales directors see the figures of the company.")
            )
