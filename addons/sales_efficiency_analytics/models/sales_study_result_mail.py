# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import Command, models

_logger = logging.getLogger(__name__)

REPORT = "sales_efficiency_analytics.sales_study_report"


class SalesStudyResult(models.Model):
    """Answers that are sent to those who have subscribed."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.study.result"

    def _mail(self):
        """Send the answer to the owner of the study, with whose rights it was made:
        others could get amounts that they may not see."""
        owner = self.env.user
        # sudo: the owner has asked, and may have lost their rights since.
        kept = self.sudo()
        if not owner.active or not owner.email:
            return
        subject = self.env._("Answer: %s", kept.study_id.name)
        body = kept.env["ir.qweb"]._render(
            "sales_efficiency_analytics.sales_study_mail",
            {"result": kept, "subject": subject, "base_url": kept.get_base_url()},
        )
        kept.env["mail.mail"].create(
            {
                "subject": subject,
                "body_html": body,
                "email_from": kept.company_id.email_formatted or owner.email_formatted,
                "recipient_ids": owner.partner_id.ids,
                "author_id": kept.env.ref("base.partner_root").id,
                "auto_delete": True,
                "attachment_ids": kept._prepare_attachments(),
            }
        )

    def _prepare_attachments(self):
        """:return: the answer as PDF; nothing where there is none, or no program that
        prints"""
        if self.state == "failed":
            return []
        try:
            with self.env.cr.savepoint():
                reports = self.env["ir.actions.report"]
                content, kind = reports._render_qweb_pdf(REPORT, self.ids)
        except Exception as error:
            _logger.warning("Answer %s is sent without PDF: %s", self.id, error)
            return []
        if kind != "pdf":
            return []
        name = self.study_id.name.replace("/", "-")
        return [
            Command.create(
                {
                    "name": f"{name}.pdf",
                    "raw": content,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        ]
