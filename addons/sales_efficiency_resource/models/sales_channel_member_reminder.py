# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL, format_date

BATCH = 200
# Days before a review
REVIEW_NOTICE = 7
ACTIVITY = "sales_efficiency_resource.mail_activity_type_channel_%s"


class SalesChannelMember(models.Model):
    """Reminds of reviews and of contracts that end, once for each date."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.channel.member"

    review_reminded = fields.Date(
        readonly=True, copy=False, export_string_translation=False
    )
    contract_reminded = fields.Date(
        readonly=True, copy=False, export_string_translation=False
    )

    @api.model
    def _cron_remind(self):
        """Give the salespeople their to-dos, in batches.

        What was reminded of is kept with the to-dos in the same transaction, so that
        none comes twice, whenever this is stopped.
        """
        companies = self._read_group([("state", "!=", "ended")], ["company_id"])
        for kind in ("review", "contract"):
            for [company] in companies:
                last = 0
                while ids := self._get_due_ids(kind, company, last):
                    last = ids[-1]
                    # Those that somebody is changing come next time.
                    members = self.browse(ids).try_lock_for_update()
                    members._remind(kind)
                    if not self.env["ir.cron"]._commit_progress(len(members)):
                        return

    @api.model
    def _get_due_ids(self, kind, company, last=0):
        """:return: ids of members to remind of a review, or of the end of a contract,
        after the last one
        """
        self.flush_model()
        today = company._get_sales_today()
        due = {
            "review": SQL(
                "review_date <= %s AND review_reminded IS DISTINCT FROM review_date",
                fields.Date.add(today, days=REVIEW_NOTICE),
            ),
            "contract": SQL(
                "contract_end - notice_days <= %s"
                " AND contract_reminded IS DISTINCT FROM contract_end",
                today,
            ),
        }
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM sales_channel_member
                 WHERE active AND state IN ('active', 'suspended')
                   AND company_id = %s AND id > %s AND %s
                 ORDER BY id
                 LIMIT %s
                """,
                company.id,
                last,
                due[kind],
                BATCH,
            )
        )
        return [id_ for [id_] in rows]

    def _remind(self, kind):
        """Give a to-do for each member; one of an earlier date goes.

        Where nobody is left to be told, it is tried again every day.
        """
        to_dos = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        self.activity_unlink([ACTIVITY % kind])
        values = []
        for member in self:
            if not (user := member._get_reminded()):
                continue
            day = member.review_date if kind == "review" else member.contract_end
            member[f"{kind}_reminded"] = day
            values.append(
                to_dos._prepare_sales_to_do(
                    member,
                    user,
                    ACTIVITY % kind,
                    summary=member._get_reminder(kind, user, day),
                    date_deadline=day,
                )
            )
        # sudo: the to-dos are those of others.
        to_dos.sudo().create(values)

    def _get_reminded(self):
        """:return: the salesperson or, if they have left, a director"""
        self.ensure_one()
        directors = self.company_id._get_sales_directors()
        return (self.user_id.filtered("active") or directors)[:1]

    def _get_reminder(self, kind, user, day):
        member = self.with_context(lang=user.lang)
        env, name = member.env, member.display_name
        if kind == "review":
            return env._("Review %s", name)
        return env._(
            "The contract of %(member)s ends on %(day)s",
            member=name,
            day=format_date(env, day),
        )

    def _close_reminders(self, kind):
        """Mark the to-dos as done."""
        self.activity_feedback([ACTIVITY % kind])
