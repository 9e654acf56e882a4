"""Smaller forms of pictures: which there are, what they keep and lose, and where they stand."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.ExifTags import Base

from command import SETTINGS, article, newsfeed, site, tree_of
from newsfeed.site import resizing
from photographs import drawn, photograph, saved

WIDTHS = (480, 960, 1600)
PAGE = "items/2026/01/une.html"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def camera(orientation: int) -> Image.Exif:
    """Return what a telephone writes beside a picture."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Model] = "Telephone 12"
    exif[Base.GPSInfo] = {1: "N", 2: (43.0, 17.0, 47.0)}
    return exif


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_its_format_and_is_never_made_larger(form: str) -> None:
    """Of the widths those below its own are made, each lighter than the next."""
    data = photograph(1200, 800, form)
    made = resizing.smaller(data, WIDTHS)
    assert list(made) == [480, 960]
    assert [opened(each).size for each in made.values()] == [(480, 320), (960, 640)]
    assert {opened(each).format for each in made.values()} == {form}
    assert len(made[480]) < len(made[960]) < len(data)
    assert resizing.smaller(data, WIDTHS) == made


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright(orientation: int) -> None:
    """However the camera was held: its mark is honoured and gone, and so is all else it wrote."""
    image = drawn(900, 600)
    image.paste((255, 0, 0), (0, 0, 300, 300))
    data = saved(image, "JPEG", exif=camera(orientation), comment="Privé", quality=92)
    made = opened(resizing.smaller(data, (450,))[450])
    turned = orientation >= 5
    assert made.size == ((450, 675) if turned else (450, 300))
    at = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
    x, y = at[orientation]
    red, green, _ = made.getpixel((20 + x * (made.width - 41), 20 + y * (made.height - 41)))
    assert red > 200 > 100 > green
    assert dict(made.getexif()) == {}
    assert not {"exif", "comment", "xmp", "XML:com.adobe.xmp"} & made.info.keys()
    assert b"Telephone" in data


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_colour_profile_is_kept(form: str) -> None:
    made = resizing.smaller(photograph(800, 600, form, icc_profile=PROFILE), (400,))
    assert opened(made[400]).info["icc_profile"] == PROFILE


def test_transparency_and_palettes_are_kept() -> None:
    """What one sees through stays so; a drawing of few colours stays one."""
    clear = drawn(800, 600)
    clear.putalpha(Image.linear_gradient("L").resize((800, 600)))
    for form in ("PNG", "WEBP"):
        made = opened(resizing.smaller(saved(clear, form), (400,))[400]).convert("RGBA")
        low, high = made.getchannel("A").getextrema()
        assert low < 10
        assert high > 245
    made = opened(resizing.smaller(saved(drawn(800, 600).quantize(64), "PNG"), (400,))[400])
    assert made.mode == "P"
    opaque = opened(resizing.smaller(saved(drawn(800, 600).convert("RGBA"), "PNG"), (400,))[400])
    assert opaque.mode == "RGB"
    lossless = resizing.smaller(saved(drawn(800, 600), "WEBP", lossless=True), (400,))[400]
    assert b"VP8L" in lossless[:64]


def many(form: str) -> bytes:
    frames = [drawn(600, 400, seed) for seed in range(3)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:])


def huge() -> bytes:
    """A small file that says it is 60,000 pixels wide and high."""
    data = saved(Image.new("L", (16, 16)), "PNG")
    return data[:16] + (60_000).to_bytes(4, "big") * 2 + data[24:]


LEFT = {
    "animated WebP": lambda: many("WEBP"),
    "animated PNG": lambda: many("PNG"),
    "animated GIF": lambda: many("GIF"),
    "CMYK": lambda: saved(drawn(800, 600).convert("CMYK"), "JPEG"),
    "16 bits": lambda: saved(Image.new("I;16", (800, 600), 40_000), "PNG"),
    "another gamma": lambda: photograph(800, 600, "PNG").replace(
        b"IDAT", b"gAMA\0\0\xff\xff\0\0\0\0\0\0\0\0IDAT", 1
    ),
    "cut off": lambda: photograph(800, 600)[:9000],
    "a bomb": huge,
    "narrow": lambda: photograph(400, 300),
    "as light as can be": lambda: saved(Image.new("1", (800, 600)), "PNG"),
    "SVG": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>',
    "nothing": lambda: b"",
}


@pytest.mark.parametrize("kind", LEFT)
def test_what_is_left_alone(kind: str) -> None:
    """What cannot be made smaller without harm is shown as it is."""
    assert resizing.smaller(LEFT[kind](), (480,)) == {}


WHOLE = {form: photograph(300, 200, form) for form in ("JPEG", "PNG", "WEBP")}


@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 8000), st.binary(max_size=40))
@settings(max_examples=60)
def test_damage_never_raises(form: str, at: int, bytes_: bytes) -> None:
    """A damaged picture has smaller forms, or none: an article is published either way."""
    data = WHOLE[form]
    damaged = data[:at] + bytes_ + data[at + len(bytes_) :]
    for width, made in resizing.smaller(damaged, (100,)).items():
        assert opened(made).width == width


def one_site(folder: Path, more: str = "") -> Path:
    """Write a site of one article, with its picture and another in its text."""
    body = "Un texte.\n\n![Une carte](carte.png)\n\n![Un logo](petit.png)"
    text = article("Une", body=body, image="photo à moi.jpg", summary="Bref.")
    upright = photograph(1200, 800, exif=camera(6), quality=92)
    return site(
        folder,
        {
            "une.md": text,
            "photo à moi.jpg": upright,
            "carte.png": photograph(700, 500, "PNG"),
            "petit.png": photograph(100, 80, "PNG"),
        },
        SETTINGS + "[pages]\npicture_widths = [480, 640, 960]\n" + more,
    )


def test_pages_offer_them_and_feeds_do_not(tmp_path: Path) -> None:
    """They lie beside the original, in the list of what was written; readers get the original."""
    one_site(tmp_path)
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "unseen.jpg").write_bytes(photograph(900, 600))
    done = newsfeed("build", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    public = tree_of(tmp_path / "public")
    names = [name for name in public if name.endswith(("w.jpg", "w.png"))]
    assert names == [
        "media/carte.480w.png",
        "media/carte.640w.png",
        "media/photo à moi.480w.jpg",
        "media/photo à moi.640w.jpg",
    ]
    assert set(names) < set(public[".newsfeed-files"].decode().split("\n"))
    page = public[PAGE].decode()
    photo = "../../../media/photo%20%C3%A0%20moi"
    forms = f"{photo}.480w.jpg 480w, {photo}.640w.jpg 640w, {photo}.jpg 800w"
    assert f'srcset="{forms}" sizes="' in page
    assert 'width="800" height="1200"' in page
    carte = "../../../media/carte"
    assert f'srcset="{carte}.480w.png 480w, {carte}.640w.png 640w, {carte}.png 700w"' in page
    assert 'sizes="700px"' in page
    assert f' src="{carte}.png"' in page
    assert "&#34;" not in page
    assert page.count("srcset") == 2
    assert f'srcset="{forms.replace("../../../", "./")}"' in public["index.html"].decode()
    for name in ("atom.xml", "rss.xml", "feed.json"):
        assert b"480w" not in public[name]
    assert b"srcset" not in public["newsletter/latest/letter.html"]
    assert b"Telephone" not in public["media/photo à moi.480w.jpg"]


def test_a_file_of_the_author_s_keeps_its_name(tmp_path: Path) -> None:
    """A variant that would bear the name of a file of the site is not made."""
    one_site(tmp_path)
    own = photograph(50, 50, "PNG")
    (tmp_path / "items" / "carte.480w.png").write_bytes(own)
    text = article("Deux", body="![Petite](carte.480w.png)")
    (tmp_path / "items" / "deux.md").write_text(text, "utf-8")
    assert newsfeed("build", cwd=tmp_path).returncode == 0
    public = tree_of(tmp_path / "public")
    assert public["media/carte.480w.png"] == own
    assert "media/carte.640w.png 640w" in public[PAGE].decode()
    assert "carte.480w.png 480w" not in public[PAGE].decode()


def test_many_at_once_are_what_they_are_one_by_one(tmp_path: Path) -> None:
    """Several processors make the pictures of one build, of the same names in other folders too."""
    pictures = {"cut.jpg": LEFT["cut off"](), "many.png": many("PNG"), "bomb.png": huge()}
    for form in WHOLE:
        for number in range(4):
            pictures[f"{number}/{form}.{form.lower()}"] = photograph(900, 600 + 9 * number, form)
    texts = {
        f"{number}/index.md": article(
            f"T{number}",
            body="\n\n".join(f"![De {name}](../{name})" for name in pictures),
        )
        for number in range(2)
    }  # fmt: skip
    told = []
    for jobs in ("1", "4"):
        folder = site(tmp_path / jobs, {**texts, **pictures}, SETTINGS)
        done = newsfeed("build", "--jobs", jobs, "--now", "2026-02-01", cwd=folder)
        told.append((tree_of(folder / "public"), done.stdout, done.stderr))
    assert told[0] == told[1]
    sizes = [opened(data).size for name, data in told[0][0].items() if "480w" in name]
    assert sizes == [(480, round((600 + 9 * n) * 480 / 900)) for n in range(4) for _ in WHOLE]


def test_a_second_build_decodes_no_picture(tmp_path: Path) -> None:
    """Not even one into another folder, nor one of files whose times are new: Pillow sleeps."""
    one_site(tmp_path)
    assert newsfeed("build", cwd=tmp_path).returncode == 0
    for path in (tmp_path / "items").iterdir():
        path.touch()
    script = (
        "import sys; from newsfeed.cli import cli\n"
        "code = cli.main(sys.argv[1:], standalone_mode=False)\n"
        "sys.exit(code or 'PIL.Image' in sys.modules)\n"
    )
    for out in ("public", "other"):
        done = subprocess.run(
            [sys.executable, "-c", script, "build", "-o", out], cwd=tmp_path, check=False
        )
        assert done.returncode == 0
    assert tree_of(tmp_path / "other") == tree_of(tmp_path / "public")
    for kept in (tmp_path / ".newsfeed" / "pictures").iterdir():
        data = bytearray(kept.read_bytes())
        data[len(data) // 2] ^= 1
        kept.write_bytes(data)
    assert newsfeed("build", "-o", "third", cwd=tmp_path).returncode == 0
    assert tree_of(tmp_path / "third") == tree_of(tmp_path / "public")


@pytest.mark.browser
def test_a_browser_takes_the_form_that_fits(browser: Any, tmp_path: Path) -> None:
    """Chromium loads the small form on a telephone, a larger one on a desk or a fine screen."""
    text = article("Une", body="![Une carte](carte.png)", image="photo.jpg", summary="Bref.")
    photo = photograph(2400, 1600, quality=90)
    files = {"une.md": text, "photo.jpg": photo, "carte.png": photograph(1200, 800, "PNG")}
    folder = site(tmp_path, files) / "public"
    assert newsfeed("build", cwd=tmp_path).returncode == 0
    shown = "[...document.querySelectorAll('main img')].map(image => image.currentSrc)"
    for width, density, path, ends in (
        (375, 1, PAGE, [".480w.jpg", ".480w.png"]),
        (375, 2.5, PAGE, [".960w.jpg", ".960w.png"]),
        (1280, 1, PAGE, [".960w.jpg", ".960w.png"]),
        (1280, 3, PAGE, ["photo.jpg", "carte.png"]),
        (375, 1, "index.html", [".480w.jpg"]),
        (1280, 1, "index.html", [".960w.jpg"]),
    ):
        page = browser.new_page(
            viewport={"width": width, "height": 2000}, device_scale_factor=density
        )
        page.goto((folder / path).as_uri(), wait_until="load")
        page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
        page.wait_for_load_state("networkidle")
        chosen = page.evaluate(shown)
        assert [
            (one, end) for one, end in zip(chosen, ends, strict=True) if not one.endswith(end)
        ] == [], (width, density, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
    assert len((folder / "media" / "photo.480w.jpg").read_bytes()) < len(photo) / 8
