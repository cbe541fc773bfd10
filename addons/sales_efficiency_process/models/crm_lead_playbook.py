# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.tools import format_list

from ..engine.playbook import PlaybookCheck

PERSON = "sales_efficiency_base.group_sales_person"
# So many opportunities are named in a message.
NAMED = 5


class CrmLead(models.Model):
    """Opportunities follow the playbook of their stage (policy 3.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "crm.lead"

    sales_playbook = fields.Json(
        string="Playbook",
        compute="_compute_sales_playbook",
        groups=PERSON,
        export_string_translation=False,
        help="What the opportunity needs in its stage and in the next one.",
    )
    sales_missing = fields.Char(
        string="Missing in This Stage", compute="_compute_sales_playbook", groups=PERSON
    )

    @api.depends("stage_id", "team_id", "company_id", "type")
    @api.depends_context("lang", "uid")
    def _compute_sales_playbook(self):
        leads = self._origin.filtered(lambda lead: lead.type == "opportunity")
        check = PlaybookCheck(leads)
        sections = {}
        if check.has_any():
            current = {lead: check.get_required(lead, lead.stage_id) for lead in leads}
            coming = {
                lead: check.get_required(lead, check.get_next_stage(lead))
                - current[lead]
                for lead in leads
            }
            both = {lead: current[lead] + coming[lead] for lead in leads}
            missing = check.find_missing(both)
            for lead in leads:
                sections[lead] = [
                    lead._describe_requirements(part[lead], missing[lead], is_current)
                    for part, is_current in ((current, True), (coming, False))
                    if part[lead]
                ]
        for lead in self:
            own = sections.get(lead._origin, [])
            lacking = [
                item["name"]
                for section in own
                if section["is_current"]
                for item in section["items"]
                if not item["is_met"]
            ]
            lead.sales_playbook = own
            lead.sales_missing = format_list(self.env, lacking) if lacking else False

    def _describe_requirements(self, requirements, missing, is_current):
        """:return: dict of what the client shows of requirements"""
        stage = self.stage_id if is_current else requirements[-1:].stage_id
        playbook = requirements.playbook_id.filtered(lambda p: p.stage_id == stage)
        return {
            "is_current": is_current,
            "stage": stage.display_name,
            "note": playbook.note or "",
            "items": [
                {
                    "id": requirement.id,
                    # sudo: names of fields are for whoever may read the opportunity.
                    "name": requirement.with_env(self.env).sudo().display_name,
                    "icon": requirement._get_kind().icon,
                    "is_met": requirement not in missing,
                    "is_blocking": requirement.is_blocking,
                }
                for requirement in requirements
                if requirement._get_kind()
            ],
        }

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        # What was lost before it came here may have lacked anything.
        leads.filtered("active")._follow_playbook({})
        return leads

    def write(self, vals):
        if {"stage_id", "type"}.isdisjoint(vals):
            return super().write(vals)
        before = {lead: lead.stage_id for lead in self if lead.type == "opportunity"}
        res = super().write(vals)
        self._follow_playbook(before)
        return res

    def _follow_playbook(self, before):
        """Refuse opportunities that came further without what their stage needs, and
        tell the user what else is missing.

        What is new in the first stage of its team has time to get what it needs there.
        Lost ones are asked as well: they may be restored where they are.
        What the system itself moves, such as imported samples, is not asked.

        :param dict before: lead -> the stage that it was in
        """
        if self.env.uid == SUPERUSER_ID:
            return
        leads = self.filtered(lambda lead: lead.type == "opportunity")
        check = PlaybookCheck(leads)
        if not check.has_any():
            return
        moved = leads.filtered(
            lambda lead: (
                check.is_ahead(lead.stage_id, before[lead])
                if lead in before
                else not check.is_first(lead)
            )
        )
        missing = check.find_missing(
            {lead: check.get_required(lead, lead.stage_id) for lead in moved}
        )
        missing = {lead: lacking for lead, lacking in missing.items() if lacking}
        blocked = {
            lead: lacking.filtered("is_blocking") for lead, lacking in missing.items()
        }
        if any(blocked.values()):
            self._refuse_stage({k: v for k, v in blocked.items() if v}, before)
        if missing:
            self.env.user._bus_send(
                "simple_notification",
                {
                    "type": "warning",
                    "title": self.env._("Still missing"),
                    "message": self._name_missing(missing),
                },
            )

    def _refuse_stage(self, blocked, before):
        """Refuse a stage, with the way to what is missing.

        :param dict blocked: lead -> what it lacks
        """
        message = self.env._(
            "The playbook asks for more before this stage.\n%s",
            self._name_missing(blocked),
        )
        there = self.browse(lead.id for lead in blocked if lead in before)
        if not there:  # Those just created do not stay.
            raise UserError(message)
        action = there._get_records_action(context={})
        refusal = RedirectWarning(message, action, self.env._("Show What Is Missing"))
        # It is no error of the server, as which Odoo would log it.
        refusal.loglevel = logging.WARNING
        raise refusal

    @api.model
    def _name_missing(self, missing):
        """:return: text that says what each opportunity lacks"""
        # sudo: see ``_describe_requirements``
        lines = [
            self.env._(
                "%(opportunity)s, %(stage)s: %(missing)s",
                opportunity=lead.display_name,
                stage=lead.stage_id.display_name,
                missing=format_list(
                    self.env,
                    [
                        requirement.with_env(self.env).sudo().display_name
                        for requirement in lacking
                    ],
                ),
            )
            for lead, lacking in list(missing.items())[:NAMED]
        ]
        if len(missing) > NAMED:
            lines.append(self.env._("and %s more", len(missing) - NAMED))
        return "\n".join(lines)
