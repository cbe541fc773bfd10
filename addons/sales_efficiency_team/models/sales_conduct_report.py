# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from .sales_conduct_version import SALESPERSON


class SalesConductReport(models.Model):
    """Somebody tells of a breach of the rules of conduct, with proof.

    The reporter keeps the report and learns that it was received. The case that follows
    is a record of its own, made by the system: its readers do not learn from whom it
    comes, and the reporter learns nothing of it.
    """

    _name = "sales.conduct.report"
    _inherit = ["sales.guard.mixin", "sales.state.mixin"]
    _description = "Report of a Breach"
    _order = "id desc"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    reporter_id = fields.Many2one(
        comodel_name="res.users",
        string="Reported By",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id),"
        " ('id', '!=', uid)]",
        help="Who has broken the rule.",
    )
    rule_id = fields.Many2one(
        comodel_name="sales.conduct.rule",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id),"
        " ('version_id.state', '=', 'published')]",
    )
    date = fields.Date(
        string="Happened On",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
    )
    description = fields.Text(
        string="What Happened",
        required=True,
        help="The person reads this at the hearing, but not who has reported it.",
    )
    proof = fields.Text(
        required=True,
        help="Documents, messages, witnesses: how what happened can be checked. The"
        " person reads this at the hearing.",
    )
    attachment_ids = fields.Many2many(comodel_name="ir.attachment", string="Documents")
    state = fields.Selection(
        selection=[("draft", "Draft"), ("received", "Received")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    case_id = fields.Many2one(
        comodel_name="sales.conduct.case",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups="hr.group_hr_user",
    )

    @api.depends("user_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for report in self:
            report.display_name = report.user_id and self.env._(
                "Report about %(person)s, %(day)s",
                person=report.user_id.name,
                day=fields.Date.to_string(report.date),
            )

    @api.constrains("user_id", "rule_id", "date", "company_id")
    def _check_report(self):
        for report in self:
            if report.user_id == report.reporter_id:
                raise ValidationError(self.env._("Nobody reports themselves here."))
            # sudo: who works where is public within the company.
            person = report.user_id.sudo()
            if not (
                person._works_in(report.company_id) and person.has_group(SALESPERSON)
            ):
                raise ValidationError(
                    self.env._(
                        "%(person)s does not sell for %(company)s.",
                        person=report.user_id.name,
                        company=report.company_id.name,
                    )
                )
            if report.rule_id.company_id != report.company_id:
                raise ValidationError(
                    self.env._("This is not a rule of %s.", report.company_id.name)
                )
            if report.date > report.company_id._get_sales_today():
                raise ValidationError(
                    self.env._("What has not happened yet cannot be reported.")
                )

    def write(self, vals):
        if not self.env.su:
            self._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_received(self):
        self._check_is_draft()

    def action_send(self):
        """Open a case about it, which the reporter does not see."""
        self.check_access("write")
        self._check_state_is("draft")
        for report in self:
            if report.reporter_id != self.env.user:
                raise UserError(self.env._("Only its author sends a report."))
            if report.rule_id.version_id.state != "published":
                raise UserError(
                    self.env._(
                        "The rules have changed in the meantime. Choose the rule again."
                    )
                )
            superiors = report.user_id._get_sales_superiors(report.company_id)
            if superiors and not superiors - self.env.user:
                raise UserError(
                    self.env._(
                        "You are the only superior of %s, and who reports does not"
                        " decide. Ask HR to report it.",
                        report.user_id.name,
                    )
                )
            report._set_state("received")
            report._open_case()

    def _open_case(self):
        """Make the case as the system: nothing in it names the reporter."""
        report = self.with_user(SUPERUSER_ID)
        case = report.env["sales.conduct.case"].create(
            {
                "company_id": report.company_id.id,
                "user_id": report.user_id.id,
                "rule_id": report.rule_id.id,
                "draft_ids": [Command.create({"points": report.rule_id.points})],
                "date": report.date,
                "description": report.description,
                "proof": report.proof,
            }
        )
        # The author of a document is the reporter: their copies have none.
        case.attachment_ids = report.attachment_ids.copy(
            {"res_model": case._name, "res_id": case.id}
        )
        report.case_id = case
        case._ask_superior()

    def _check_is_draft(self):
        if any(report.state != "draft" for report in self):
            raise UserError(self.env._("A report that was sent does not change."))
