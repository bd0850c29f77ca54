"""Photos as cameras write them, by Pillow: `make FOLDER`, and `compare FOLDER OTHER`, which says what differs."""

import sys
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

PRIVATE = "Anna Example"
ORIENTATION = 0x0112


def make(folder):
    picture = Image.linear_gradient("L").resize((96, 64))
    colours = Image.merge("RGB", (picture, picture.transpose(Image.Transpose.ROTATE_180), picture))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kinds = {
        "baseline": (colours, {}),
        "progressive": (colours, {"progressive": True}),
        "restarts": (colours, {"restart_marker_blocks": 2}),
        "grey": (picture, {"quality": 100}),
        "cmyk": (colours.convert("CMYK"), {}),
    }
    for number, (kind, (image, options)) in enumerate(kinds.items()):
        exif = Image.Exif()
        exif[ORIENTATION] = number + 2
        exif[0x010F] = PRIVATE
        exif.get_ifd(0x8825)[2] = (52.0, 30.0, 59.0)
        exif.get_ifd(0x8769)[0xA431] = PRIVATE
        options |= {"exif": exif, "comment": PRIVATE, "icc_profile": profile, "xmp": PRIVATE.encode()}
        file = folder / f"{kind}.jpg"
        image.save(file, "JPEG", **options)
        file.write_bytes(file.read_bytes() + b"the moving part of " + PRIVATE.encode())


def compare(folder, other):
    for file in sorted(folder.glob("*.jpg")):
        with Image.open(file) as before, Image.open(other / file.name) as after:
            same = {
                "pixels": before.tobytes() == after.tobytes() and before.mode == after.mode,
                "the way up": ImageOps.exif_transpose(before).tobytes() == ImageOps.exif_transpose(after).tobytes(),
                "colours": before.info["icc_profile"] == after.info["icc_profile"],
                "nothing else": dict(after.getexif()) == {ORIENTATION: before.getexif()[ORIENTATION]},
                "nothing private": PRIVATE.encode() not in (other / file.name).read_bytes(),
            }
        wrong = [what for what, is_so in same.items() if not is_so]
        print(file.stem, *wrong or ["is right"], sep=": ")


if __name__ == "__main__":
    command, *folders = sys.argv[1:]
    {"make": make, "compare": compare}[command](*map(Path, folders))
