"""Draw the photographs of the demonstration's articles: nobody took them, so nobody owns them.

``python docs/photographs.py`` needs Pillow. The same Pillow draws the same bytes.
"""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter

ITEMS = Path(__file__).parents[1] / "items"
SIZE = (1600, 1067)
Colour = tuple[int, int, int]


class Scene(NamedTuple):
    """A landscape: its sky from the top down, its sun, its ridges from the farthest to the nearest.

    Places are shares of the picture's width and height; ``near`` and ``haze`` colour the ridges.
    """

    seed: int
    sky: tuple[Colour, ...]
    sun: tuple[float, float, float]
    glow: Colour
    near: Colour
    haze: Colour
    ridges: tuple[float, ...]
    birds: int = 0
    water: float = 1.0
    clouds: float = 0.35


SCENES = {
    "2026/portrait-coordination/matin.jpg": Scene(
        seed=7,
        sky=((58, 92, 128), (120, 150, 172), (214, 188, 168), (246, 205, 150)),
        sun=(0.68, 0.46, 0.036), glow=(255, 222, 160), near=(18, 38, 48), haze=(206, 176, 158),
        ridges=(0.50, 0.55, 0.61, 0.69), water=0.74,
    ),
    "2026/mois-sans-tabac/envol.jpg": Scene(
        seed=21,
        sky=((126, 168, 196), (176, 202, 214), (222, 228, 222), (240, 232, 214)),
        sun=(0.24, 0.30, 0.028), glow=(255, 246, 214), near=(34, 62, 44), haze=(196, 210, 204),
        ridges=(0.48, 0.56, 0.66, 0.78, 0.90), birds=16, clouds=0.25,
    ),
    "2025/aidants/deux-collines.jpg": Scene(
        seed=4,
        sky=((44, 42, 84), (112, 72, 112), (214, 116, 96), (250, 178, 108)),
        sun=(0.44, 0.52, 0.05), glow=(255, 190, 110), near=(24, 18, 36), haze=(190, 108, 104),
        ridges=(0.56, 0.62, 0.72, 0.86), clouds=0.5,
    ),
}  # fmt: skip


def drawn(scene: Scene) -> Image.Image:
    """Return the photograph of ``scene``."""
    width, height = SIZE
    draw = random.Random(scene.seed)
    image = _sky(scene)
    image = _with_clouds(image, scene, draw)
    image = _with_sun(image, scene)
    for number, base in enumerate(scene.ridges):
        image = _with_ridge(image, scene, draw, number, base)
    if scene.water < 1:
        image = _with_water(image, scene, draw)
    if scene.birds:
        image = _with_birds(image, scene, draw)
    vignette = Image.radial_gradient("L").resize((width * 3 // 2, height * 3 // 2))
    vignette = vignette.crop((width // 4, height // 4, width * 5 // 4, height * 5 // 4))
    dark = Image.new("RGB", SIZE, (0, 0, 0))
    image = Image.composite(dark, image, vignette.point(lambda value: max(0, value - 110) // 3))
    grain = Image.frombytes("L", SIZE, draw.randbytes(width * height))
    grain = grain.filter(ImageFilter.GaussianBlur(0.8)).point(
        lambda value: 128 + (value - 128) // 5
    )
    return ImageChops.overlay(image, grain.convert("RGB"))


def _sky(scene: Scene) -> Image.Image:
    strip = Image.new("RGB", (1, len(scene.sky)))
    strip.putdata(list(scene.sky))
    top = strip.resize((SIZE[0], round(SIZE[1] * 0.72)), Image.Resampling.BICUBIC)
    sky = Image.new("RGB", SIZE, scene.sky[-1])
    sky.paste(top, (0, 0))
    return sky


def _noise(draw: random.Random, wide: int, high: int, octaves: int) -> Image.Image:
    """Return soft noise in grey: coarse waves first, each finer one half as strong."""
    total = Image.new("L", SIZE, 128)
    for octave in range(octaves):
        columns, rows = wide << octave, high << octave
        layer = Image.frombytes("L", (columns, rows), draw.randbytes(columns * rows))
        layer = layer.resize(SIZE, Image.Resampling.BICUBIC)
        total = Image.blend(total, layer, 0.5 / (octave + 1))
    return total


def _with_clouds(image: Image.Image, scene: Scene, draw: random.Random) -> Image.Image:
    """Lay long thin clouds, lit from below, over the upper part."""
    noise = _noise(draw, 3, 9, 5)
    mask = noise.point(lambda value: max(0, min(255, (value - 138) * 6)))
    fade = Image.linear_gradient("L").resize(SIZE).point(lambda value: max(0, 255 - value * 2))
    mask = ImageChops.multiply(mask, fade).point(lambda value: round(value * scene.clouds * 1.6))
    return Image.composite(Image.new("RGB", SIZE, scene.glow), image, mask)


def _with_sun(image: Image.Image, scene: Scene) -> Image.Image:
    """Add the sun with the light around it, wide and faint, then narrow and strong."""
    across, down, radius = scene.sun
    x, y = round(across * SIZE[0]), round(down * SIZE[1])
    for reach, strength in ((26, 0.55), (9, 0.6), (3.2, 0.7)):
        size = round(radius * reach * SIZE[0])
        light = Image.radial_gradient("L").resize((size, size))
        light = light.point(lambda value, s=strength: round(max(0, 1 - value / 180) ** 2 * 255 * s))
        mask = Image.new("L", SIZE, 0)
        mask.paste(light, (x - size // 2, y - size // 2))
        image = Image.composite(Image.new("RGB", SIZE, scene.glow), image, mask)
    disc = Image.new("L", SIZE, 0)
    edge = round(radius * SIZE[0] / 2)
    ImageDraw.Draw(disc).ellipse((x - edge, y - edge, x + edge, y + edge), fill=255)
    disc = disc.filter(ImageFilter.GaussianBlur(2))
    return Image.composite(Image.new("RGB", SIZE, (255, 250, 232)), image, disc)


def _profile(draw: random.Random, rough: float, tall: float) -> list[float]:
    """Return the heights of a ridge, one for each 4 pixels, by midpoints that are displaced."""
    points = [draw.uniform(-tall, tall) for _ in range(3)]
    spread = tall
    while len(points) < SIZE[0] // 4 + 2:
        spread *= rough
        between = [
            (a + b) / 2 + draw.uniform(-spread, spread)
            for a, b in itertools.pairwise(points)
        ]
        points = [each for pair in zip(points, [*between, 0.0], strict=True) for each in pair][:-1]
    return points


def _with_ridge(
    image: Image.Image, scene: Scene, draw: random.Random, number: int, base: float
) -> Image.Image:
    width, height = SIZE
    last = len(scene.ridges) - 1
    near = (number / max(1, last)) ** 1.3
    heights = _profile(draw, 0.50 + 0.04 * near, height * (0.05 + 0.05 * near))
    line = [(n * 4, base * height + each) for n, each in enumerate(heights)]
    mask = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(mask)
    pen.polygon([(0, height), *line, (width, height)], fill=255)
    if number == last and scene.water == 1:
        for x, y in line:
            for _ in range(2):
                tall = draw.uniform(6, 30) * (0.5 + near)
                at = x + draw.uniform(-3, 3)
                pen.polygon(
                    [(at - tall / 5, y + 8), (at, y - tall), (at + tall / 5, y + 8)], fill=255
                )
    mask = mask.filter(ImageFilter.GaussianBlur(0.8 + 1.6 * (1 - near)))
    colour = tuple(round(h + (n - h) * near) for h, n in zip(scene.haze, scene.near, strict=True))
    ground = Image.new("RGB", SIZE, colour)
    texture = _noise(draw, 14, 20, 5).convert("RGB")
    ground = Image.blend(ground, ImageChops.overlay(ground, texture), 0.25 + 0.5 * near)
    # Mist lies in the valleys: each ridge fades downwards into the haze.
    fade = Image.linear_gradient("L").resize((width, round(height * 0.30)))
    mist = Image.new("L", SIZE, 0)
    mist.paste(
        fade.point(lambda value: round(value * 0.75 * (1 - near))), (0, round(base * height))
    )
    ground = Image.composite(Image.new("RGB", SIZE, scene.haze), ground, mist)
    return Image.composite(ground, image, mask)


def _with_water(image: Image.Image, scene: Scene, draw: random.Random) -> Image.Image:
    """Mirror what stands above the shore, in long ripples."""
    width, height = SIZE
    shore = round(scene.water * height)
    deep = height - shore
    mirror = image.crop((0, shore - deep, width, shore)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirror = mirror.filter(ImageFilter.GaussianBlur(3))
    wide = mirror.resize((width + 80, deep))
    for y in range(deep):
        left = 40 + round(draw.uniform(-1, 1) * (2 + 22 * y / deep))
        mirror.paste(wide.crop((left, y, left + width, y + 1)), (0, y))
    mirror = mirror.filter(ImageFilter.BoxBlur(1))
    tint = Image.new("RGB", mirror.size, scene.near)
    image.paste(Image.blend(mirror, tint, 0.28), (0, shore))
    return image


def _with_birds(image: Image.Image, scene: Scene, draw: random.Random) -> Image.Image:
    mask = Image.new("L", (SIZE[0] * 2, SIZE[1] * 2), 0)
    pen = ImageDraw.Draw(mask)
    for _ in range(scene.birds):
        x, y = draw.gauss(0.58, 0.12) * SIZE[0] * 2, draw.gauss(0.26, 0.07) * SIZE[1] * 2
        wing = draw.uniform(16, 40)
        lift = draw.uniform(0.15, 0.6) * wing
        thick = max(3, round(wing / 7))
        pen.line(
            [
                (x - wing, y - lift),
                (x - wing / 3, y - lift / 2),
                (x, y),
                (x + wing / 3, y - lift / 2),
                (x + wing, y - lift),
            ],
            fill=235,
            width=thick,
            joint="curve",
        )
    mask = mask.resize(SIZE, Image.Resampling.LANCZOS)
    return Image.composite(Image.new("RGB", SIZE, (44, 56, 62)), image, mask)


def main() -> None:
    """Write every photograph beside its article."""
    for path, scene in SCENES.items():
        drawn(scene).save(ITEMS / path, quality=80, optimize=True, progressive=True)


if __name__ == "__main__":
    main()
