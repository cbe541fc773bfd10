# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.pdf import merge_pdf

MAX_SIZE = 25 * 1024 * 1024
PDF = "application/pdf"
PICTURES = ("image/jpeg", "image/png")


def hash_file(content):
    """
    >>> hash_file(b"Signed")[:16]
    '08251562b3407a16'
    """
    return hashlib.sha256(content).hexdigest()


def check_file(content, with_pictures=False):
    """Say why a file cannot be kept as a contract.

    :param bytes content: the file
    :param bool with_pictures: whether photos will do, e.g. of signed paper
    :return: None, or one of "empty", "size", "type" and "broken"
    """
    if not content:
        return "empty"
    if len(content) > MAX_SIZE:
        return "size"
    mimetype = guess_mimetype(content)
    if mimetype in PICTURES:
        return None if with_pictures else "type"
    if mimetype != PDF:
        return "type"
    return None if _is_readable(content) else "broken"


def _is_readable(content):
    """:return: whether pages can be added to it: it is neither damaged nor locked"""
    try:
        merge_pdf([content])
    except Exception:  # of whichever library reads the file
        return False
    return True


def merge_files(contents):
    """Put documents one after the other.

    Tests get pages as HTML, because Odoo renders no PDF there.
    """
    if all(content.startswith(b"%PDF") for content in contents):
        return merge_pdf(contents)
    return b"\n".join(contents)
