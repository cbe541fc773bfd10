# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    addon = "sales_efficiency_resource"
    table = """
        model                                employee  salesperson  support  leader  director  hr  accountant  portal  public
        sales.budget.create                  -         -            -        -       rwc       -   -           -       -
        sales.budget.create.cost             -         -            -        -       rwcu      -   -           -       -
        sales.budget.create.line             -         -            -        -       rwcu      -   -           -       -
        sales.budget.move                    -         rwcu         rwcu     rwcu    rwcu      -   r           -       -
        sales.budget.move.line               -         rwcu         rwcu     rwcu    rwcu      -   r           -       -
        sales.channel.member                 -         rwc          rwc      rwc     rwcu      -   -           -       -
        sales.channel.plan                   -         r            r        rwc     rwcu      -   -           -       -
        sales.channel.rule                   -         -            -        -       rwcu      -   -           -       -
        sales.channel.stage                  -         r            r        r       rwcu      -   -           -       -
        sales.channel.stage.item             -         r            r        r       rwcu      -   -           -       -
        sales.contact                        -         r            r        r       r         -   -           -       -
        sales.contact.log                    -         rwc          rwc      rwc     rwc       -   -           -       -
        sales.contact.plan                   -         r            r        r       r         -   -           -       -
        sales.contact.rhythm                 -         -            -        -       r         -   -           -       -
        sales.contact.snooze                 -         rwc          rwc      rwc     rwc       -   -           -       -
        sales.customer.class                 -         r            r        r       rwcu      -   -           -       -
        sales.customer.class.field           -         r            r        r       rwcu      -   -           -       -
        sales.customer.distinct              -         -            -        rcu     rcu       -   -           -       -
        sales.customer.drop                  -         r            r        r       r         -   -           -       -
        sales.customer.duplicate             -         -            -        rwcu    rwcu      -   -           -       -
        sales.customer.event                 -         r            r        r       r         -   -           -       -
        sales.customer.file                  -         rwc          rwc      rwc     rwcu      -   -           -       -
        sales.customer.grade                 -         r            r        r       r         -   -           -       -
        sales.customer.score                 -         r            r        r       r         -   -           -       -
        sales.expense.benefit.proposal       -         -            -        rwc     rwc       -   -           -       -
        sales.expense.benefit.proposal.line  -         -            -        r       r         -   -           -       -
        sales.expense.closing                -         -            -        -       r         -   r           -       -
        sales.expense.item                   -         -            -        -       r         -   r           -       -
        sales.expense.kind                   r         r            r        r       rwcu      r   rwcu        -       -
        sales.expense.reconciliation         -         -            -        -       r         -   r           -       -
        sales.expense.rule                   -         -            -        -       rwcu      -   r           -       -
        sales.grade                          -         r            r        r       rwcu      -   -           -       -
        sales.grade.override                 -         rwc          rwc      rwc     rwcu      -   -           -       -
        sales.grading                        -         r            r        r       rwcu      -   -           -       -
        sales.grading.criterion              -         r            r        r       rwcu      -   -           -       -
        sales.grading.result                 -         r            r        r       r         -   -           -       -
        sales.grading.run                    -         r            r        r       rwcu      -   -           -       -
        sales.grading.run.criterion          -         r            r        r       r         -   -           -       -
        sales.need                           -         rwcu         rwcu     rwcu    rwcu      -   -           -       -
        sales.scorecard                      -         r            r        r       rwcu      -   -           -       -
        sales.scorecard.criterion            -         r            r        r       rwcu      -   -           -       -
        sales.scorecard.level                -         r            r        r       rwcu      -   -           -       -
        sales.scorecard.line                 -         r            r        r       r         -   -           -       -
        sales.scorecard.result               -         r            r        r       rw        -   -           -       -
        sales.scorecard.rule                 -         -            -        -       rwcu      -   -           -       -
        sales.scorecard.run                  -         -            -        -       rwcu      -   -           -       -
        sales.service.policy                 -         r            r        r       rwcu      -   -           -       -
        sales.service.policy.apply           -         -            -        -       rwc       -   -           -       -
        sales.stakeholder                    -         rwcu         rwcu     rwcu    rwcu      -   -           -       -
    """  # noqa: E501
