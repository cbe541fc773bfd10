# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine import RaterProposal
from .sales_appraisal_cycle import MEASURED
from .sales_appraisal_kind_mixin import RATED


class SalesAppraisalRater(models.Model):
    """Who is asked to rate a person (policy 4.3.2).

    It says who is asked, never whether they have answered or what: see
    ``sales.appraisal.rating``. The name is kept as of the day, whoever leaves or is
    merged later.
    """

    _name = "sales.appraisal.rater"
    _inherit = ["sales.guard.mixin", "sales.appraisal.kind.mixin"]
    _description = "Rater"
    _order = "appraisal_id, kind, name, id"
    _fixed_fields = ("appraisal_id", "kind", "user_id", "partner_id")

    appraisal_id = fields.Many2one(
        comodel_name="sales.appraisal",
        string="Person Rated",
        required=True,
        index=True,
        ondelete="cascade",
    )
    cycle_id = fields.Many2one(related="appraisal_id.cycle_id", store=True, index=True)
    company_id = fields.Many2one(related="appraisal_id.company_id", store=True)
    kind = fields.Selection(string="Rates As")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="User",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('share', '=', False)]",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="set null",
    )
    name = fields.Char(string="Rater", readonly=True)
    # Names the rater without reference: merging two customers must not clash.
    rater_key = fields.Char(readonly=True, export_string_translation=False)

    _rater_uniq = models.UniqueIndex(
        "(appraisal_id, rater_key)", "Nobody rates the same person twice."
    )

    @api.model
    def _selection_kind(self):
        return [item for item in super()._selection_kind() if item[0] in RATED]

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("appraisal_id", "kind", "user_id", "partner_id")
    def _check_rater(self):
        for rater in self:
            if problem := rater._get_problem():
                raise ValidationError(problem)

    def _get_problem(self):
        """:return: why somebody cannot rate, or None"""
        # sudo: what is appraised by whom is part of the template.
        appraisal = self.sudo().appraisal_id
        rater = self.user_id or self.partner_id
        names = {"rater": rater.display_name, "person": appraisal.user_name}
        is_customer = self.kind == "customer"
        if is_customer == bool(self.user_id) or is_customer != bool(self.partner_id):
            return self.env._(
                "Customers rate as customers, and users as superior, peer or report."
            )
        if (self.kind == "self") != (self.user_id == appraisal.user_id):
            return self.env._(
                "%(person)s cannot rate themselves, and nobody else makes their"
                " self-appraisal.",
                **names,
            )
        if self.user_id and not self.user_id._works_in(appraisal.company_id):
            return self.env._("%(rater)s does not work here any more.", **names)
        if self.kind not in appraisal.part_ids.mapped("kind"):
            return self.env._(
                "The template of %(person)s asks no such raters. Add the part there"
                " first.",
                **names,
            )
        return None

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        raters = super().create(vals_list)
        raters._check_is_before_closing()
        for rater in raters:
            # sudo: only the program writes names.
            who = rater.sudo().user_id or rater.sudo().partner_id
            rater.sudo().write(
                {"name": who.display_name, "rater_key": f"{who._name},{who.id}"}
            )
        running = raters.filtered(lambda rater: rater._get_state() == "rating")
        self.env["sales.appraisal.rating"]._open(running)
        return raters

    def _check_is_before_closing(self):
        if any(rater._get_state() not in MEASURED for rater in self):
            raise UserError(
                self.env._("The ratings are over: nobody can be asked any more.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        """Keep whoever is asked: the number of answers would tell theirs."""
        if any(rater._get_state() != "open" for rater in self):
            raise UserError(
                self.env._(
                    "Raters can be removed only before people rate. Otherwise the"
                    " number of answers would show whether they have answered."
                )
            )

    def _get_state(self):
        # sudo: raters are managed by HR alone, who read all appraisals.
        return self.sudo().appraisal_id.state

    def _prepare_rating(self):
        """:return: the values of the rating that is asked for"""
        self.ensure_one()
        appraisal = self.appraisal_id
        return {
            "rater_id": self.id,
            "appraisal_id": appraisal.id,
            "company_id": appraisal.company_id.id,
            "person_name": appraisal.user_name,
            "user_id": self.user_id.id,
            "answer_partner_id": self.partner_id.id,
            "answer_deadline": appraisal.cycle_id.rating_deadline,
        }

    # ------------------------------------------------------------------
    # Proposal
    # ------------------------------------------------------------------

    @api.model
    def _propose(self, appraisals):
        """Add the raters that follow from team and sales, for each kind of raters that
        nobody has been chosen of."""
        raters = self.sudo()  # sudo: the sales of everybody say who knows whom.
        present = {
            (appraisal, kind)
            for appraisal, kind in raters._read_group(
                [("appraisal_id", "in", appraisals.ids)], ["appraisal_id", "kind"]
            )
        }
        return raters.create(
            [
                values
                for values in RaterProposal(appraisals).propose()
                if (appraisals.browse(values["appraisal_id"]), values["kind"])
                not in present
            ]
        )
