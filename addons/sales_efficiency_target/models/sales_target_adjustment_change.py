# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import allocate, format_period


class SalesTargetAdjustmentChange(models.AbstractModel):
    """What an adjustment makes of its target and of those around it (policy 2.3.2)."""

    _name = "sales.target.adjustment.change"
    _description = "Changes by an Adjustment"

    def _get_differences(self):
        """:return: dict month -> new less present figure"""
        self.ensure_one()
        return {
            line.month: self.target_id._round(line.amount - line.present_amount)
            for line in self.line_ids
        }

    def _get_divisor(self):
        """:return: how many months the year of a rate is the average of"""
        self.ensure_one()
        return len(self.target_id.sudo().month_ids) or 1

    def _get_changes(self):
        """Return what the adjustment makes of all targets concerned.

        :return: dict of targets -> dict month -> difference
        """
        self.ensure_one()
        # Figures of the targets above and beside are changed by who approves, not by
        # the requester's own rights.
        target = self.target_id.sudo()
        differences = self._get_differences()
        changes = {target: differences}
        if not target.is_additive:
            return changes
        if self.counterpart == "above":
            above = target.parent_id
            while above:
                changes[above] = differences
                above = above.parent_id
        elif self.counterpart == "siblings":
            changes |= self._spread_on_siblings(target, differences)
        return changes

    def _spread_on_siblings(self, target, differences):
        siblings = target.parent_id.child_ids.filtered(
            lambda other: other != target and other.breakdown == target.breakdown
        )
        if not siblings:
            raise UserError(
                self.env._(
                    "%(target)s has no sibling targets. Choose another way to handle"
                    " the difference.",
                    target=target.display_name,
                )
            )
        changes = {sibling: {} for sibling in siblings}
        for month, difference in differences.items():
            lines = siblings.month_ids.filtered(lambda m, day=month: m.month == day)
            amounts = {line.target_id: line.amount for line in lines}
            parts = allocate(
                -difference,
                [amounts[sibling] for sibling in siblings],
                target._get_step(),
            )
            for sibling, part in zip(siblings, parts, strict=True):
                changes[sibling][month] = part
        return changes

    def _apply(self):
        """Change the months, once and for all or not at all (policy 2.3.2)."""
        self.ensure_one()
        changes = self._get_changes()
        targets = self.env["sales.target"].sudo().union(*changes)
        # Of two approvals at once the later one is told to try again: then it sees what
        # the earlier one has changed.
        targets.lock_for_update()
        self._check_still_holds()
        self._check_not_negative(changes)
        # What is decided stays as it is when the figures change next.
        self._set_state("approved")
        lines = {(line.target_id, line.month): line for line in targets.month_ids}
        for target, differences in changes.items():
            for month, difference in differences.items():
                line = lines[target, month]
                line._set_amount(target._round(line.amount + difference))
            target.message_post(body=self._get_message(), subtype_xmlid="mail.mt_note")
        self.env["sales.target.result"].sudo()._refresh(targets)

    def _check_still_holds(self):
        """Refuse what is asked of figures that have changed in the meantime."""
        self.ensure_one()
        target = self.target_id.sudo()
        if target.plan_id.state != "running":
            raise UserError(
                self.env._(
                    "%(plan)s is no longer running. Its targets cannot change.",
                    plan=target.plan_id.name,
                )
            )
        if min(self.line_ids.mapped("month")) <= target.plan_id._get_today():
            raise UserError(
                self.env._(
                    "The first of these months has begun. Create a new request for"
                    " future months only."
                )
            )
        target.month_ids.invalidate_recordset(["amount"])
        amounts = {line.month: line.amount for line in target.month_ids}
        if any(
            target._round(amounts[line.month] - line.present_amount)
            for line in self.line_ids
        ):
            raise UserError(
                self.env._(
                    "The target has changed since these figures were entered. Create"
                    " a new request."
                )
            )

    def _check_not_negative(self, changes):
        """Refuse what others would have to give who do not have it.

        :param dict changes: see ``_get_changes``
        """
        for target, differences in changes.items():
            for line in target.month_ids:
                difference = differences.get(line.month, 0.0)
                if target._round(line.amount + difference) < 0:
                    raise UserError(
                        self.env._(
                            "%(target)s would become negative in %(month)s. Change"
                            " your figures, or choose another way to handle the"
                            " difference.",
                            target=target.display_name,
                            month=format_period(self.env, line.month),
                        )
                    )

    def _get_message(self):
        grounds = dict(self._fields["ground"]._description_selection(self.env))
        return self.env._(
            "Adjusted from %(month)s on, on request of %(person)s: %(ground)s.",
            month=format_period(self.env, self.date_from),
            person=self.user_id.name,
            ground=grounds[self.ground],
        )
