"""Build SVG as escaped markup: every text and attribute goes through the escaper, so no document's words can become markup."""

from __future__ import annotations

from markupsafe import Markup, escape


def tag(name: str, *children: str | Markup, **attributes: object) -> Markup:
    """Return an element; `class_` stands for class, underscores for hyphens, None leaves an attribute out; numbers are rounded."""
    parts = [Markup("<"), name]
    for key, value in attributes.items():
        if value is not None:
            parts.append(Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _number(value)))
    inner = Markup("").join(escape(child) for child in children)
    return Markup("").join([*parts, Markup(">"), inner, Markup("</{}>").format(name)])


def chart(
    title: str, description: str, width: int, height: int, *children: Markup, name: str = "chart", role: str = "img"
) -> Markup:
    """Return a whole drawing with a title and a description; one with links in it is a `group`, any other an `img`.

    The first word of `name` names its parts; all of them are its classes.
    """
    classes, name = f"drawing {name}", name.split()[0]
    return tag(
        "svg", tag("title", title, id=f"{name}-title"), tag("desc", description, id=f"{name}-desc"), _patterns(name), *children,
        viewBox=f"0 0 {width} {height}", width=width, height=height, role=role, class_=classes,
        aria_labelledby=f"{name}-title {name}-desc",
    )  # fmt: skip


def link(href: str, *children: Markup, label: str = "") -> Markup:
    """Return children that open a page; `label` says where to."""
    return tag("a", *children, href=href, aria_label=label or None)


def label(x: float, y: float, text: str, class_: str = "label", anchor: str = "start") -> Markup:
    """Return a text at a point."""
    return tag("text", text, x=x, y=y, class_=class_, text_anchor=anchor)


def _patterns(name: str) -> Markup:
    """Return the hatchings: unknown (wide, thin) and suspended (close, thick)."""
    unknown = tag(
        "pattern", tag("path", d="M0 8 L8 0", class_="hatch-line"), id=f"{name}-unknown", width=8, height=8,
        patternUnits="userSpaceOnUse",
    )  # fmt: skip
    suspended = tag(
        "pattern", tag("rect", width=6, height=6, class_="hatch-ground"), tag("path", d="M0 6 L6 0", class_="hatch-strong"),
        id=f"{name}-suspended", width=6, height=6, patternUnits="userSpaceOnUse",
    )  # fmt: skip
    return tag("defs", unknown, suspended)


def _number(value: object) -> object:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
