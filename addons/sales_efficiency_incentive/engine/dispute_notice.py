# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
ACTIVITY = "sales_efficiency_incentive.mail_activity_type_dispute"


class DisputeNotice:
    """Tells of a dispute: officers, directors and the person.

    It names no amounts, as mails are made of it.

    :param dispute: ``sales.incentive.dispute`` record
    """

    def __init__(self, dispute):
        # sudo: neither who disputes nor who decides may see all whom this concerns.
        self._dispute = dispute.sudo()
        self.env = self._dispute.env
        self._company = self._dispute.company_id
        self._own = self._dispute._get_paid_users()

    def ask_officers(self):
        """Give each incentive officer a to-do, or else each sales director."""
        officers = self._company._get_incentive_officers() - self._own
        self._plan(
            officers or self._company._get_sales_directors() - self._own,
            lambda env: env._("Answer this dispute"),
        )

    def escalate(self):
        """Give the sales director in charge a to-do."""
        directors = self._company._get_sales_directors() - self._own
        self._plan(directors[:1], lambda env: env._("Overdue: answer this dispute"))

    def withdraw(self):
        """Nobody has to do anything any more."""
        self._dispute.activity_unlink([ACTIVITY])

    def tell_answer(self):
        self._tell(lambda env: env._("Your dispute is answered. Open it to read more."))

    def tell_overruling(self):
        self._tell(
            lambda env: env._(
                "Your dispute is still open, but the month does not wait for it."
                " Whatever comes of it is paid later."
            )
        )

    def _plan(self, users, write):
        to_dos = self.env["mail.activity"]
        to_dos.create(
            [
                to_dos._prepare_sales_to_do(
                    self._dispute,
                    user,
                    ACTIVITY,
                    summary=write(self._speak(user)),
                    date_deadline=self._dispute.date_deadline,
                )
                for user in users
            ]
        )

    def _tell(self, write):
        user = self._dispute.user_id
        if user:  # Agents have no access.
            self._dispute.message_post(
                body=write(self._speak(user)),
                partner_ids=user.partner_id.ids,
                subtype_xmlid="mail.mt_note",
            )

    def _speak(self, user):
        """:return: environment with the language of a user"""
        return self._dispute.with_context(lang=user.lang).env
