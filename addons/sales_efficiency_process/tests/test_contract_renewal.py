# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .deal_common import DealCommon

RENEW = "sales_efficiency_process.mail_activity_type_contract_renew"
SIGN = "sales_efficiency_process.mail_activity_type_contract_sign"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestContractRenewal(DealCommon):
    """Notice before the end, successors, and what is agreed but not signed (3.3.3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rendered = cls._render()
        rendered.start()
        cls.addClassCleanup(rendered.stop)

    def _sign(self, **values):
        contract = self._send_to_sign(self._review(self._create_contract(**values)))
        self._upload(contract, self._create_pdf()).action_upload()
        self.env.invalidate_all()
        return contract

    def _remind(self, day):
        cron = self.env.ref("sales_efficiency_process.ir_cron_contract")
        with freeze_time(f"{day} 12:00:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _get_to_dos(self, contract, activity_type):
        return contract.sudo().activity_search([activity_type])

    def test_60_days_before_the_end(self):
        contract = self._create_contract()
        self.assertEqual(contract.notice_days, 60)
        self.assertEqual(contract.notice_date, date(2027, 1, 30))
        contract.notice_days = 0
        self.assertFalse(contract.notice_date)

    def test_a_contract_signed_before_takes_its_end_and_its_notice(self):
        """Agreements that there are when the add-on is installed have neither."""
        contract = self._create_contract(end_date=False, notice_days=0)
        contract.sudo().with_context(skip_validation_check=True).write(
            {"state": "signed", "signature_date": "2025-04-01"}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with Form(contract, "agreement.agreement_form") as form:
            form.end_date = date(2027, 3, 31)
            form.notice_days = 90
        self.assertEqual(contract.notice_date, date(2026, 12, 31))
        with self.assertRaisesRegex(UserError, "does not change any more"):
            contract.end_date = "2028-03-31"
        self._remind("2026-12-31")
        self.assertTrue(self._get_to_dos(contract, RENEW))

    def test_the_notice_of_a_signed_contract_changes_its_end_does_not(self):
        contract = self._sign()
        contract.notice_days = 90
        self.assertEqual(contract.notice_date, date(2026, 12, 31))
        endless = self._sign(end_date=False)
        with self.assertRaisesRegex(UserError, "does not change any more"):
            endless.end_date = "2028-03-31"

    def test_the_salesperson_is_reminded_once(self):
        contract = self._sign()
        self._remind("2027-01-29")
        self.assertFalse(self._get_to_dos(contract, RENEW))
        self._remind("2027-01-30")
        to_do = self._get_to_dos(contract, RENEW)
        self.assertEqual(to_do.user_id, self.salesperson)
        self.assertEqual(contract.notice_told_on, date(2027, 1, 30))
        to_do.action_feedback()
        self._remind("2027-01-31")
        self.assertFalse(self._get_to_dos(contract, RENEW))

    def test_the_leader_is_reminded_of_contracts_of_who_has_left(self):
        contract = self._sign()
        self.salesperson.active = False
        self._remind("2027-02-01")
        self.assertEqual(self._get_to_dos(contract, RENEW).user_id, self.leader)

    def test_the_customer_is_asked_only_if_it_is_wished(self):
        silent, asked = self._sign(), self._sign(notice_mail=True)
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        self._remind("2027-01-30")
        sent = mails.search([]) - before
        self.assertEqual(sent.mapped("res_id"), asked.ids)
        self.assertIn(asked.code, sent.subject)
        self.assertNotIn(silent.code, sent.subject)

    def test_a_template_that_fails_keeps_no_reminder_back(self):
        first = self._sign(notice_mail=True, end_date="2027-03-30")
        second = self._sign(notice_mail=True)

        def fail(template, *args, **kwargs):
            raise UserError(template.name)

        with (
            patch.object(type(self.env["mail.template"]), "send_mail", fail),
            self.assertLogs("odoo.addons.sales_efficiency_process", "ERROR") as logs,
        ):
            self._remind("2027-01-30")
        self.assertEqual(len(logs.output), 2)
        for contract in first + second:
            self.assertTrue(self._get_to_dos(contract, RENEW))
            self.assertEqual(contract.notice_told_on, date(2027, 1, 30))

    def test_a_contract_that_fails_keeps_no_other_back(self):
        first, second = self._sign(end_date="2027-03-30"), self._sign()
        contracts = type(self.env["agreement"])
        give = contracts._give_to_do

        def fail(contract, *args):
            if contract.id == first.id:
                raise ValueError(contract)
            give(contract, *args)

        with (
            patch.object(contracts, "_give_to_do", fail),
            mute_logger("odoo.addons.sales_efficiency_base.tools.each_alone"),
        ):
            self._remind("2027-01-30")
        self.assertFalse(first.notice_told_on)
        self.assertTrue(self._get_to_dos(second, RENEW))
        self._remind("2027-01-31")
        self.assertTrue(self._get_to_dos(first, RENEW))

    def test_the_day_is_that_of_the_company(self):
        contract = self._sign()
        self.company.sales_tz = "Asia/Taipei"
        cron = self.env.ref("sales_efficiency_process.ir_cron_contract")
        with freeze_time("2027-01-29 15:30:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(self._get_to_dos(contract, RENEW))
        with freeze_time("2027-01-29 16:30:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertTrue(self._get_to_dos(contract, RENEW))

    def test_renewing_makes_the_successor(self):
        contract = self._sign()
        self._remind("2027-01-30")
        action = contract.action_renew()
        successor = self.env["agreement"].browse(action["res_id"])
        self.assertRecordValues(
            successor,
            [
                {
                    "state": "draft",
                    "start_date": date(2027, 4, 1),
                    "end_date": date(2028, 3, 31),
                    "previous_id": contract.id,
                    "partner_id": self.customer_north.id,
                    "signature_date": False,
                    "name": contract.name,
                }
            ],
        )
        self.assertEqual(successor.check_ids.mapped("state"), ["open", "open"])
        self.assertEqual(contract.successor_id, successor)
        self.assertFalse(self._get_to_dos(contract, RENEW))
        with self.assertRaisesRegex(UserError, "renewed by"):
            contract.action_renew()

    def test_a_cancelled_successor_is_none(self):
        contract = self._sign()
        first = self.env["agreement"].browse(contract.action_renew()["res_id"])
        first.with_user(self.salesperson).action_cancel()
        self.env.invalidate_all()
        self.assertFalse(contract.successor_id)
        contract.action_renew()

    def test_what_is_renewed_is_not_reminded_of(self):
        contract = self._sign()
        contract.action_renew()
        self._remind("2027-01-30")
        self.assertFalse(self._get_to_dos(contract, RENEW))

    def test_a_draft_is_not_renewed(self):
        with self.assertRaisesRegex(UserError, "no longer Signed"):
            self._create_contract().action_renew()

    def test_a_contract_without_end_is_not_renewed(self):
        contract = self._sign(end_date=False)
        self.assertFalse(contract.notice_date)
        with self.assertRaisesRegex(UserError, "no end"):
            contract.action_renew()

    def test_only_directors_archive_what_has_not_ended(self):
        contract = self._sign()
        ended = self._sign(start_date="2025-10-15", end_date="2026-10-14")
        with self.assertRaisesRegex(UserError, "does not change any more"):
            contract.action_archive()
        ended.action_archive()
        contract.with_user(self.director).action_archive()
        self.assertFalse((contract + ended).filtered("active"))

    # ------------------------------------------------------------------
    # Agreed, but not signed
    # ------------------------------------------------------------------

    def test_agreed_but_unsigned_is_told(self):
        """Five working days after Thursday the 15th are over on Thursday the 22nd."""
        contract = self._create_contract(agreed_on="2026-10-15")
        self.assertEqual(contract.sign_by, date(2026, 10, 22))
        self._remind("2026-10-22")
        self.assertFalse(self._get_to_dos(contract, SIGN))
        self._remind("2026-10-23")
        told = self._get_to_dos(contract, SIGN).user_id
        self.assertEqual(told, self.salesperson + self.leader)
        self._remind("2026-10-24")
        self.assertEqual(len(self._get_to_dos(contract, SIGN)), 2)

    def test_more_days_allowed_are_allowed_for_what_is_not_signed(self):
        signed = self._sign()
        contract = self._create_contract(agreed_on="2026-10-15")
        self.assertEqual(signed.sign_by, date(2026, 10, 22))
        self.company.sales_contract_unsigned_days = 10
        self.assertEqual(contract.sign_by, date(2026, 10, 29))
        self.assertEqual(signed.sign_by, date(2026, 10, 22))

    def test_it_is_told_also_while_it_is_being_reviewed(self):
        contract = self._create_contract(agreed_on="2026-10-15")
        self._check(contract).action_submit()
        self._remind("2026-10-23")
        self.assertTrue(self._get_to_dos(contract, SIGN))
        self.assertEqual(contract.state, "submitted")

    def test_holidays_are_no_working_days(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": "2026-10-16 00:00:00",
                "date_to": "2026-10-16 23:59:59",
            }
        )
        contract = self._create_contract(agreed_on="2026-10-15")
        self.assertEqual(contract.sign_by, date(2026, 10, 23))

    def test_what_is_signed_is_not_told(self):
        contract = self._sign()
        self._remind("2026-12-01")
        self.assertFalse(self._get_to_dos(contract, SIGN))

    def test_signing_completes_the_to_dos(self):
        contract = self._send_to_sign(self._review(self._create_contract()))
        self._remind("2026-10-23")
        self.assertTrue(self._get_to_dos(contract, SIGN))
        self._upload(contract, self._create_pdf()).action_upload()
        self.assertFalse(self._get_to_dos(contract, SIGN))

    def test_whoever_confirms_an_order_has_agreed(self):
        order = self._create_offer((10, 100.0)).with_user(self.salesperson)
        order.action_make_contract()
        contract = order.sales_contract_id
        self.assertFalse(contract.agreed_on)
        order.action_confirm()
        self._remind("2026-10-16")
        self.assertEqual(contract.agreed_on, date(2026, 10, 15))
        self._remind("2026-10-23")
        self.assertTrue(self._get_to_dos(contract, SIGN))

    def test_agreements_with_suppliers_are_not_told_of(self):
        agreement = self.env["agreement"].create(
            {
                "name": "Supplier",
                "code": "S1",
                "domain": "purchase",
                "agreed_on": "2026-09-01",
                "end_date": "2026-11-01",
            }
        )
        self._remind("2026-10-23")
        self.assertFalse(agreement.activity_ids)
