# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from operator import methodcaller

import psycopg2

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from odoo.addons.sales_efficiency_base.tools import each_alone

from ..engine import DataLog, DataToDos, RuleCheck
from ..engine.data_quality.data_to_dos import ACTIVITY

_logger = logging.getLogger(__name__)

# Tries of a check that meets somebody who accepts an issue at the same moment
TRIES = 3


class SalesDataRule(models.Model):
    """The nightly check of the rules."""

    _inherit = "sales.data.rule"  # pylint: disable=consider-merging-classes-inherited

    # ------------------------------------------------------------------
    # Scheduled work
    # ------------------------------------------------------------------

    @api.model
    def _cron_check(self):
        """Check the rules that are due, each in a transaction of its own.

        A job that is killed goes on where it was. What goes wrong with one rule stops
        no other.
        """
        due = self.search([("active", "=", True)]).filtered(lambda rule: rule._is_due())
        if due._check_each():
            self.env["sales.mart"]._lock("sales_data_score")
            self._follow_up()

    def _check_each(self):
        """:return: whether there was time for all rules"""
        return each_alone(
            self.env,
            self,
            methodcaller("_check"),
            take=methodcaller("_take"),
            tries=TRIES,
        )

    def _take(self):
        """:return: whether no other job has just checked the rule"""
        # The lock comes first in the transaction: what another job has written is seen.
        self.env["sales.mart"]._lock("sales_data_score")
        self.invalidate_recordset()
        return bool(self.exists()) and self._is_due()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _is_due(self):
        """Return whether the rule has not been checked today."""
        self.ensure_one()
        company = self.company_id or self.env.company
        return self.active and self.checked_on != company._get_sales_today()

    def _check(self):
        """Check the rules now, and note what goes wrong instead of raising it."""
        for rule in self:
            company = rule.company_id or self.env.company
            values = {"checked_on": company._get_sales_today(), "error": False}
            try:
                with self.env.cr.savepoint():
                    RuleCheck(rule.sudo()).run()  # all records are checked
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            # What an add-on that has gone takes along is named in many ways.
            except (psycopg2.Error, AttributeError, KeyError, ValueError) as error:
                _logger.warning("Data rule %s cannot be checked: %s", rule.id, error)
                values["error"] = str(error).splitlines()[0][:200]
            rule.write(values)

    @api.model
    def _follow_up(self):
        """Give the to-dos, and write the log; again does no harm."""
        DataToDos(self.env).update()
        DataLog(self.env).keep()

    def _close_issues(self):
        # sudo: rules that stop take all their issues along, whoever owns them.
        issues = self.sudo().issue_ids.filtered(lambda issue: issue.state != "closed")
        issues.write({"state": "closed", "closed_at": fields.Datetime.now()})
        self.sudo().activity_unlink([ACTIVITY])

    def _check_soon(self):
        # sudo: users cannot write the day of the check.
        self.sudo().write({"checked_on": False})
        self._trigger_check()

    @api.model
    def _trigger_check(self):
        """Have the rules checked right after this transaction."""
        cron = self.env.ref(
            "sales_efficiency_analytics.ir_cron_data_rules", raise_if_not_found=False
        )
        if cron:
            # sudo: only wakes a job that may run at any time
            cron.sudo()._trigger()
