# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import models

ACTIVITY = "sales_efficiency_team.mail_activity_type_conduct"
# Days in which a superior decides
DECISION_DAYS = 7


class SalesConductCase(models.Model):
    """To-dos about a case, for those who see it, and without mails."""

    _inherit = "sales.conduct.case"  # pylint: disable=consider-merging-classes-inherited

    def _text(self, user, kind):
        """:return: the summary of a to-do, in the language of its user"""
        env = self.with_context(lang=user.lang).env
        return {
            "superior": env._("Decide on a conduct case"),
            "hearing": env._("Say what you have to say to a report"),
            "rejected": env._("Decide again: the decision was not approved"),
            "decision": env._("Read the decision of your conduct case"),
            "appeal": env._("Read the answer to your appeal"),
        }[kind]

    def _ask_superior(self):
        """Give the nearest superior who can decide a to-do."""
        for case in self:
            appealed = case.state == "appealed"
            judges = case._get_appeal_judges() if appealed else case._get_judges()
            if judge := judges[:1]:
                deadline = case.company_id._get_sales_today() + timedelta(
                    days=DECISION_DAYS
                )
                case._ask(judge, self._text(judge, "superior"), deadline)

    def _ask_person(self, summary, deadline=None):
        self._ask(self.user_id, summary, deadline)

    def _ask(self, user, summary, deadline=None):
        to_dos = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        today = self.company_id._get_sales_today()
        # sudo: the to-do is that of somebody else.
        to_dos.sudo().create(
            to_dos._prepare_sales_to_do(
                self,
                user,
                ACTIVITY,
                summary=summary,
                date_deadline=deadline or today + timedelta(days=DECISION_DAYS),
            )
        )

    def _done_with_to_dos(self):
        # sudo: somebody else may have had the to-do. It leaves no message.
        to_dos = self.sudo().activity_ids.filtered(lambda a: not a.tier_review_id)
        to_dos.unlink()
