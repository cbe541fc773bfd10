# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import zipfile

MANIFEST = "manifest.json"


def write_archive(export, target):
    """Write all files of an export into one archive, the manifest last: an archive
    without it is not whole.

    :param export: a ``sales.mart.export`` record
    :param target: binary file
    """
    # What is compressed already is stored as it is.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file in export.file_ids:
            archive.writestr(file.name, file._get_content())
            # One at a time in memory
            file.env.invalidate_all(flush=False)
        archive.writestr(MANIFEST, export._get_manifest())
