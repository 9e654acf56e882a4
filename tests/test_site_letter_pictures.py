"""Pictures as letters send them: their size, bytes, colours and shape, and what is left out."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw
from PIL.ExifTags import Base

from command import SETTINGS, article, newsfeed, site, tree_of
from newsfeed.site.library import is_variant
from newsfeed.site.mail_pictures import Frame, most_bytes, sent, shades
from photographs import drawn, photograph, saved

WIDE, PAIR = Frame(1280), Frame(528, (3, 2))
FORMS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF")


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("form", FORMS)
def test_every_format_becomes_one_that_mail_shows(form: str) -> None:
    """A JPEG or a PNG, as wide as its frame, in RGB, as light as its size allows."""
    image = drawn(1400, 1000)
    data = saved(image.quantize(256) if form == "GIF" else image, form)
    for frame, size in ((WIDE, (1280, 914)), (PAIR, (528, 352))):
        made = sent(data, frame)
        assert made is not None
        picture = opened(made.data)
        assert picture.format == {"jpg": "JPEG", "png": "PNG"}[made.ending]
        assert picture.size == (made.width, made.height) == size
        assert picture.mode in ("RGB", "P")
        assert len(made.data) <= most_bytes(*picture.size)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_picture_is_sent_in_the_same_bytes(form: str) -> None:
    data = saved(drawn(700, 500), form)
    for frame in (WIDE, PAIR):
        assert sent(data, frame) == sent(data, frame)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "CMYK", "I;16", "I", "YCbCr"])
def test_every_kind_of_pixel_becomes_rgb(mode: str) -> None:
    """What one sees through stands on white; sixteen bits become eight, of the same lightness."""
    grey = Image.new("L", (1400, 1000), 180)
    if mode == "I;16":
        image = Image.new("I;16", grey.size, 180 * 257)
    elif mode == "I":
        image = Image.new("I", grey.size, 180 * 257)
    elif mode == "PA":
        image = grey.convert("P").convert("PA")
    else:
        image = grey.convert(mode)
    form = {"CMYK": "JPEG", "YCbCr": "JPEG", "PA": "TIFF", "I": "TIFF"}.get(mode, "PNG")
    made = sent(saved(image, form), Frame(700))
    assert made is not None
    shown = opened(made.data).convert("RGB").resize((1, 1))
    assert all(
        abs(channel - 180) < (80 if mode == "1" else 4) for channel in shown.getpixel((0, 0))
    )


def test_what_one_sees_through_stands_on_white_but_for_logos() -> None:
    image = Image.new("RGBA", (900, 600), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((300, 150, 600, 450), fill=(200, 0, 0, 255))
    flat, clear = (sent(saved(image, "PNG"), Frame(400, clear=clear)) for clear in (False, True))
    assert flat is not None and clear is not None
    assert opened(flat.data).convert("RGBA").getpixel((2, 2)) == (255, 255, 255, 255)
    assert opened(clear.data).convert("RGBA").getpixel((2, 2))[3] == 0


def test_metadata_goes_and_the_picture_stands_upright() -> None:
    """However small and light it is: a camera's place is nobody's concern."""
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    exif[Base.Model] = "Telephone 12"
    made = sent(photograph(300, 200, exif=exif, comment="Privé"), WIDE)
    assert made is not None
    assert (made.width, made.height) == (200, 300)
    assert b"Telephone" not in made.data
    assert b"Priv" not in made.data


def test_a_file_that_is_right_already_is_sent_as_it_is() -> None:
    made = sent(photograph(400, 300, quality=75), WIDE)
    assert made is not None
    assert (made.width, made.height, made.data) == (400, 300, b"")
    frames = [drawn(600, 400, seed) for seed in range(3)]
    moving = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    made = sent(moving, Frame(100))
    assert made is not None
    assert made.data == b""


def test_colours_become_those_of_srgb() -> None:
    """A profile is applied, not passed on: most mail programs ignore it."""
    lab = ImageCms.createProfile("LAB")
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = sent(photograph(900, 600, icc_profile=wide), Frame(600))
    broken = sent(photograph(900, 600, icc_profile=b"nonsense" * 40), Frame(600))
    assert lab is not None
    for each in (made, broken):
        assert each is not None
        assert "icc_profile" not in opened(each.data).info


def test_noise_is_sent_within_its_bytes() -> None:
    """Quality gives way first, then size."""
    noise = saved(Image.effect_noise((1400, 1000), 120).convert("RGB"), "PNG")
    for frame in (WIDE, PAIR):
        made = sent(noise, frame)
        assert made is not None
        assert len(made.data) <= most_bytes(made.width, made.height)


def marked(width: int, height: int, across: float, down: float) -> Image.Image:
    """Return an even picture with a chequered square at a place, in shares of its size."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    pen = ImageDraw.Draw(image)
    x, y, side = round(across * width), round(down * height), min(width, height) // 5
    for row in range(8):
        for column in range(8):
            colour = (255, 60, 0) if (row + column) % 2 else (0, 0, 80)
            left, top = x - side // 2 + column * side // 8, y - side // 2 + row * side // 8
            pen.rectangle((left, top, left + side // 8, top + side // 8), fill=colour)
    return image


@pytest.mark.parametrize("place", [0.15, 0.5, 0.85])
@pytest.mark.parametrize("size", [(1800, 600), (600, 1800)])
def test_a_cut_keeps_what_has_most_in_it(size: tuple[int, int], place: float) -> None:
    """The chequered square is seen whole, wherever it stands along the longer side."""
    across, down = (place, 0.5) if size[0] > size[1] else (0.5, place)
    made = sent(saved(marked(*size, across, down), "JPEG", quality=92), PAIR)
    assert made is not None
    assert (made.width, made.height) == (528, 352)
    image = opened(made.data).convert("RGB").resize((264, 176), Image.Resampling.BOX)
    warm = [
        (at % 264, at // 264)
        for at in range(264 * 176)
        if (pixel := image.getpixel((at % 264, at // 264)))[0] > pixel[2] + 60
    ]
    wide = max(x for x, _ in warm) - min(x for x, _ in warm)
    high = max(y for _, y in warm) - min(y for _, y in warm)
    assert abs(wide - high) <= 6


def test_the_author_s_focus_decides() -> None:
    image = Image.new("RGB", (1800, 600), (20, 120, 40))
    image.paste((230, 30, 30), (0, 0, 300, 600))
    left = sent(saved(image, "JPEG"), Frame(528, (3, 2), (0, 50)))
    right = sent(saved(image, "JPEG"), Frame(528, (3, 2), (100, 50)))
    assert left is not None and right is not None
    assert opened(left.data).getpixel((20, 100))[0] > 200
    assert opened(right.data).getpixel((20, 100))[0] < 60


def test_a_drawing_on_one_ground_is_not_cut() -> None:
    image = Image.new("RGB", (600, 1200), "#fafafa")
    ImageDraw.Draw(image).ellipse((50, 50, 550, 1150), fill="#1060a0")
    made = sent(saved(image, "PNG"), PAIR)
    assert made is not None
    shown = opened(made.data).convert("RGB")
    assert shown.getpixel((3, 176)) == (250, 250, 250)
    column = [shown.getpixel((264, y))[0] < 100 for y in range(352)]
    assert not column[0] and not column[-1] and sum(column) > 250


def bomb() -> bytes:
    data = saved(Image.new("L", (16, 16)), "PNG")
    return data[:16] + (60_000).to_bytes(4, "big") * 2 + data[24:]


BAD = {
    "cut off": lambda: photograph(800, 600)[:9000],
    "a bomb": bomb,
    "scans without end": lambda: (
        photograph(64, 64).replace(b"\xff\xd9", b"") + b"\xff\xda\0\2" * 5000
    ),
    "nothing": lambda: b"",
    "a page": lambda: b"<!doctype html><p>404",
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_is_none(kind: str) -> None:
    began = time.process_time()
    assert sent(BAD[kind](), PAIR) is None
    assert time.process_time() - began < 5


WHOLE = {form: photograph(300, 200, form) for form in ("JPEG", "PNG", "WEBP", "GIF", "AVIF")}


@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 8000), st.binary(max_size=40))
@settings(max_examples=60)
def test_damage_never_raises(form: str, at: int, bytes_: bytes) -> None:
    data = WHOLE[form]
    made = sent(data[:at] + bytes_ + data[at + len(bytes_) :], Frame(100))
    if made is not None and made.data:
        assert opened(made.data).width == made.width <= 100


@given(
    st.tuples(st.integers(1, 400), st.integers(1, 400)),
    st.tuples(st.integers(0, 100), st.integers(0, 100)) | st.none(),
    st.sampled_from([(3, 2), (2, 1), (8, 3), (4, 5)]),
)
@settings(max_examples=60)
def test_any_shape_fits_any_frame(
    size: tuple[int, int], focus: tuple[int, int] | None, ratio: tuple[int, int]
) -> None:
    """A cut picture has its frame's shape to a pixel, is never enlarged, and never wider."""
    made = sent(saved(drawn(max(4, size[0]), max(4, size[1])), "PNG"), Frame(120, ratio, focus))
    assert made is not None
    assert made.width <= 120
    assert abs(made.height - made.width * ratio[1] / ratio[0]) <= 1.5


def test_shades_are_those_of_what_is_opaque() -> None:
    image = Image.new("RGBA", (200, 80), (0, 0, 0, 0))
    image.paste((255, 255, 255, 255), (20, 20, 180, 60))
    found = shades(saved(image, "PNG"))
    assert found is not None
    assert (found.solid, found.colours[0][0]) == (False, "#ffffff")
    found = shades(saved(Image.new("RGB", (200, 80), "#102030"), "PNG"))
    assert found is not None
    assert (found.solid, found.colours) == (True, (("#102030", 1.0),))
    assert shades(b"x") is None


# --- a site of photographs ---------------------------------------------------------------------------

LETTER = '[newsletter]\nfrom = { name = "N", email = "n@example.org" }\naddress = "A"\n'
LETTER += 'unsubscribe = "https://www.example.org/x"\n'


def photographed(folder: Path, settings: str = SETTINGS + LETTER) -> Path:
    """Write a site whose letter has a lead, a pair, and a picture in a text."""
    texts = {
        "a.md": article("Une", "2026-01-04", "Un.", image="{src: a.jpg, alt: Un}"),
        "b.md": article(
            "Deux", "2026-01-03", "Deux.", image="{src: b.webp, alt: Deux, focus: top}"
        ),
        "c.md": article("Trois", "2026-01-02", "![Trois](c.png)\n\nTrois."),
    }
    pictures = {
        "a.jpg": photograph(2000, 1400, quality=95, seed=1),
        "b.webp": photograph(600, 1500, "WEBP", seed=2),
        "c.png": photograph(900, 700, "PNG", seed=3),
    }
    return site(folder, {**texts, **pictures}, settings)


def letter_of(folder: Path, public: str = "public") -> str:
    return (folder / public / "newsletter/latest/letter.html").read_text("utf-8")


def test_a_build_publishes_what_its_letters_show(tmp_path: Path) -> None:
    """Beside the original, listed, on the web page of the letter too; feeds name the original."""
    folder = photographed(tmp_path)
    done = newsfeed("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    public = tree_of(folder / "public")
    names = [name for name in public if ".letter-" in name]
    assert names == [
        "media/a.letter-1280x480.jpg",
        "media/b.webp.letter-528x352-50-0.jpg",
        "media/c.png.letter-528x352.jpg",
    ]
    assert set(names) < set(public[".newsfeed-files"].decode().split("\n"))
    for page in ("newsletter/latest/letter.html", "newsletter/latest/index.html"):
        for name in names:
            assert f'src="https://www.example.org/{name}"' in public[page].decode()
    assert b".letter-" not in public["atom.xml"] + public["rss.xml"] + public["feed.json"]
    again = newsfeed("digest", "-o", "other", "--now", "2026-02-01", cwd=folder)
    assert again.returncode == 0, again.stderr
    other = tree_of(folder / "other")
    assert {name: other[name] for name in names} == {name: public[name] for name in names}


def test_pictures_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Two that differ in their ending alone have a form each; a file of the site keeps its name."""
    names = ("p.jpg", "p.webp", "p.png")
    own = photograph(50, 50, seed=8)
    pictures = {name: photograph(900, 600, seed=n) for n, name in enumerate(names)}
    texts = {
        f"{n}.md": article(f"N{n}", f"2026-01-0{n + 1}", image=f"{{src: {name}, alt: x}}")
        for n, name in enumerate(names)
    }
    taken = {"p.png.letter-1280x480.jpg": own}
    folder = site(tmp_path, {**texts, **pictures, **taken}, SETTINGS + LETTER)
    assert newsfeed("digest", "-o", "public", cwd=folder).returncode == 0
    shown = {name for name in tree_of(folder / "public") if name.startswith("media/")}
    assert (
        {name for name in shown if ".letter-" in name}
        == set(filter(is_variant, shown))
        == {
            "media/p.letter-528x352.jpg",
            "media/p.webp.letter-528x352.jpg",
        }
    )
    assert 'src="https://www.example.org/media/p.png"' in letter_of(folder)


def test_warm_is_cold_and_a_changed_picture_is_seen(tmp_path: Path) -> None:
    """A second build decodes nothing; a third, of another picture, is a first one's twin."""
    folder = photographed(tmp_path)
    for path in (folder / "items").iterdir():
        path.touch()
    assert newsfeed("build", cwd=folder).returncode == 0
    first = tree_of(folder / "public")
    assert newsfeed("build", cwd=folder).returncode == 0
    assert tree_of(folder / "public") == first
    (folder / "items/a.jpg").write_bytes(photograph(1400, 2000, seed=9))
    (folder / "items/b.webp").write_bytes(b"no picture")
    done = newsfeed("build", cwd=folder)
    assert "letter-picture-unreadable" in done.stderr
    warm = tree_of(folder / "public")
    cold = newsfeed("build", "--no-cache", "-o", "cold", cwd=folder)
    assert cold.stderr.count("letter-picture-unreadable") == 1
    assert tree_of(folder / "cold") == warm
    assert "a.letter-1120x747.jpg" in letter_of(folder)
    assert "Deux" in letter_of(folder)
    once_more = newsfeed("build", cwd=folder)
    assert "letter-picture-unreadable" in once_more.stderr
    assert tree_of(folder / "public") == warm


def test_check_says_what_a_build_says_and_writes_nothing(tmp_path: Path) -> None:
    folder = photographed(tmp_path)
    (folder / "items/a.jpg").write_bytes(BAD["a bomb"]())
    before = tree_of(folder)
    done = newsfeed("check", cwd=folder)
    assert "items/a.md:4:1" in done.stdout + done.stderr
    assert "letter-picture-unreadable" in done.stdout + done.stderr
    assert tree_of(folder) == before
    built = newsfeed("build", cwd=folder)
    assert "letter-picture-unreadable" in built.stderr
    assert (folder / "public/atom.xml").exists()


def test_embedded_pictures_are_the_forms(tmp_path: Path) -> None:
    folder = photographed(tmp_path, SETTINGS + LETTER + "embed_images = true\n")
    done = newsfeed("digest", "--format", "json", "-o", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    weight = sum(image["length"] for image in json.loads(done.stdout)["images"])
    size = len((folder / "out/newsletter/latest/letter.eml").read_bytes())
    assert weight < size < 1.5 * weight + 40_000


@pytest.mark.parametrize(
    ("logo", "ground"),
    [("white", "#0f4c5c"), ("black", "#ffffff"), ("solid", "#ffffff"), ("both", "#0f4c5c")],
)
def test_a_logo_is_seen_on_its_ground(tmp_path: Path, logo: str, ground: str) -> None:
    """A white one on the brand's colour, a black one on white; the one for dark grounds first."""
    ink = {"white": (255, 255, 255, 255)}.get(logo, (0, 0, 0, 255))
    image = Image.new("RGBA", (300, 100), (255,) * 4 if logo == "solid" else (0,) * 4)
    image.paste(ink, (30, 30, 270, 70))
    settings = SETTINGS + 'logo = "static/l.png"\n'
    folder = photographed(tmp_path, settings + LETTER)
    (folder / "static").mkdir()
    (folder / "static/l.png").write_bytes(saved(image, "PNG"))
    if logo == "both":
        image.paste((255, 255, 255, 255), (30, 30, 270, 70))
        (folder / "static/d.png").write_bytes(saved(image, "PNG"))
        (folder / "newsfeed.toml").write_text(settings + 'logo_dark = "static/d.png"\n' + LETTER)
    assert newsfeed("digest", "-o", "public", cwd=folder).returncode == 0
    html = letter_of(folder)
    assert f'bgcolor="{ground}"' in html
    assert ("static/d" if logo == "both" else "static/l") in html
