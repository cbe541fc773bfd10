# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from functools import partial

from odoo import api, models

from odoo.addons.sales_efficiency_base.tools import attempt

from .sales_study_result import WAITING

_logger = logging.getLogger(__name__)

# The last days of a month have been posted by then.
FIRST_DAY_OF_ASKING = 3


class SalesStudy(models.Model):
    """Studies that are asked every month."""

    _inherit = "sales.study"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _ask_subscribed(self):
        """Put the questions that are due this month into the queue."""
        studies = self.search([("is_monthly", "=", True)])
        # Nobody is there to get the answer.
        ownerless = studies.filtered(lambda study: not study.owner_id.active)
        ownerless.is_monthly = False
        studies -= ownerless
        for company, some in studies.grouped("company_id").items():
            today = company._get_sales_today()
            if today.day >= FIRST_DAY_OF_ASKING:
                month = today.replace(day=1)
                due = some.filtered(lambda study, day=month: study._is_due(day))
                for study in due.try_lock_for_update(allow_referencing=True):
                    study._ask_in(month)

    def _is_due(self, month):
        return self.subscribed_month != month and self.state not in WAITING

    def _ask_in(self, month):
        """Ask a question in a month; one that cannot be asked does not stop others."""
        if problem := attempt(self.env, partial(self._ask, is_subscribed=True)):
            _logger.warning("Study %s is not asked: %s", self.id, problem)
        self.subscribed_month = month
