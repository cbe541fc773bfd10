# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import allocate, format_period

from .figure_change import FigureChange


class AdjustmentChange:
    """Applies an adjustment to its target and the related ones (policy 2.3.2).

    Parent and sibling targets change by virtue of the approval, whatever the rights of
    the requester.

    :param adjustment: a ``sales.target.adjustment`` record
    """

    def __init__(self, adjustment):
        adjustment.ensure_one()
        self.env = adjustment.env
        self._adjustment = adjustment
        # sudo: see the class; callers control who sees which figures
        self._target = adjustment.target_id.sudo()

    def get_differences(self):
        """:return: dict month -> new less current amount"""
        return {
            line.month: self._target._round(line.amount - line.present_amount)
            for line in self._adjustment.line_ids
        }

    def get_divisor(self):
        """:return: number of months over which a rate is averaged"""
        return len(self._target.month_ids) or 1

    def get_changes(self):
        """Return the changes of all targets concerned.

        :return: dict of targets -> dict month -> difference
        """
        target, differences = self._target, self.get_differences()
        changes = {target: differences}
        if not target.is_additive:
            return changes
        if self._adjustment.counterpart == "above":
            above = target.parent_id
            while above:
                changes[above] = differences
                above = above.parent_id
        elif self._adjustment.counterpart == "siblings":
            changes |= self._spread_on_siblings(differences)
        return changes

    def _spread_on_siblings(self, differences):
        target = self._target
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

    def apply(self):
        """Apply all changes to the months, or none (policy 2.3.2)."""
        change = FigureChange(self.env, self.get_changes())
        change.lock()
        self.check_still_holds()
        change.check_not_negative()
        # Before the amounts change: a decided adjustment no longer follows them.
        self._adjustment._set_state("approved")
        change.apply(self._get_message())
        self._adjustment._after_change()

    def check_still_holds(self):
        """Refuse the adjustment if plan, period or amounts have changed since."""
        target = self._target
        if target.plan_id.state != "running":
            raise UserError(
                self.env._(
                    "%(plan)s is no longer running. Its targets cannot change.",
                    plan=target.plan_id.name,
                )
            )
        if (
            min(self._adjustment.line_ids.mapped("month"))
            <= target.plan_id._get_today()
        ):
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
            for line in self._adjustment.line_ids
        ):
            raise UserError(
                self.env._(
                    "The target has changed since these figures were entered. Create"
                    " a new request."
                )
            )

    def check_not_negative(self, changes):
        """Refuse changes that would make a target negative.

        :param dict changes: see ``get_changes``
        """
        FigureChange(self.env, changes).check_not_negative()

    def _get_message(self):
        grounds = dict(
            self._adjustment._fields["ground"]._description_selection(self.env)
        )
        return self.env._(
            "Adjusted from %(month)s on, on request of %(person)s: %(ground)s.",
            month=format_period(self.env, self._adjustment.date_from),
            person=self._adjustment.user_id.name,
            ground=grounds[self._adjustment.ground],
        )
