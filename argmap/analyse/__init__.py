"""A map in; networks, coalitions, polarization, the standing of claims and their acceptability out, and a report of all that.

Each module is one question; `argmap.analyse.report` puts the answers together.
"""

__all__: list[str] = []
