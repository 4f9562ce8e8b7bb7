"""Options that several commands share: those of the page, and the exporters that obey them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from argmap.export import EXPORTERS

if TYPE_CHECKING:
    from argmap.export import Exporter

__all__ = ["page_exporters", "page_options"]


def page_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of commands that write a page."""
    options = (
        click.option("--title", metavar="TEXT", help="Title of the page.  [default: the motion]"),
        click.option("--contact", metavar="TEXT", default="", help="Where readers send corrections: an address of mail or web."),
        click.option("--full-text", is_flag=True, help="Put whole articles into the page instead of the paragraphs around what was "
                                                       "found. Articles are other people's: ask them before you publish."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def page_exporters(page: dict[str, Any]) -> Mapping[str, Exporter]:
    """The exporters, the page's with these options."""
    from argmap.render import pieces
    return {**EXPORTERS, "html": functools.partial(pieces, **page)}
