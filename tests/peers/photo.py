"""Photos and pictures as cameras and programs write them, by Pillow: `make FOLDER`, and `compare FOLDER OTHER`, which says what differs."""

import sys
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, ImageSequence
from PIL.PngImagePlugin import PngInfo

PRIVATE = "Anna Example"
ORIENTATION = 0x0112


def make(folder):
    picture = Image.linear_gradient("L").resize((96, 64))
    colours = Image.merge("RGB", (picture, picture.transpose(Image.Transpose.ROTATE_180), picture))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    texts = PngInfo()
    texts.add_text("Author", PRIVATE)
    texts.add_itxt("XML:com.adobe.xmp", PRIVATE)
    moving = {"save_all": True, "append_images": [colours.transpose(Image.Transpose.FLIP_TOP_BOTTOM), colours]}
    kinds = {
        "baseline.jpg": (colours, {}),
        "progressive.jpg": (colours, {"progressive": True}),
        "restarts.jpg": (colours, {"restart_marker_blocks": 2}),
        "grey.jpg": (picture, {"quality": 100}),
        "cmyk.jpg": (colours.convert("CMYK"), {}),
        "plain.png": (colours, {"pnginfo": texts}),
        "moving.png": (colours, {"pnginfo": texts} | moving),
        "lossy.webp": (colours, {}),
        "lossless.webp": (colours.convert("RGBA"), {"lossless": True}),
        "moving.webp": (colours, moving),
    }
    for number, (name, (image, options)) in enumerate(kinds.items()):
        exif = Image.Exif()
        exif[ORIENTATION] = number % 7 + 2
        exif[0x010F] = PRIVATE
        exif.get_ifd(0x8825)[2] = (52.0, 30.0, 59.0)
        exif.get_ifd(0x8769)[0xA431] = PRIVATE
        options |= {"exif": exif.tobytes(), "icc_profile": profile}
        if not name.endswith(".png"):
            options |= {"comment": PRIVATE, "xmp": PRIVATE.encode()}
        file = folder / name
        image.save(file, **options)
        file.write_bytes(file.read_bytes() + b"the moving part of " + PRIVATE.encode())


def pixels(image):
    return [frame.convert("RGBA").tobytes() for frame in ImageSequence.Iterator(image)]


def compare(folder, other):
    for file in sorted(folder.iterdir()):
        with Image.open(file) as before, Image.open(other / file.name) as after:
            same = {
                "pixels": pixels(before) == pixels(after) and before.mode == after.mode,
                "the way up": ImageOps.exif_transpose(before).tobytes() == ImageOps.exif_transpose(after).tobytes(),
                "colours": before.info["icc_profile"] == after.info["icc_profile"],
                "nothing else": dict(after.getexif()) == {ORIENTATION: before.getexif()[ORIENTATION]},
                "nothing private": PRIVATE.encode() not in (other / file.name).read_bytes(),
            }
        wrong = [what for what, is_so in same.items() if not is_so]
        print(file.name, *wrong or ["is right"], sep=": ")


if __name__ == "__main__":
    command, *folders = sys.argv[1:]
    {"make": make, "compare": compare}[command](*map(Path, folders))
