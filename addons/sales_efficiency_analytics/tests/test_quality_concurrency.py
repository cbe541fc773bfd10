# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)

# Killed as the first of two rules has written its issues
KILLED = """
rules = type(env["sales.data.rule"])
check = rules._check
def check_and_die(self):
    check(self)
    if self.id == {rule_id}:
        die()
rules._check = check_and_die
env["sales.data.rule"]._cron_check()
"""


@tagged("post_install", "-at_install")
class TestQualityConcurrency(ConcurrencyCommon):
    """The nightly check beside another one, beside a user, and killed half way."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            rules = env["sales.data.rule"]
            others = rules.search([])
            # Nobody else's rules
            self.other_ids = others.ids
            others.active = False
            leads = env["crm.lead"].create(
                [{"name": "quality test 1"}, {"name": "quality test 2"}]
            )
            self.lead_ids = leads.ids
            rules = rules.create(
                [
                    {
                        "name": f"quality test {name}",
                        "model": "crm.lead",
                        "kind": "missing",
                        "field_name": name,
                        "domain": f"[('id', 'in', {leads.ids})]",
                    }
                    for name in ("expected_revenue", "date_deadline")
                ]
            )
            self.rule_ids = rules.ids

    def _forget(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            rules = env["sales.data.rule"].with_context(active_test=False)
            rules.browse(self.rule_ids).unlink()
            rules.browse(self.other_ids).active = True
            env["crm.lead"].browse(self.lead_ids).unlink()

    def _get_states(self):
        with self._connect() as cr:
            cr.execute(
                "SELECT state FROM sales_data_issue WHERE rule_id = ANY(%s)",
                [self.rule_ids],
            )
            return [state for [state] in cr.fetchall()]

    def _get_to_dos(self):
        with self._connect() as cr:
            cr.execute(
                "SELECT COUNT(*) FROM mail_activity WHERE active"
                " AND res_model = 'sales.data.rule' AND res_id = ANY(%s)",
                [self.rule_ids],
            )
            return cr.fetchone()[0]

    def _run(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.data.rule"]._cron_check()

    def test_two_nights_at_once_find_each_issue_once(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.mart"]._lock("sales_data_score")
            env["sales.data.rule"].browse(self.rule_ids)._check()
            self._run_beside(cr, lambda other: other["sales.data.rule"]._cron_check())
        self.assertEqual(self._get_states(), ["open"] * 4)
        self.assertEqual(self._get_to_dos(), 2)

    def test_a_process_that_is_killed_leaves_the_rest_to_the_next(self):
        self._run_killed(KILLED.format(rule_id=self.rule_ids[1]))
        self.assertEqual(self._get_states(), ["open"] * 2)
        for _time in range(2):
            self._run()
            self.assertEqual(self._get_states(), ["open"] * 4)
            self.assertEqual(self._get_to_dos(), 2)

    def test_somebody_accepts_an_issue_meanwhile(self):
        self._run()
        with self._connect() as cr, self._connect() as user_cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            rule = env["sales.data.rule"].browse(self.rule_ids[0])
            rule._check_soon()
            cr.commit()
            env["crm.lead"].browse(self.lead_ids).expected_revenue = 5
            cr.commit()
            check = type(rule)._check

            def accept_and_check(rules):
                # The snapshot of the check is older than what the user writes.
                user_cr.execute(
                    "UPDATE sales_data_issue SET state = 'accepted', note = 'x'"
                    " WHERE rule_id = %s AND state <> 'accepted'",
                    [rule.id],
                )
                user_cr.commit()
                check(rules)

            with (
                patch.object(type(rule), "_check", accept_and_check),
                mute_logger("odoo.sql_db"),
            ):
                self.assertTrue(rule._check_each())
        self.assertEqual(sorted(self._get_states()), ["closed"] * 2 + ["open"] * 2)
