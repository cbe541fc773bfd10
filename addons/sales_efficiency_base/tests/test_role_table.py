# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from . import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    """Nobody writes figures, directors write the configuration, all sales roles read.

    HR and accounting get no further access: they see region and channel on documents
    that they may open anyway. HR keeps the list of customers who opt out.
    """

    addon = "sales_efficiency_base"
    table = """
        model                      employee  salesperson  support  leader  director  hr    accountant  portal  public
        sales.action               -         rwcu         rwcu     rwcu    rwcu      -     -           -       -
        sales.alert                -         rw           rw       rw      rw        -     -           -       -
        sales.alert.event          -         r            r        r       r         -     -           -       -
        sales.alert.rule           -         r            r        r       rwcu      -     -           -       -
        sales.answer.contact       -         -            -        -       rwc       rwc   -           -       -
        sales.channel              r         r            r        r       rwcu      r     r           -       -
        sales.credit               -         rwcu         rwcu     rwcu    rwcu      -     -           -       -
        sales.fact                 -         r            r        r       r         -     -           -       -
        sales.fact.cell            -         -            -        -       r         -     -           -       -
        sales.fact.queue           -         -            -        -       r         -     -           -       -
        sales.fact.total           -         -            -        -       r         -     -           -       -
        sales.history.line         -         r            r        r       rwcu      -     -           -       -
        sales.import               -         -            -        -       rwcu      -     -           -       -
        sales.import.column        -         -            -        -       rw        -     -           -       -
        sales.import.mapping       -         -            -        -       rwcu      -     -           -       -
        sales.import.name          -         -            -        -       rw        -     -           -       -
        sales.import.progress      -         -            -        -       r         -     -           -       -
        sales.import.reading       -         -            -        -       rw        -     -           -       -
        sales.import.remark        -         -            -        -       r         -     -           -       -
        sales.import.total         -         -            -        -       r         -     -           -       -
        sales.mart.reconciliation  -         -            -        -       r         -     -           -       -
        sales.mart.source          -         r            r        r       rw        -     -           -       -
        sales.metric               -         r            r        r       rwcu      r     -           -       -
        sales.metric.event         -         r            r        r       r         r     -           -       -
        sales.region               r         r            r        r       rwcu      r     r           -       -
        tier.definition            r         r            r        r       rwcu      r     r           -       -
        tier.review                rwcu      rwcu         rwcu     rwcu    rwcu      rwcu  rwcu        -       -
    """  # noqa: E501
