# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import open_records, take_turns


class SalesStudyResult(models.Model):
    """Groups of customers that become customer classes (policy 5.1.2, 6.2.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.study.result"

    class_ids = fields.Many2many(
        comodel_name="sales.customer.class",
        string="Customer Classes",
        readonly=True,
        groups=fields.NO_ACCESS,
    )

    def _has_customer_groups(self):
        """:return: whether the answer is that there are groups of customers"""
        return (
            self.method == "cluster"
            and self.rows == "partner_id"
            and self.state == "done"
            and self.found["result"]["clear"]
        )

    def _make_classes(self):
        """Give the customers of each group a class of its own, set by hand: rules of
        classes no longer move them. An answer does so once: then its classes are shown.

        :raise AccessError: if the user may not make classes
        :raise UserError: if there are no groups of customers
        """
        self.env["sales.customer.class"].check_access("create")
        take_turns(self)
        # sudo: only the program knows which classes an answer has made.
        if made := self.sudo().class_ids.sudo(self.env.su):
            return self._open_classes(made)
        if not self._has_customer_groups():
            raise UserError(
                self.env._(
                    "Only an answer with clear groups of customers makes classes."
                )
            )
        members, names = self._get_group_members(), self._get_answer().get_group_names()
        classes = self.env["sales.customer.class"].create(
            [
                {
                    "name": names[number],
                    "company_id": self.company_id.id,
                }
                for number in members
            ]
        )
        for class_, ids in zip(classes, members.values(), strict=True):
            partners = self.env["res.partner"].browse(ids).exists()
            partners.with_company(self.company_id).sales_class_id = class_
        # sudo: answers are not written; this says only that they have become classes.
        self.sudo().class_ids = classes
        return self._open_classes(classes)

    def _open_classes(self, classes):
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_customer_class_action",
            [("id", "in", classes.ids)],
        )

    def _get_group_members(self):
        """:return: dict number of a group → ids of its customers"""
        groups = self.found["result"]["groups"]
        members = {}
        for id_, number in zip(self.figures["keys"], groups, strict=True):
            if number is not None:
                members.setdefault(number, []).append(id_)
        return dict(sorted(members.items()))
