# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    addon = "sales_efficiency_team"
    table = """
        model                             employee  salesperson  support  leader  director  hr    accountant  portal  public
        sales.appraisal                   -         r            r        r       rw        r     -           -       -
        sales.appraisal.answer            -         r            r        r       r         r     -           -       -
        sales.appraisal.correction        -         -            -        rwc     rwc       rwc   -           -       -
        sales.appraisal.criterion         -         r            r        r       rwcu      r     -           -       -
        sales.appraisal.cycle             -         r            r        r       rwcu      rwcu  -           -       -
        sales.appraisal.grade             -         r            r        r       rwcu      r     -           -       -
        sales.appraisal.kpi               -         r            r        r       r         r     -           -       -
        sales.appraisal.mark              -         r            r        r       r         r     -           -       -
        sales.appraisal.objection         -         rc           rc       rwc     rwc       r     -           -       -
        sales.appraisal.part              -         r            r        r       r         r     -           -       -
        sales.appraisal.rater             -         -            -        -       rwcu      rwcu  -           -       -
        sales.appraisal.rating            rw        rw           rw       rw      rw        rw    rw          -       -
        sales.appraisal.rating.line       rw        rw           rw       rw      rw        rw    rw          -       -
        sales.appraisal.talk              -         rw           rw       rw      rw        rw    -           -       -
        sales.appraisal.template          -         r            r        r       rwcu      r     -           -       -
        sales.appraisal.template.kpi      -         r            r        r       rwcu      r     -           -       -
        sales.appraisal.template.part     -         r            r        r       rwcu      r     -           -       -
        sales.appraisal.turnout           -         -            -        r       r         r     -           -       -
        sales.background.check            -         -            -        -       -         -     -           -       -
        sales.background.check.item       -         -            -        -       -         -     -           -       -
        sales.career.level                -         r            r        r       rwcu      rwcu  -           -       -
        sales.career.move                 -         r            r        rwcu    rwcu      rwcu  -           -       -
        sales.career.path                 -         r            r        r       rwcu      rwcu  -           -       -
        sales.career.standing             -         r            r        r       r         r     -           -       -
        sales.career.talk                 -         rw           rw       rwcu    rwcu      rwcu  -           -       -
        sales.conduct.case                -         r            r        rw      rw        r     -           -       -
        sales.conduct.confirmation        -         r            r        r       r         r     -           -       -
        sales.conduct.draft               -         -            -        -       -         -     -           -       -
        sales.conduct.hold                -         -            -        -       rwc       -     -           -       -
        sales.conduct.report              -         rwcu         rwcu     rwcu    rwcu      rwcu  -           -       -
        sales.conduct.rule                -         r            r        r       rwcu      r     -           -       -
        sales.conduct.statement           -         rwc          rwc      rwc     rwc       -     -           -       -
        sales.conduct.version             -         r            r        r       rwcu      r     -           -       -
        sales.honour                      -         r            r        r       rwcu      r     -           -       -
        sales.honour.nominee              -         r            r        r       r         r     -           -       -
        sales.honour.prize                -         r            r        r       rwcu      r     -           -       -
        sales.honour.vote                 -         r            r        r       r         r     -           -       -
        sales.improvement.goal            -         r            r        rwcu    rwcu      rwcu  -           -       -
        sales.improvement.plan            -         r            r        rwcu    rwcu      rwcu  -           -       -
        sales.incentive.award             -         -            -        -       rwcu      -     r           -       -
        sales.incentive.award.grade       -         r            r        r       rwcu      -     r           -       -
        sales.incentive.award.line        -         r            r        r       r         -     r           -       -
        sales.interview                   -         -            -        -       -         -     -           -       -
        sales.interview.score             -         -            -        -       -         -     -           -       -
        sales.interview.scorecard         -         -            -        -       -         -     -           -       -
        sales.metric                      -         r            r        r       rwcu      r     -           -       -
        sales.onboarding                  -         r            r        r       r         rwcu  -           -       -
        sales.onboarding.course           -         r            r        r       r         rwcu  -           -       -
        sales.onboarding.step             -         r            r        r       r         rwcu  -           -       -
        sales.recruitment.channel.report  -         -            -        -       r         r     -           -       -
        sales.recruitment.cost            -         -            -        -       r         rwcu  -           -       -
        sales.recruitment.referral        r         r            r        r       r         r     r           -       -
        sales.selection.criterion         -         -            -        -       -         -     -           -       -
        sales.selection.part              -         -            -        -       -         -     -           -       -
        sales.selection.result            -         -            -        -       -         -     -           -       -
        sales.selection.waiver            -         -            -        -       r         -     -           -       -
        sales.staffing.line               -         -            -        r       rwcu      rwcu  -           -       -
        sales.staffing.month              -         -            -        -       r         r     -           -       -
        sales.staffing.need               -         -            -        -       rw        rw    -           -       -
        sales.staffing.plan               -         -            -        -       rwcu      rwcu  -           -       -
        sales.staffing.report             -         -            -        r       r         r     -           -       -
        sales.training.attendance         -         rw           rw       rw      rw        rwc   -           -       -
        sales.training.course             -         r            r        r       r         rwcu  -           -       -
        sales.training.plan               -         -            -        rwcu    rwcu      rwcu  -           -       -
        sales.training.plan.line          -         -            -        rwcu    rwcu      rwcu  -           -       -
        sales.training.session            -         r            r        r       r         rwcu  -           -       -
    """  # noqa: E501
