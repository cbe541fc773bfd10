# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Domain

from .customer_work import ORDERED

HAND_OVER = "sales_efficiency_analytics.mail_activity_type_hand_over"


class HandOver:
    """Gives customers to other people, and takes them back.

    What changes is noted record by record, so that it can be undone. What somebody has
    changed in the meantime is left alone. Orders, and the credit for them, stay as they
    are.

    :param allocation: the scenario, in the environment of a user who may write
        customers and opportunities
    """

    def __init__(self, allocation):
        self._allocation = allocation
        self.env = allocation.env

    # ------------------------------------------------------------------
    # Apply
    # ------------------------------------------------------------------

    def apply(self):
        """Put the scenario into effect.

        :return: the customers that are left alone: somebody else has been given them
            meanwhile, they were archived, or the new person has left
        """
        moves = self._allocation.line_ids.filtered("is_move")
        company = self._allocation.company_id
        kept = moves.filtered(
            lambda line: line.partner_id.active
            and line.partner_id.user_id == line.user_id
            and line.final_id._works_in(company)
        )
        for (old, new), lines in kept.grouped(
            lambda line: (line.user_id, line.final_id)
        ).items():
            self._move(lines.partner_id, old, new)
        if self._allocation.hand_over_days:
            self._plan_to_dos(kept)
        return (moves - kept).partner_id

    def _move(self, customers, old, new):
        """Move customers of one person, and what belongs to them, to another."""
        contacts = self._get_contacts(customers, old)
        self._change(contacts, new)
        if not old:
            return
        opportunities = self.env["crm.lead"]
        if self._allocation.moves_opportunities:
            opportunities = self._find_opportunities(customers, old)
            self._change(opportunities, new)
        if self._allocation.moves_to_dos:
            self._change(self._find_to_dos(contacts, opportunities, old), new)

    def _get_contacts(self, customers, old):
        """:return: the customers, and those of their contacts that are with the same
        person; subsidiaries are customers of their own"""
        if not old:
            return customers
        return self.env["res.partner"].search(
            Domain("commercial_partner_id", "in", customers.ids)
            & Domain("user_id", "=", old.id)
        )

    def _find_opportunities(self, customers, old):
        return self.env["crm.lead"].search(
            Domain("type", "=", "opportunity")
            & Domain("won_status", "=", "pending")
            & Domain("user_id", "=", old.id)
            & Domain("company_id", "in", (False, self._allocation.company_id.id))
            & Domain("partner_id.commercial_partner_id", "in", customers.ids)
        )

    def _change(self, records, new):
        """Write the new person, and note who it was before."""
        if not records:
            return
        # sudo: nobody writes these notes; they are of what the user writes below.
        changes = self.env["sales.allocation.change"].sudo()
        changes.create(
            [
                {
                    "allocation_id": self._allocation.id,
                    "res_model": record._name,
                    "res_id": record.id,
                    "old_user_id": record.user_id.id,
                    "new_user_id": new.id,
                    "old_team_id": record.team_id.id
                    if record._name == "crm.lead"
                    else False,
                }
                for record in records
            ]
        )
        self._write(records, {"user_id": new.id})

    @staticmethod
    def _write(records, values):
        # One to-do for each customer tells of it, not an e-mail for each record.
        quiet = records.with_context(
            mail_auto_subscribe_no_notify=True, mail_activity_quick_update=True
        )
        quiet.write(values)

    # ------------------------------------------------------------------
    # Undo
    # ------------------------------------------------------------------

    def undo(self):
        """Give everything back, except what somebody has changed since.

        :return: number of records that stay as they are
        """
        changes = self._allocation.change_ids.filtered(lambda c: not c.is_undone)
        left = 0
        groups = changes.grouped(
            lambda c: (c.res_model, c.old_user_id, c.new_user_id, c.old_team_id)
        )
        for (model, old, new, team), some in groups.items():
            records = self.env[model].browse(some.mapped("res_id")).exists()
            same = self._filter_unchanged(records, new)
            left += len(some) - len(same)
            if not same:
                continue
            self._write(same, {"user_id": old.id})
            if model == "crm.lead" and team:
                self._write(same, {"team_id": team.id})
            # sudo: as in _change
            some.sudo().filtered_domain([("res_id", "in", same.ids)]).is_undone = True
        self._drop_to_dos()
        return left

    @staticmethod
    def _filter_unchanged(records, new):
        """:return: the records that are still open, and still with the new person"""
        same = records.filtered(lambda record: record.user_id == new and record.active)
        if same._name == "crm.lead":
            same = same.filtered(lambda lead: lead.won_status == "pending")
        return same

    def find_sold(self):
        """:return: the customers to whom the new person has sold since"""
        allocation = self._allocation
        # Figures may lag behind by minutes. sudo: the mart is for all.
        self.env["sales.mart"].sudo()._refresh()
        moves = allocation.line_ids.filtered("is_move")
        groups = self.env["sales.fact"]._read_group(
            self.env.ref(ORDERED)._get_facts_domain()
            & Domain("company_id", "=", allocation.company_id.id)
            & Domain("date", ">=", allocation.date_applied)
            & Domain("partner_id", "in", moves.partner_id.ids)
            & Domain("user_id", "in", moves.final_id.ids),
            ["partner_id", "user_id"],
        )
        new = {line.partner_id: line.final_id for line in moves}
        return self.env["res.partner"].union(
            *(partner for partner, user in groups if new[partner] == user)
        )

    # ------------------------------------------------------------------
    # To-dos
    # ------------------------------------------------------------------

    def _find_to_dos(self, contacts, opportunities, old):
        """:return: open to-dos of the former person; reviews stay where they are, and
        those of planned contacts follow the salesperson by themselves"""
        return self.env["mail.activity"].search(
            Domain("user_id", "=", old.id)
            & Domain("tier_review_id", "=", False)
            & Domain("sales_contact_plan_id", "=", False)
            & (
                (
                    Domain("res_model", "=", "res.partner")
                    & Domain("res_id", "in", contacts.ids)
                )
                | (
                    Domain("res_model", "=", "crm.lead")
                    & Domain("res_id", "in", opportunities.ids)
                )
            )
        )

    def _plan_to_dos(self, lines):
        """Ask the new people to take over, and tell them from whom."""
        to_dos = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        deadline = self._allocation.company_id._get_sales_today() + timedelta(
            days=self._allocation.hand_over_days
        )
        to_dos.create(
            [
                to_dos._prepare_sales_to_do(
                    line.partner_id,
                    line.final_id,
                    HAND_OVER,
                    summary=self._get_summary(line),
                    date_deadline=deadline,
                    sales_allocation_id=self._allocation.id,
                )
                for line in lines
            ]
        )

    def _get_summary(self, line):
        """:return: what to do, in the language of the new person"""
        env = self.env(context={**self.env.context, "lang": line.final_id.lang})
        if not line.user_id:
            return env._("Get to know the customer")
        return env._("Take over from %s", line.user_id.name)

    def _drop_to_dos(self):
        to_dos = self.env["mail.activity"].search(
            [("sales_allocation_id", "=", self._allocation.id)]
        )
        to_dos.unlink()
