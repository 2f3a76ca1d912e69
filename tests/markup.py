"""What a page really has: elements, attributes and addresses, as a browser would find them."""

from __future__ import annotations

from html.parser import HTMLParser

ELEMENTS = set(
    "a blockquote body br caption details div em figcaption figure h1 h2 head html img li main ol "
    "meta p small strong summary table tbody td th thead title tr ul".split()
)
ATTRIBUTES = set(
    "alt aria-label charset class content href lang name role scope src style tabindex".split()
)
ADDRESSES = ("https://", "http://", "data:image/svg+xml;base64,")
WITH_ADDRESS = ("href", "src")


class Found(HTMLParser):
    """Collects what is not among those that the course writes itself."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.strange.append(f"<{tag}>")
        for name, value in attrs:
            safe = name not in WITH_ADDRESS or (value or "").startswith(ADDRESSES)
            if name not in ATTRIBUTES or not safe:
                self.strange.append(f'{name}="{value}"')


def strange_markup(html: str) -> list[str]:
    """Elements, attributes and addresses that the course does not write: they came from outside."""
    found = Found()
    found.feed(html)
    return found.strange
