# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .import_totals import ImportTotals

# Bad cells that are listed; of more, only the number is said
MOST_REMARKS = 200


class ImportPreview:
    """Keeps what the user is to see of a draft before anything is saved.

    :param draft: :class:`.ImportDraft`
    """

    def __init__(self, draft):
        self.draft = draft
        # sudo: what is shown is up to the program, not to users.
        self.record_sudo = draft.record.sudo()

    def keep(self, questions):
        """Show the draft, in place of a former one.

        :param questions: list of what has to be answered first, in words
        """
        self.record_sudo._forget_preview()
        totals = self._keep_totals()
        self._keep_remarks()
        self.record_sudo.write(
            {
                **self._get_counts(),
                "amount": self._get_amount(totals),
                "fingerprint": self.draft.get_fingerprint(),
                "question": "\n".join(questions),
                "error": False,
            }
        )
        self.record_sudo._set_state("questions" if self.draft.is_asking else "preview")

    def _keep_totals(self):
        totals = []
        if self.draft.is_checked and not self.draft.is_asking:
            totals = ImportTotals(self.draft).get_values()
        return self._show("sales.import.total", totals)

    def _keep_remarks(self):
        problems, others = self.draft.problems, self.draft.others
        remarks = problems[:MOST_REMARKS] + others[:MOST_REMARKS]
        self._show("sales.import.remark", [remark._asdict() for remark in remarks])

    def _show(self, model, lines):
        return self.record_sudo.env[model].create(
            [{"import_id": self.record_sudo.id, **values} for values in lines]
        )

    def _get_counts(self):
        draft = self.draft
        return {
            "row_count": len(draft.rows),
            "problem_count": len(draft.problems),
            "left_out_count": sum(r.kind == "left_out" for r in draft.others),
            "existing_count": len(draft.existing),
        }

    def _get_amount(self, totals):
        return sum(
            total.amount
            for total in totals
            if total.kind == "year" and not total.metric_id
        )
