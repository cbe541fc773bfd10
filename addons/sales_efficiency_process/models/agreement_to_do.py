# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

TO_DO_SIGN = "sales_efficiency_process.mail_activity_type_contract_sign"


class Agreement(models.Model):
    """To-dos about contracts, without mails (policy 3.3.3)."""

    _inherit = "agreement"  # pylint: disable=consider-merging-classes-inherited

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._check_not_running()
        return super().write(vals)

    def _check_not_running(self):
        """Only directors archive what is signed and has not ended: nobody would be
        reminded of it any more."""
        if self.env.user.has_group("sales_efficiency_base.group_sales_director"):
            return
        running = self.filtered(
            lambda c: (
                not c.end_date
                or c.end_date >= c._get_contract_company()._get_sales_today()
            )
        )
        running._check_not_signed()

    def _ask_to_sign(self):
        """Tell the salesperson that it is our turn."""
        self.ensure_one()
        for user in self._get_told()[:1]:
            self._give_to_do(
                user,
                TO_DO_SIGN,
                lambda env: env._("The customer has signed: have it signed for us"),
            )

    def _get_told(self):
        """:return: the salesperson and the nearest leader, as far as they work here"""
        self.ensure_one()
        company = self._get_contract_company()
        # sudo: who leads a team is no secret.
        contract = self.sudo()
        team = contract.team_id or contract.user_id.sale_team_id
        people = contract.user_id | team._get_sales_leaders()
        people |= company._get_sales_directors()
        return people.filtered(lambda user: user._works_in(company))[:2]

    def _give_to_do(self, user, activity_type, summarise):
        """Give a user a to-do, once, without an e-mail.

        :param summarise: function from an environment in their language to the summary
        """
        self.ensure_one()
        # sudo: the to-do is that of somebody else.
        contract = self.sudo()
        given = contract.activity_search([activity_type], user_id=user.id)
        if given:
            return
        env = contract.with_context(lang=user.lang).env
        to_dos = env["mail.activity"].with_context(mail_activity_quick_update=True)
        to_dos.create(
            to_dos._prepare_sales_to_do(
                contract,
                user,
                activity_type,
                summary=summarise(env),
                date_deadline=user._get_sales_today(),
            )
        )

    def _close_to_dos(self):
        """Nothing is to be signed any more."""
        # sudo: whoever signs or cancels completes the to-dos of others.
        self.sudo().activity_unlink([TO_DO_SIGN])
