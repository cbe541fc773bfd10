# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .brief_section import BriefColumn, BriefRow, BriefSection


class ContractsSection(BriefSection):
    """Contracts that are to be signed, or in force."""

    key = "contracts"

    def get_title(self):
        return self.env._("Contracts")

    def get_columns(self):
        return [
            BriefColumn(self.env._("Contract")),
            BriefColumn(self.env._("Status")),
            BriefColumn(self.env._("End Date")),
            BriefColumn(self.env._("Notice By")),
        ]

    def get_order(self):
        return "end_date, id"

    def get_rows(self):
        """Those that ended long ago are no subject any more."""
        current = [
            ("domain", "=", "sale"),
            ("is_template", "=", False),
            ("state", "in", ("approved", "sent", "signed")),
            "|",
            ("end_date", "=", False),
            ("end_date", ">=", self.today),
        ]
        return [
            BriefRow(
                [
                    contract.display_name,
                    self.label(contract, "state"),
                    self.day(contract.end_date),
                    self.day(contract.notice_date),
                ],
                contract,
                self._is_alarming(contract),
            )
            for contract in self.of_customer("agreement", current)
        ]

    def _is_alarming(self, contract):
        """:return: whether it is to be renewed, or signed, by now"""
        if contract.state == "signed":
            is_due = contract.notice_date and contract.notice_date <= self.today
            return bool(is_due) and not contract.successor_id
        return bool(contract.sign_by) and contract.sign_by < self.today
