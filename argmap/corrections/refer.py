"""An item of a map in; out, what a correction says of it, so that it is found again in later maps: its id and its words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from argmap.corrections.entries import Reference
from argmap.model import Actor, Claim, Statement

__all__ = ["refer"]

_NONE: Mapping[str, Statement] = MappingProxyType({})
#: Between the pieces of a statement that a reporting clause splits.
_GAP = " … "


def refer(item: Actor | Claim | Statement, statements: Mapping[str, Statement] = _NONE) -> Reference:
    """What a correction says of an actor, a statement or a claim.

    Args:
        item: of a map.
        statements: the map's, by id; a claim is told by the first of those that make it.

    >>> refer(Actor("roth", "Nadia Roth", "person"))
    Reference(id='roth', name='Nadia Roth', text='', article='', quotation='', start=None)
    """
    if isinstance(item, Actor):
        return Reference(item.id, item.name)
    if isinstance(item, Statement):
        return Reference(item.id, article=item.article, quotation=_GAP.join(span.text for span in item.content).strip(),
                         start=item.content[0].start if item.content else None)
    shown = next((refer(statements[name]) for name in item.statements if name in statements), Reference())
    return Reference(item.id, text=item.text.strip(), article=shown.article, quotation=shown.quotation, start=shown.start)
