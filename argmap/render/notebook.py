"""A `DebateMap` comes in, what a notebook shows of it goes out: a short table that survives everywhere, and the map in a frame."""

from __future__ import annotations

import html
from collections import Counter

from argmap.model import DebateMap
from argmap.render import render

__all__ = ["FRAME_HEIGHT", "mimebundle", "summary"]

#: Pixels; a notebook's usual window without its bars.
FRAME_HEIGHT = 760
#: What the page in the frame may do: run its script, save its exports, open a source's link; it shares nothing with the notebook.
SANDBOX = "allow-scripts allow-downloads allow-popups"


def summary(map: DebateMap) -> dict[str, int]:
    """How much of everything a map holds.

    >>> from argmap.model import Debate, Motion
    >>> summary(DebateMap(Debate("d", Motion({"en": "Open?"}), ())))["claims"]
    0
    """
    sides = Counter(claim.stance for claim in map.claims)
    kinds = Counter(relation.kind for relation in map.relations)
    return {"articles": len(map.articles), "actors": len(map.actors), "statements": len(map.statements), "claims": len(map.claims),
            "for": sides["for"], "against": sides["against"], "neutral": sides["neutral"], "supports": kinds["support"],
            "attacks": kinds["attack"]}


def mimebundle(map: DebateMap) -> dict[str, str]:
    """The map as a notebook's output, for ``_repr_mimebundle_``.

    The table comes first because notebooks that are not trusted show it and drop the frame.

    Returns:
        ``text/plain`` and ``text/html``.
    """
    numbers = summary(map)
    motion = map.debate.motion.text.get("en") or next(iter(map.debate.motion.text.values()), "")
    plain = f"DebateMap({motion!r}: " + ", ".join(f"{n} {what}" for what, n in numbers.items()) + ")"
    cells = "".join(f"<th scope='col'>{what}</th>" for what in numbers), "".join(f"<td>{n}</td>" for n in numbers.values())
    table = f"<table><caption>{html.escape(motion)}</caption><thead><tr>{cells[0]}</tr></thead><tbody><tr>{cells[1]}</tr></tbody></table>"
    frame = (f'<iframe sandbox="{SANDBOX}" srcdoc="{html.escape(render(map))}" width="100%" height="{FRAME_HEIGHT}" '
             f'style="border: 1px solid #8888; box-sizing: border-box" title="{html.escape(motion)}"></iframe>')
    return {"text/plain": plain, "text/html": table + frame}
