# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import cockpit


class SalesCockpit(models.AbstractModel):
    """The cockpit of targets: target, actual, projected landing and gaps
    (policy 2.2.2)."""

    _inherit = "sales.cockpit"

    @api.model
    def _get_choice_class(self):
        return cockpit.TargetChoice

    @api.model
    def _get_panels(self):
        return [
            *super()._get_panels(),
            cockpit.TargetHelp,
            cockpit.Plans,
            cockpit.Moved,
            cockpit.Path,
            cockpit.Gauges,
            cockpit.Metrics,
            cockpit.Chart,
            cockpit.Rankings,
            cockpit.Gaps,
            cockpit.Warnings,
            cockpit.ResultFreshness,
        ]

    # ------------------------------------------------------------------
    # Drill-down
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_figures_action(self, result_ids):
        """Return the action that opens the figures behind results.

        :param list result_ids: ids of ``sales.target.result``, all of one metric
        """
        results = self._get_results(result_ids)
        actions = [result.action_open_figures() for result in results]
        return actions[0] | {
            "domain": list(Domain.OR(Domain(action["domain"]) for action in actions))
        }

    @api.model
    @api.readonly
    def get_pipeline_action(self, result_ids):
        """Return the action that opens the opportunities of the weighted pipeline.

        :param list result_ids: ids of ``sales.target.result``
        """
        results = self._get_results(result_ids)
        return open_records(
            self.env,
            "crm.crm_lead_opportunities",
            [("id", "in", results._get_pipeline().ids)],
            name=results._fields["pipeline"]._description_string(self.env),
            views=[(False, "list"), (False, "form")],
        )

    @api.model
    def _get_results(self, result_ids):
        """:return: the results named by a client, whose input may be anything"""
        is_list = isinstance(result_ids, list | tuple)
        ids = [id_ for id_ in result_ids if type(id_) is int] if is_list else []
        results = self.env["sales.target.result"].browse(ids).exists()
        if not results:
            raise UserError(self.env._("There are no figures to open."))
        return results
