"""Corrections by people that survive re-runs: a small file in, which is found again in any later map; the corrected map out.

`entries` says what corrections there are, `refer` what they say of a thing, `files` reads and writes them, `find` looks for what
they are about, `actors`, `statements`, `claims` and `relations` carry them out on a `state`, `apply` puts it together; `tables`
makes them of an edited spreadsheet.
"""

from __future__ import annotations

from argmap.corrections.apply import Corrected, Outcome, apply
from argmap.corrections.entries import ACTIONS, Correction, Reference
from argmap.corrections.files import SCHEMA, dumps, load, loads, save
from argmap.corrections.refer import refer

__all__ = ["ACTIONS", "SCHEMA", "Corrected", "Correction", "Outcome", "Reference", "apply", "dumps", "load", "loads", "refer", "save"]
