# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from odoo import fields
from odoo.models import BaseModel
from odoo.tools import format_date

from .panel import Panel

# Number of documents sent; longer lists are read elsewhere
LENGTH = 50


class Waiting(NamedTuple):
    """A document that awaits a decision of the user."""

    document: BaseModel
    since: datetime
    #: name of the person who asks, or empty
    asked_by: str


class Approvals(Panel):
    """What awaits a decision of the user, what has waited longest first.

    Add-ons add theirs by ``_get_waiting`` of ``sales.cockpit``.
    """

    key = "approvals"
    follows_choice = False

    def is_visible(self):
        return bool(self._waiting)

    def get_data(self):
        return {
            "count": len(self._waiting),
            "rows": [self._describe(item) for item in self._waiting[:LENGTH]],
        }

    @cached_property
    def _waiting(self):
        waiting = self.env["sales.cockpit"]._get_waiting()
        return sorted(waiting, key=lambda item: item.since)

    def _describe(self, item):
        document = item.document
        return {
            "model": document._name,
            "id": document.id,
            "name": document.display_name,
            "detail": self._get_detail(item),
        }

    def _get_detail(self, item):
        # sudo: what documents of this model are called
        kind = self.env["ir.model"].sudo()._get(item.document._name).name
        since = fields.Datetime.context_timestamp(item.document, item.since)
        day = format_date(self.env, since.date())
        if not item.asked_by:
            return self.env._("%(kind)s, since %(day)s", kind=kind, day=day)
        return self.env._(
            "%(kind)s, asked by %(person)s on %(day)s",
            kind=kind,
            person=item.asked_by,
            day=day,
        )


def find_reviews(env):
    """Find the documents whose approval rules ask the user now.

    :return: list of :class:`Waiting`; each document is in it once
    """
    names = env["tier.definition"]._get_sales_approval_model_names()
    # sudo: access to the documents is checked below, model by model.
    reviews = env["tier.review"].sudo()
    reviews = reviews.search(
        [
            ("model", "in", names),
            ("status", "=", "pending"),
            ("reviewer_ids", "in", [env.uid]),
        ],
        order="create_date, id",
    )
    waiting = []
    for model, of_model in reviews.grouped("model").items():
        documents = env[model].browse(of_model.mapped("res_id")).exists()
        earliest = {review.res_id: review for review in reversed(of_model)}
        for document in documents._filtered_access("read"):
            review = earliest[document.id]
            waiting.append(
                Waiting(document, review.create_date, review.requested_by.name)
            )
    return waiting
