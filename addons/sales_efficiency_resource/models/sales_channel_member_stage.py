# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from itertools import product

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_list

from odoo.addons.sales_efficiency_base.tools import take_turns

# States in which something is agreed with a member, and what it is
BOUND = ("active", "suspended")
AREA = ("region_ids", "categ_ids")
AGREED = {*AREA, "is_exclusive", "contract_start", "contract_end"}


class SalesChannelMember(models.Model):
    """What a member needs in its stage, and who else sells in its area."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.channel.member"

    next_stage_id = fields.Many2one(
        comodel_name="sales.channel.stage", compute="_compute_next_stage_id"
    )
    missing = fields.Char(
        string="Still Needed",
        compute="_compute_missing",
        help="What the next stage needs.",
    )
    overlap = fields.Char(
        string="Others in the Area",
        compute="_compute_overlap",
        help="Active members with which the area clashes.",
    )
    next_item_ids = fields.Many2many(
        comodel_name="sales.channel.stage.item", compute="_compute_next_item_ids"
    )

    @api.depends("stage_id", "company_id")
    def _compute_next_stage_id(self):
        """The next one that leads to active members."""
        stages = self.env["sales.channel.stage"].search(
            [("kind", "in", ("prospect", "active"))]
        )
        for member in self:
            if member.stage_id.kind != "prospect":
                member.next_stage_id = False
                continue
            own = stages.filtered(
                lambda stage, member=member: (
                    not stage.company_id or stage.company_id == member.company_id
                )
            )
            later = [stage for stage in own if stage != member.stage_id]
            key = member.stage_id.sequence, member.stage_id._origin.id or 0
            member.next_stage_id = next(
                (s.id for s in later if (s.sequence, s.id) > key), False
            )

    @api.depends("stage_id", "next_stage_id")
    def _compute_next_item_ids(self):
        for member in self:
            stages = member.stage_id | member.next_stage_id
            member.next_item_ids = stages.item_ids

    @api.depends(
        "next_stage_id",
        "region_ids",
        "categ_ids",
        "contract_start",
        "document_ids",
        "review_date",
        "reason",
        "item_ids",
    )
    def _compute_missing(self):
        for member in self:
            missing = member._get_missing(member.next_stage_id)
            member.missing = format_list(self.env, missing) if missing else False

    @api.depends(
        "region_ids", "categ_ids", "is_exclusive", "channel_id", "company_id", "state"
    )
    def _compute_overlap(self):
        for member, others in self._get_overlaps().items():
            names = others.mapped("partner_id.name")
            member.overlap = format_list(self.env, names) if names else False

    @api.constrains(
        "stage_id",
        "region_ids",
        "categ_ids",
        "contract_start",
        "document_ids",
        "review_date",
        "reason",
        "item_ids",
    )
    def _check_stage(self):
        """A member has what its stage needs, as long as it is there."""
        for member in self:
            if missing := member._get_missing(member.stage_id):
                raise ValidationError(
                    self.env._(
                        "%(member)s needs for the stage %(stage)s: %(missing)s.",
                        member=member.display_name,
                        stage=member.stage_id.name,
                        missing=format_list(self.env, missing),
                    )
                )

    @api.constrains("stage_id", "company_id")
    def _check_stage_company(self):
        for member in self:
            company = member.stage_id.company_id
            if company and company != member.company_id:
                raise ValidationError(
                    self.env._(
                        "The stage %(stage)s belongs to %(company)s.",
                        stage=member.stage_id.name,
                        company=company.name,
                    )
                )

    @api.constrains(
        "region_ids", "categ_ids", "is_exclusive", "stage_id", "active", "channel_id"
    )
    def _check_exclusive(self):
        """Of two members that are both active or suspended, an exclusive one has its
        area for itself. Two at once are checked one after the other."""
        bound = self.filtered(lambda m: m.active and m.state in BOUND)
        # sudo: channels are locked by whoever brings a member into them.
        take_turns(bound.channel_id.sudo())
        for member, others in bound._get_overlaps().items():
            if others:
                raise ValidationError(
                    self.env._(
                        "%(member)s and %(other)s would sell the same product lines in"
                        " the same regions, one of them exclusively. Change the area of"
                        " one of them.",
                        member=member.display_name,
                        other=others[0].display_name,
                    )
                )

    @api.model
    def _check_moved_areas(self, name, places):
        """Check the members whose regions or lines have moved in their tree.

        :param str name: the field of the area
        """
        # sudo: an area is taken, whoever looks after the member that has it.
        members = self.sudo().search(
            [(name, "child_of", places.ids), ("state", "in", BOUND)]
        )
        members._check_exclusive()

    # ------------------------------------------------------------------
    # CRUD and actions
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members.stage_id._check_decided_here()
        return members

    def write(self, vals):
        self._check_decided(vals)
        return super().write(vals)

    def action_next_stage(self):
        """Move on to the next stage."""
        for member in self:
            if not member.next_stage_id:
                raise UserError(
                    self.env._("%s is in the last stage.", member.display_name)
                )
            member.stage_id = member.next_stage_id

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_decided(self, vals):
        """Leave to those who decide on a stage who enters it, and what is agreed with
        a bound member in it. Who is suspended or has ended comes back by them only."""
        if "stage_id" in vals:
            stage = self.env["sales.channel.stage"].browse(vals["stage_id"]).exists()
            moved = self.filtered(lambda member: member.stage_id != stage)
            if moved:
                stage._check_decided_here()
            left = moved.filtered(lambda m: m.state in ("suspended", "ended"))
            left.stage_id._check_decided_here()
        if not AGREED.isdisjoint(vals):
            bound = self.filtered(lambda member: member.state in BOUND)
            bound.stage_id._check_decided_here()
        if not vals.get("active", True) and not self.env.su:
            for member in self.filtered(lambda m: m.active and m.state in BOUND):
                raise UserError(
                    self.env._(
                        "%s is bound by its stage. End the membership before you"
                        " archive it.",
                        member.display_name,
                    )
                )

    def _get_missing(self, stage):
        """Hook: say what a member lacks for a stage.

        :return: list of labels and of items of the checklist
        """
        self.ensure_one()
        needs = [
            (stage.needs_area, self.region_ids or self.categ_ids, "region_ids"),
            (stage.needs_contract, self.contract_start, "contract_start"),
            (stage.needs_contract, self.document_ids, "document_ids"),
            (stage.needs_review, self.review_date, "review_date"),
            (stage.needs_reason, (self.reason or "").strip(), "reason"),
        ]
        missing = [
            self._fields[name]._description_string(self.env)
            for is_needed, value, name in needs
            if is_needed and not value
        ]
        undone = stage.item_ids - self.item_ids._origin
        return missing + undone.mapped("name")

    def _get_overlaps(self):
        """Find the members that are bound and sell the same in the same channel.

        :return: dict of member → others, where one of both is exclusive
        """
        # sudo: an area is taken, whoever looks after the member that has it.
        every = self.sudo()
        bound = every.search(
            [
                ("channel_id", "in", every.channel_id.ids),
                ("company_id", "in", every.company_id.ids),
                ("state", "in", BOUND),
            ]
        )
        areas = defaultdict(list)
        for id_, region, line in (bound | every._origin)._get_areas():
            areas[id_].append((region, line))
        for member in every.filtered(lambda member: member != member._origin):
            # As it is in the form
            paths = (member[name].mapped("parent_path") for name in AREA)
            regions, lines = ([path or "" for path in side] or [""] for side in paths)
            areas[member._origin.id] = list(product(regions, lines))
        return {
            member: bound.filtered(
                lambda other, member=member: (
                    other != member._origin
                    and other.channel_id == member.channel_id
                    and other.company_id == member.company_id
                    and (other.is_exclusive or member.is_exclusive)
                    and self._do_overlap(areas[member._origin.id], areas[other.id])
                )
            )
            for member in every
        }

    @staticmethod
    def _do_overlap(areas, others):
        """:return: whether regions and lines overlap, by the paths in their trees"""

        def is_within(path, other):
            return path.startswith(other) or other.startswith(path)

        return any(
            is_within(region, other_region) and is_within(line, other_line)
            for region, line in areas
            for other_region, other_line in others
        )
