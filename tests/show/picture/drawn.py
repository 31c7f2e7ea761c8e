"""A picture as a test reads it: its words with the room they take, its signs, its links."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from sourceline.show.picture.measure import BOLD, SERIF, text_width

_SVG = "{http://www.w3.org/2000/svg}"
STYLE = files("sourceline.show.picture").joinpath("picture.css").read_text("utf-8")


@dataclass(frozen=True)
class Box:
    words: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether they share more than a hair."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0.5


class Drawn:
    """Raises xml.etree.ElementTree.ParseError for what is no XML."""

    def __init__(self, svg: str) -> None:
        self.root = ElementTree.fromstring(svg)
        self.width, self.height = (float(part) for part in self.root.attrib["viewBox"].split()[2:])

    def elements(self, name: str) -> list[ElementTree.Element]:
        return list(self.root.iter(_SVG + name))

    def links(self, class_: str = "point") -> list[ElementTree.Element]:
        return [link for link in self.elements("a") if link.get("class") == class_]

    def texts(self) -> list[str]:
        return [box.words for box in self.boxes()]

    def signs(self) -> list[tuple[str, float, float]]:
        """Of the links: class and place of their shape."""
        found = []
        for link in self.links():
            for path in link.findall(f"{_SVG}path"):
                if "strike" not in path.attrib["class"]:
                    x, y = _moved(path)
                    found.append((path.attrib["class"], x, y))
        return found

    def relays(self) -> list[str]:
        """The classes of the arrows, without those of the legend."""
        groups = [group for group in self.elements("g") if group.get("class") == "relays"]
        return [relay.attrib["class"] for group in groups for relay in group.findall(f"{_SVG}g")]

    def boxes(self, tips: bool = False) -> list[Box]:
        """The room of each line of words; with `tips` of those that are shown on pointing only."""
        return list(_boxes(self.root, 0, 0, tips, False))


def _moved(element: ElementTree.Element) -> tuple[float, float]:
    found = re.fullmatch(r"translate\((\S+) (\S+)\)", element.get("transform", "translate(0 0)"))
    assert found is not None
    return float(found[1]), float(found[2])


def _boxes(element: ElementTree.Element, x: float, y: float, tips: bool, inside: bool) -> Iterator[Box]:
    right, down = _moved(element)
    x, y = x + right, y + down
    inside = inside or element.get("class") == "tip"
    if element.tag == f"{_SVG}text" and inside == tips:
        yield _box(element, x, y)
    for child in element:
        yield from _boxes(child, x, y, tips, inside)


def _box(element: ElementTree.Element, x: float, y: float) -> Box:
    size, factor = _type(element.attrib["class"].split()[0])
    words = element.text or ""
    width = text_width(words, size) * factor
    left = x + float(element.attrib["x"]) - (width if element.get("text-anchor") == "end" else 0)
    base = y + float(element.attrib["y"])
    return Box(words, left, base - 0.75 * size, left + width, base + 0.2 * size)


def _type(class_: str) -> tuple[float, float]:
    """Size of a class, and how much wider than plain it is, as the style sheet has them."""
    rules = [
        body
        for names, body in re.findall(r"([^{}]+)\{([^{}]*)\}", STYLE)
        if re.search(rf"\.{class_}\b(?!-)[^.~ ]*(,|$)", names.strip())
    ]
    size, factor = 13.0, 1.0
    for rule in rules:
        if found := re.search(r"font(?:-size)?: ([\d.]+)px", rule):
            size = float(found[1])
        if re.search(r"font-weight: [67]", rule):
            factor = BOLD
        if "--serif" in rule:
            factor = SERIF
    return size, factor
