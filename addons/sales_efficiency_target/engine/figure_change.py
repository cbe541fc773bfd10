# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import format_period


class FigureChange:
    """Changes months of running targets by virtue of an approval, all or none
    (policy 2.3.2).

    The original figures of the targets are kept.

    :param env: environment of whoever has approved
    :param dict changes: targets as superuser -> dict month -> difference
    """

    def __init__(self, env, changes):
        self.env = env
        self._changes = changes
        # sudo: the callers have checked the approval.
        self.targets = env["sales.target"].sudo().union(*changes)

    def lock(self):
        """Have the later of two concurrent approvals retry: it then sees the changes of
        the earlier one."""
        self.targets.lock_for_update()
        self.targets.month_ids.invalidate_recordset(["amount"])

    def check_not_negative(self):
        """Refuse changes that would make a target negative."""
        for target, differences in self._changes.items():
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

    def apply(self, message):
        """Write the months, and measure the targets anew.

        :param message: what to note on each target
        """
        lines = {(line.target_id, line.month): line for line in self.targets.month_ids}
        for target, differences in self._changes.items():
            for month, difference in differences.items():
                line = lines[target, month]
                line._set_amount(target._round(line.amount + difference))
            target.message_post(body=message, subtype_xmlid="mail.mt_note")
        # sudo: users have no right to write results.
        self.env["sales.target.result"].sudo()._refresh(self.targets)
