# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_target.engine import Measurement

from ..engine import MonthComputation, MonthFollower, MonthOrder
from .sales_incentive_period import FOLLOWING, LOCKED

#: What is kept for good of a month that is locked
TABLES = (
    "sales_incentive_attainment",
    "sales_incentive_entry",
    "sales_incentive_pool",
)


class SalesIncentivePeriod(models.Model):
    """How the entries of a month follow the figures, until it is locked."""

    _inherit = "sales.incentive.period"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_compute(self):
        """Compute what has changed, by the results of targets as they are now."""
        commit = self.env["ir.cron"]._commit_progress
        commit()
        self.env["sales.mart"]._lock("sales_target_result")
        if MonthFollower(self.env).needs_results():
            Measurement(self.env).refresh_running()
        commit()
        self.env["sales.mart"]._lock("sales_incentive_entry")
        self._follow()
        commit()

    @api.model
    def _follow(self):
        MonthFollower(self.env).follow()

    @api.model
    def _get_following(self):
        """Return the months that nobody has approved yet."""
        is_in_approval = Domain(
            "validation_status", "in", ("waiting", "pending", "validated")
        ) & Domain("review_ids.status", "=", "approved")
        return self.search(Domain("state", "in", FOLLOWING) & ~is_in_approval)

    def _find_open(self):
        """:return: the month, or the first one after it that is not approved"""
        self.ensure_one()
        # sudo: the state of months does not depend on who asks.
        named = self.sudo()
        MonthFollower(named.env).create_missing()
        period = named.search(
            [
                ("company_id", "=", named.company_id.id),
                ("month", ">=", named.month),
                ("state", "in", FOLLOWING),
            ],
            order="month",
            limit=1,
        )
        if not period:
            raise UserError(
                self.env._("No month is open from %s on.", named.display_name)
            )
        return period.with_env(self.env)

    def _compute_entries(self, assignments=None, read=MonthComputation):
        """Compute months one after the other, each by those before it.

        :param assignments: by default all
        :param read: returns the :class:`MonthComputation` of a month
        """
        # sudo: everybody's pay follows from everybody's documents.
        for period in self.sudo().sorted("month"):
            period._hold()
            period.computed_at = fields.Datetime.now()
            period.flush_recordset(["computed_at"])
            read(period).compute(
                assignments if assignments is None else assignments.sudo()
            )
        self.invalidate_recordset()

    def _compute_now(self):
        """Bring all documents into the figures, and these into the months."""
        # sudo: the figures of everybody are refreshed.
        MonthFollower(self.sudo().env).compute_now(self.sudo())

    def _hold(self):
        """Let nobody else compute, approve or lock these months meanwhile.

        Whoever waits for them sees a serialization failure, and is tried again.
        """
        self.env["sales.mart"]._lock("sales_incentive_entry")
        self.env.cr.execute(
            SQL(
                "SELECT id FROM sales_incentive_period WHERE id = ANY(%s)"
                " ORDER BY id FOR UPDATE",
                self.ids,
            )
        )

    def _lock(self):
        """Lock the entries of an approved month."""
        self.ensure_one()
        self._hold()
        self.invalidate_recordset(["state"])
        self._check_state_is("approved")
        MonthOrder(self).check_before(LOCKED)
        for table in TABLES:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET state = 'locked' WHERE period_id = %s",
                    SQL.identifier(table),
                    self.id,
                )
            )
        # sudo: finance only reads months; that it may lock them has been checked.
        self.sudo()._set_state("locked")
        self.sudo().locked_at = fields.Datetime.now()
        self.flush_recordset()
        self.env["sales.incentive.change"]._forget(self)
        self.env["sales.incentive.entry"].invalidate_model()
        self.env["sales.incentive.payout"]._accrue(self)
