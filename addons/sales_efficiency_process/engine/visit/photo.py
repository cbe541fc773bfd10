# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii
import io

from PIL import Image, ImageOps, UnidentifiedImageError

# What a file may say beside the picture; all else could tell the place.
HARMLESS = frozenset(
    (
        "adobe",
        "adobe_transform",
        "background",
        "dpi",
        "duration",
        "extension",
        "gamma",
        "icc_profile",
        "jfif",
        "jfif_density",
        "jfif_unit",
        "jfif_version",
        "loop",
        "progression",
        "progressive",
        "srgb",
        "transparency",
        "version",
    )
)
NO_IMAGE = (
    binascii.Error,
    OSError,
    TypeError,
    UnidentifiedImageError,
    ValueError,
    Image.DecompressionBombError,
)


def without_place(data):
    """Return a photo without what the camera noted beside it, such as the place.

    Photos keep the way up that the camera noted. What is no image is returned as it is:
    the field refuses it.

    :param data: the image in base64
    """
    try:
        image = Image.open(io.BytesIO(base64.b64decode(data or b"")))
        if image.format != "TIFF" and HARMLESS.issuperset(image.info):
            return data
        bare = _turn(image)
    except NO_IMAGE:
        return data
    bare.info = {}
    # Phones call a photo of several parts MPO.
    kind = "JPEG" if image.format == "MPO" else image.format
    buffer = io.BytesIO()
    options = {"quality": 90} if kind == "JPEG" else {}
    bare.save(buffer, format=kind, **options)
    return base64.b64encode(buffer.getvalue())


def _turn(image):
    """:return: a copy of the image, the right way up"""
    try:
        return ImageOps.exif_transpose(image)
    except SyntaxError:  # Nobody can read its notes.
        return image.copy()
