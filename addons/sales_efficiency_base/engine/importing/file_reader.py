# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def read_file(name, content):
    """Read XLSX, XLS, CSV and other text.

    The content decides what the file is, not the ending of its name.

    :param str name: name of the file, for messages
    :param bytes content:
    :return: list of the visible ``Sheet``s that are not empty; one for a text file
    :raises UnreadableFile: if it is empty, broken, protected, too large, or of another
        kind
    """
    raise NotImplementedError
