# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import json
from unittest.mock import patch

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon

from ..engine import MartExport
from ..engine.export import WriterProcess


class ExportCommon(SalesEfficiencyCommon):
    """Sales in August, September and October 2026, and an export of the company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._sell(3, "2026-08-10", price=33.33)
        cls._sell(2, "2026-09-11", user=cls.colleague, product=cls.service)
        cls._sell(1, "2026-10-12", partner=cls.customer_south, price=0.07)
        cls._record_history()
        cls._refresh()
        cls.export = cls.env["sales.mart.export"].create(
            {"company_id": cls.company.id, "lang": "en_US"}
        )

    @classmethod
    def _record_history(cls):
        cls.env["sales.history.line"].create(
            {
                "date": "2026-08-31",
                "recorded_as": "order",
                "amount": 1234.56,
                "quantity": 1 / 3,
                "company_id": cls.company.id,
                "partner_id": cls.customer_nowhere.id,
            }
        )

    @classmethod
    def _refresh(cls):
        cls.env.flush_all()
        cls.env["sales.mart"]._refresh()

    def _export(self, formats=None):
        """Bring the export up to date in this process.

        :return: the values that it gets
        """
        write = WriterProcess.__enter__

        def enter(process):
            write(process)
            process.formats = formats or process.formats
            return process

        with patch.object(WriterProcess, "__enter__", enter):
            values = MartExport(self.export).run()
        self.export.write({**values, "state": "done"})
        return values

    def _get_manifest(self):
        return json.loads(self.export._get_manifest())

    def _get_files(self, relation=None):
        """:return: dict path -> SHA-256"""
        return {
            file.name: file.sha256
            for file in self.export.file_ids
            if relation in (None, file.relation)
        }

    def _unpack(self, folder):
        """Write the files of the export into a folder, and check that they are those of
        the manifest."""
        told = [
            file
            for table in self._get_manifest()["tables"].values()
            for file in table["files"]
        ]
        for file in told:
            content, _mimetype = self.export._find_content(file["path"])
            self.assertEqual(hashlib.sha256(content).hexdigest(), file["sha256"])
            self.assertEqual(len(content), file["size"])
            path = folder / file["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self.assertEqual(len(told), len(self.export.file_ids))
