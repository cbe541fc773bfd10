# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.engine import answer_mails

from .test_sales_appraisal_concurrency import AppraisalConcurrencyCommon

CUSTOMERS, BATCH = 12, 5
EMAIL = "rating.concurrency.test"
# Asks customers as the scheduled job does, and is killed in its second batch
KILLED = f"""
from odoo.addons.sales_efficiency_base.engine import answer_mails
answer_mails.BATCH = {BATCH}
mails, batches = type(env["mail.mail"]), []
create = mails.create

def create_and_die(self, vals_list):
    made = create(self, vals_list)
    batches.append(made)
    if len(batches) == 2:
        die()
    return made

mails.create = create_and_die
env["sales.appraisal.rating"]._cron_ask()
"""


@tagged("post_install", "-at_install")
class TestSalesRatingConcurrency(AppraisalConcurrencyCommon):
    """Raters, jobs and steps of a round on connections of their own."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            customers = env["res.partner"].create(
                [
                    {"name": f"Buyer {n}", "email": f"{EMAIL}{n}@example.com"}
                    for n in range(CUSTOMERS)
                ]
            )
            self.partner_ids = customers.ids
            cycle = self._get_cycle(env)
            cycle.rating_deadline = fields.Date.add(fields.Date.today(), days=1)
            cycle.action_start_rating()
            administrator = env.ref("base.user_admin")
            appraisal = cycle.appraisal_ids.filtered(
                lambda appraisal: appraisal.user_id == administrator
            )
            env["sales.appraisal.rater"].create(
                [
                    {
                        "appraisal_id": appraisal.id,
                        "kind": "customer",
                        "partner_id": customer.id,
                    }
                    for customer in customers
                ]
            )
            ratings = env["sales.appraisal.rating"].search(
                [("appraisal_id", "=", appraisal.id)], order="id"
            )
            self.appraisal_id = appraisal.id
            self.own_id = ratings.filtered(lambda r: r.kind == "self").id
            self.rating_ids = ratings.filtered(lambda r: r.kind == "customer").ids
            self.assertEqual(len(self.rating_ids), CUSTOMERS)
            cr.commit()

    def _prepare_template(self, env):
        return {
            "part_ids": [
                Command.create({"kind": "customer", "weight": 100}),
                Command.create({"kind": "self", "weight": 0}),
            ],
            "criterion_ids": [
                Command.create({"name": "Service", "weight": 100, "for_customer": True})
            ],
        }

    def _get_cycle(self, env):
        return env["sales.appraisal.cycle"].browse(self.ids[2])

    def _forget(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.appraisal.rating"].search(
                [("appraisal_id.cycle_id", "=", self.ids[2])]
            ).unlink()
            self._find_mails(env).unlink()
            cr.execute(
                "DELETE FROM sales_answer_contact WHERE email LIKE %s", [f"{EMAIL}%"]
            )
            cr.commit()
        res = super()._forget()
        with self._connect() as cr:
            cr.execute("DELETE FROM res_partner WHERE id = ANY(%s)", [self.partner_ids])
            cr.commit()
        return res

    def _find_mails(self, env):
        return env["mail.mail"].search([("email_to", "like", EMAIL)])

    def _get_rating(self, env, number=0):
        return env["sales.appraisal.rating"].browse(self.rating_ids[number])

    def _answer(self, rating, mark):
        return rating._answer({f"mark_{rating.line_ids.id}": mark})

    # ------------------------------------------------------------------
    # Raters
    # ------------------------------------------------------------------

    def test_one_link_sent_twice_at_once_counts_once(self):
        with self._connect() as cr, self._connect() as other:
            first = self._get_rating(api.Environment(cr, SUPERUSER_ID, {}))
            self.assertTrue(self._answer(first, "5"))
            first.env.flush_all()
            second = self._get_rating(api.Environment(other, SUPERUSER_ID, {}))
            self.assertFalse(self._answer(second, "1"))
            cr.commit()
            other.rollback()
            second.env.invalidate_all()
            self.assertFalse(self._answer(second, "1"))
            self.assertEqual(second.line_ids.mark, "5")

    def test_two_raters_at_once_do_not_wait_for_each_other(self):
        with self._connect() as cr, self._connect() as other:
            env = api.Environment(cr, SUPERUSER_ID, {})
            own = env["sales.appraisal.rating"].browse(self.own_id)
            own = own.with_user(env.ref("base.user_admin"))
            own.line_ids.mark = "3"
            own.action_give()
            self.assertTrue(self._answer(self._get_rating(env), "5"))
            env.flush_all()
            other.execute("SET lock_timeout = '2s'")
            beside = api.Environment(other, SUPERUSER_ID, {})
            self.assertTrue(self._answer(self._get_rating(beside, 1), "4"))
            beside.flush_all()
            other.commit()
            cr.commit()
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            turnout = env["sales.appraisal.turnout"].search(
                [("appraisal_id", "=", self.appraisal_id)]
            )
            answered = {line.kind: line.answered for line in turnout}
            self.assertEqual(answered, {"customer": 2, "self": 1})

    # ------------------------------------------------------------------
    # Closing
    # ------------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def test_two_who_close_a_round_take_each_answer_once(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            for number in range(3):
                self._answer(self._get_rating(env, number), "4")
            cr.commit()
            self._get_cycle(env).action_calibrate()
            env.flush_all()
            self._run_beside(cr, self._refuse_to_close)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            answers = env["sales.appraisal.answer"].search(
                [("appraisal_id", "=", self.appraisal_id)]
            )
            self.assertEqual(len(answers.filtered("mark")), 3)
            self.assertEqual(len(answers), 6)

    def _refuse_to_close(self, env):
        with self.assertRaises(SerializationFailure):
            self._get_cycle(env).action_calibrate()
        env.cr.rollback()

    @mute_logger("odoo.sql_db")
    def test_an_answer_beside_the_closing_counts_or_is_refused(self):
        """It is never lost without a word."""
        with self._connect() as cr, self._connect() as other:
            late = self._get_rating(api.Environment(other, SUPERUSER_ID, {}))
            late.fetch(["answer_state"])  # The page is open.
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._get_cycle(env).action_calibrate()
            env.flush_all()
            self.assertFalse(self._answer(late, "5"))
            cr.commit()

    # ------------------------------------------------------------------
    # Jobs
    # ------------------------------------------------------------------

    def _assert_each_is_asked_once(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            asked = Counter(self._find_mails(env).mapped("email_to"))
            self.assertEqual(len(asked), CUSTOMERS)
            self.assertEqual(set(asked.values()), {1})
            ratings = env["sales.appraisal.rating"].browse(self.rating_ids)
            self.assertEqual(set(ratings.mapped("answer_state")), {"asked"})

    def test_two_jobs_at_once_ask_each_customer_once(self):
        with self._connect() as cr, self._connect() as other:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = self._get_cycle(env).company_id
            partners = env["res.partner"].browse(self.partner_ids)
            answer_mails.AnswerMails(env["sales.appraisal.rating"])._send(
                company, partners
            )
            env.flush_all()
            env_beside = api.Environment(other, SUPERUSER_ID, {})
            env_beside["sales.appraisal.rating"]._cron_ask()
            other.commit()
            cr.commit()
        self._assert_each_is_asked_once()

    @mute_logger("odoo.sql_db")
    def test_two_jobs_at_once_remind_once(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            ratings = env["sales.appraisal.rating"]
            own = ratings.browse(self.own_id)
            self.addCleanup(self._set_email, own.user_id.id, own.user_id.email)
            own.user_id.email = f"{EMAIL}@example.com"
            own._remind(own.user_id)
            env.flush_all()
            self._run_beside(cr, self._remind_again)
            cr.rollback()
            self.assertEqual(len(self._find_mails(env)), 1)

    def _set_email(self, user_id, email):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.users"].browse(user_id).email = email
            env.flush_all()
            cr.commit()

    def _remind_again(self, env):
        own = env["sales.appraisal.rating"].browse(self.own_id)
        with self.assertRaises(SerializationFailure):
            own._remind(own.user_id)
            env.flush_all()
        env.cr.rollback()

    def test_a_job_that_is_killed_goes_on_without_a_second_mail(self):
        self._run_killed(KILLED)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertEqual(len(self._find_mails(env)), BATCH)
            with patch.object(answer_mails, "BATCH", BATCH):
                env["sales.appraisal.rating"]._cron_ask()
        self._assert_each_is_asked_once()
