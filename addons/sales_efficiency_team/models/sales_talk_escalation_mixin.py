# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from operator import methodcaller

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import each_alone, take_free


class SalesTalkEscalationMixin(models.AbstractModel):
    """A talk that is not held in time: whoever is above its holder learns of it, once
    (policy 4.2.3, 4.3.3)."""

    _name = "sales.talk.escalation.mixin"
    _description = "Talk That Is Escalated"

    escalated_on = fields.Date(readonly=True, copy=False)

    @api.model
    def _cron_escalate(self):
        """Tell those above about talks that are overdue."""
        late = self.search(
            self._get_overdue_domain() & Domain("escalated_on", "=", False)
        )
        each_alone(self.env, late, methodcaller("_escalate"), take=take_free)

    def _escalate(self):
        """Give one to-do to the first above who may see to it."""
        self.ensure_one()
        today = self.company_id._get_sales_today()
        if not self._is_overdue_on(today):
            return
        superior = self._find_superior_of_holder()
        if superior:
            self._tell_overdue(superior, today)
            self.escalated_on = today

    def _find_superior_of_holder(self):
        """:return: who is next above whoever holds the talk, and sees it; HR managers
        if nobody is"""
        company, holder, person = self.company_id, self._get_holder(), self.user_id
        above = (holder or person)._get_sales_superiors(company)
        others = (above | company._get_hr_managers()) - holder - person
        readers = (u for u in others if self.with_user(u).has_access("read"))
        return next(readers, others.browse())

    def _describe_overdue(self, user):
        """:return: the summary of the to-do, in the language of its user"""
        talk = self.with_context(lang=user.lang)
        holder = self._get_holder()
        if not holder:
            return talk.env._(
                "Talk overdue, and nobody holds it: %s", talk.display_name
            )
        return talk.env._(
            "Talk overdue: %(talk)s, to be held by %(holder)s",
            talk=talk.display_name,
            holder=holder.name,
        )

    # ------------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------------

    @api.model
    def _get_overdue_domain(self):
        """:return: domain of the talks that may be overdue, wherever today is"""
        raise NotImplementedError

    def _is_overdue_on(self, day):
        """:return: whether the talk is overdue on a day of its company"""
        raise NotImplementedError

    def _get_holder(self):
        """:return: who is to hold the talk, or nobody"""
        raise NotImplementedError

    def _tell_overdue(self, user, day):
        """Give somebody the to-do."""
        raise NotImplementedError
