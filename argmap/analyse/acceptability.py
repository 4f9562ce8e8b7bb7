"""Attacks and supports between claims come in, which claims stand goes out: Dung's semantics and a gradual one.

What follows from attacks alone depends on what one takes for granted, so each semantics says what it assumes. None says
what is true: they tell which claims withstand the objections that are in the map.

References:
    Dung, P. M. (1995). On the acceptability of arguments and its fundamental role in nonmonotonic reasoning, logic programming
    and n-person games. Artificial Intelligence 77(2). Nofal, S., Atkinson, K., & Dunne, P. E. (2014). Algorithms for decision
    problems in argument systems under preferred semantics. Artificial Intelligence 207. Baumann, R., Brewka, G., & Ulbricht, M.
    (2020). Revisiting the foundations of abstract argumentation: semantics based on weak admissibility and weak defense. AAAI
    (the reduct). Potyka, N. (2018). Continuous dynamical systems for weighted bipolar argumentation. KR.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from argmap.errors import ArgmapError
from argmap.model import DebateMap
from argmap.settings import DEFAULTS

__all__ = ["Energy", "Labelling", "Preferred", "attacks", "grounded", "preferred", "quadratic_energy", "supports"]

T = TypeVar("T", bound=Hashable)
#: Steps that the search for preferred extensions may take in one part of the graph before it gives up on that part.
STEPS = DEFAULTS.search_steps


@dataclass(frozen=True, slots=True)
class Labelling(Generic[T]):
    """Which arguments are accepted, which rejected because an accepted one attacks them, and which neither."""

    accepted: frozenset[T]
    rejected: frozenset[T]
    undecided: frozenset[T]


@dataclass(frozen=True, slots=True)
class Preferred(Generic[T]):
    """All preferred extensions, kept as what they share and the choices in which they differ.

    Each extension is `core` with one member of each of `choices`; these are independent, so that a graph with thirty
    quarrels has a thousand million extensions and thirty choices. `complete` is false where the search was cut short:
    `unsearched` then holds the arguments of the parts that were not searched to the end, and `choices` nothing of them.
    """

    core: frozenset[T]
    choices: tuple[tuple[frozenset[T], ...], ...]
    complete: bool
    unsearched: frozenset[T]

    @property
    def count(self) -> int:
        """How many extensions there are (in the parts that were searched)."""
        return math.prod(map(len, self.choices))

    @property
    def sceptical(self) -> frozenset[T]:
        """The arguments in every extension."""
        return self.core.union(*(frozenset.intersection(*options) for options in self.choices))

    @property
    def credulous(self) -> frozenset[T]:
        """The arguments in one extension at least."""
        return self.core.union(*(frozenset().union(*options) for options in self.choices))

    def extensions(self) -> Iterator[frozenset[T]]:
        """The extensions one by one; there may be very many."""
        for picked in itertools.product(*self.choices):
            yield self.core.union(*picked)


@dataclass(frozen=True, slots=True)
class Energy(Generic[T]):
    """The strength of each argument in [0, 1], and whether the strengths have settled."""

    strength: Mapping[T, float]
    converged: bool


def attacks(map: DebateMap, *, confidence: float = DEFAULTS.low_confidence) -> dict[tuple[str, str], float]:
    """The attacks between claims: attacker and attacked, with the surest relation's confidence, from this confidence on.

    A claim that attacks itself by mistake of reading is left out.
    """
    return _relations(map, "attack", confidence)


def supports(map: DebateMap, *, confidence: float = DEFAULTS.low_confidence) -> dict[tuple[str, str], float]:
    """The supports between claims, likewise."""
    return _relations(map, "support", confidence)


def grounded(arguments: Iterable[T], attacks: Collection[tuple[T, T]]) -> Labelling[T]:
    """The grounded labelling (Dung 1995): what even the most cautious reader has to accept.

    Accepted is what nobody attacks, then what these defend, and so on. Assumes that every attack succeeds unless its origin is
    rejected, that all attacks are equally strong, and takes no account of supports.

    Args:
        arguments: all of them, unattacked ones too.
        attacks: pairs of attacker and attacked.

    Returns:
        The labelling; it takes time linear in the number of attacks.

    Examples:
        A chain, where c reinstates a:

        >>> sorted(grounded("abc", {("b", "a"), ("c", "b")}).accepted)
        ['a', 'c']

        Nixon's diamond, where two claims attack each other, stays open:

        >>> sorted(grounded("ab", {("a", "b"), ("b", "a")}).undecided)
        ['a', 'b']
    """
    attackers, attacked = _sides(arguments, attacks)
    open_attacks = {name: len(by) for name, by in attackers.items()}
    accepted: dict[T, None] = {}
    rejected: dict[T, None] = {}
    waiting = [name for name, number in open_attacks.items() if not number]
    while waiting:
        name = waiting.pop()
        accepted[name] = None
        for victim in attacked[name]:
            if victim in rejected:
                continue
            rejected[victim] = None
            for relieved in attacked[victim]:
                open_attacks[relieved] -= 1
                if not open_attacks[relieved] and relieved not in rejected:
                    waiting.append(relieved)
    return Labelling(frozenset(accepted), frozenset(rejected), frozenset(attackers) - accepted.keys() - rejected.keys())


def preferred(arguments: Iterable[T], attacks: Collection[tuple[T, T]], *, steps: int = STEPS) -> Preferred[T]:
    """The preferred extensions (Dung 1995): the largest sets of claims that hold together and answer every attack on them.

    Each is a party's best case. The same assumptions as in `grounded`, except that a claim may defend itself by attacking back.
    The grounded extension is in all of them; what remains open falls into parts that no attack joins, and each is searched by
    itself (Nofal et al. 2014).

    Args:
        arguments: all of them.
        attacks: pairs of attacker and attacked.
        steps: labels that the search may try in each part; finding all extensions may take exponentially many.

    Returns:
        The extensions; `complete` says whether all were found.

    Examples:
        >>> found = preferred("abcd", {("a", "b"), ("b", "a"), ("a", "c"), ("b", "c"), ("c", "d")})
        >>> sorted("".join(sorted(extension)) for extension in found.extensions())
        ['ad', 'bd']
        >>> sorted(found.sceptical)
        ['d']
    """
    attacks = set(attacks)
    cautious = grounded(arguments, attacks)
    attackers, attacked = _sides(cautious.undecided, {(a, b) for a, b in attacks if {a, b} <= cautious.undecided})
    choices: list[tuple[frozenset[T], ...]] = []
    unsearched: set[T] = set()
    for part in _parts(attackers, attacked):
        found = _search(part, attackers, attacked, steps)
        if found is None:
            unsearched.update(part)
        elif found != [frozenset()]:
            choices.append(tuple(found))
    choices.sort(key=lambda options: min(sorted(map(str, option)) for option in options))
    return Preferred(cautious.accepted, tuple(choices), not unsearched, frozenset(unsearched))


def quadratic_energy(arguments: Iterable[T], attacks: Mapping[tuple[T, T], float], supports: Mapping[tuple[T, T], float], *,
                     prior: Mapping[T, float] | float = 0.5, tolerance: float = 1e-5, longest: float = 500.0) -> Energy[T]:
    """How strong each argument is once supports and attacks are weighed: the quadratic energy model (Potyka 2018).

    The energy of an argument is the strength of its supporters less that of its attackers, each times the weight of the
    relation; its strength lies above its prior for positive energy and below for negative, by h(x) = x² / (1 + x²) of the way to
    1 or 0. Assumes that reasons add up, that support and attack are equally forceful, and a prior before anything is said.
    Potyka's relations have no weights; ours weigh by how sure we are that there is a relation, which changes nothing when all
    weigh 1.

    Args:
        arguments: all of them.
        attacks, supports: weight of each pair of origin and target, in [0, 1].
        prior: strength of each without any relation, in [0, 1]; one number for all says that we prefer none beforehand.
        tolerance: the strengths have settled when none moves faster than this per unit of time.
        longest: units of time after which the integration (Euler's method, then checked) gives up; cyclic graphs may oscillate.

    Returns:
        The strengths.

    Raises:
        ArgmapError: a prior lies outside [0, 1].

    Examples:
        >>> found = quadratic_energy("ab", {("b", "a"): 1.0}, {})
        >>> {name: round(value, 3) for name, value in sorted(found.strength.items())}
        {'a': 0.4, 'b': 0.5}
    """
    names = list(dict.fromkeys(arguments))
    weight = {name: prior if isinstance(prior, (int, float)) else prior[name] for name in names}
    for name, value in weight.items():
        if not 0 <= value <= 1:
            raise ArgmapError(f"prior {value} of {name}: strengths lie in [0, 1]")
    signed: dict[T, list[tuple[T, float]]] = {name: [] for name in names}
    for sign, relations in ((-1, attacks), (1, supports)):
        for (origin, target), force in sorted(relations.items(), key=lambda item: tuple(map(str, item[0]))):
            signed[target].append((origin, sign * force))
    strength, time, step = dict(weight), 0.0, 0.1
    while time < longest:
        moved = {}
        for name in names:
            energy = sum(force * strength[origin] for origin, force in signed[name])
            goal = weight[name] + (1 - weight[name]) * _share(energy) - weight[name] * _share(-energy)
            moved[name] = goal - strength[name]
        if all(abs(speed) < tolerance for speed in moved.values()):
            return Energy(strength, True)
        strength = {name: strength[name] + step * moved[name] for name in names}
        time += step
    return Energy(strength, False)


def _share(energy: float) -> float:
    return energy * energy / (1 + energy * energy) if energy > 0 else 0.0


def _relations(map: DebateMap, kind: str, confidence: float) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for relation in sorted(map.relations, key=lambda r: (r.origin, r.target)):
        if relation.kind == kind and relation.confidence >= confidence and relation.origin != relation.target:
            pair = relation.origin, relation.target
            found[pair] = max(found.get(pair, 0.0), relation.confidence)
    return found


def _sides(arguments: Iterable[T], attacks: Collection[tuple[T, T]]) -> tuple[dict[T, list[T]], dict[T, list[T]]]:
    """Who attacks each argument, and whom each attacks, in a fixed order."""
    names = sorted(set(arguments), key=str)
    attackers: dict[T, list[T]] = {name: [] for name in names}
    attacked: dict[T, list[T]] = {name: [] for name in names}
    for origin, target in sorted(set(attacks), key=lambda pair: tuple(map(str, pair))):
        try:
            attackers[target].append(origin)
            attacked[origin].append(target)
        except KeyError as error:
            raise ArgmapError(f"an attack names {error.args[0]!r}, which is none of the arguments") from None
    return attackers, attacked


def _parts(attackers: Mapping[T, list[T]], attacked: Mapping[T, list[T]]) -> Iterator[list[T]]:
    """The parts of the graph that no attack joins."""
    seen: set[T] = set()
    for start in attackers:
        if start in seen:
            continue
        part, waiting = [], [start]
        seen.add(start)
        while waiting:
            name = waiting.pop()
            part.append(name)
            for neighbour in (*attackers[name], *attacked[name]):
                if neighbour not in seen:
                    seen.add(neighbour)
                    waiting.append(neighbour)
        yield part


_FREE, _IN, _OUT, _MUST_OUT, _LEFT = range(5)


def _search(part: list[T], attackers: Mapping[T, list[T]], attacked: Mapping[T, list[T]], steps: int) -> list[frozenset[T]] | None:
    """All preferred extensions of a part, or None if that takes too many steps.

    A label says: not tried yet; in; attacked by one that is in; attacks one that is in and has yet to be attacked; left out.
    Trying "in" first finds every extension before its subsets.
    """
    found: list[frozenset[T]] = []
    order = sorted(part, key=lambda name: (-len(attacked[name]) - len(attackers[name]), str(name)))
    stack = [{name: _LEFT if name in attacked[name] else _FREE for name in part}]
    taken = 0
    while stack:
        taken += 1
        if taken > steps:
            return None
        labels = stack.pop()
        debts = [name for name in part if labels[name] == _MUST_OUT]
        if any(all(labels[by] != _FREE for by in attackers[name]) for name in debts):
            continue  # an attack that nothing can answer any more
        chosen = next((by for name in debts for by in attackers[name] if labels[by] == _FREE), None)
        if chosen is None:
            chosen = next((name for name in order if labels[name] == _FREE), None)
        if chosen is None:
            members = frozenset(name for name in part if labels[name] == _IN)
            if not any(members <= other for other in found):
                found.append(members)
            continue
        possible = frozenset(name for name in part if labels[name] in (_IN, _FREE))
        if any(possible <= other for other in found):
            continue
        stack.append({**labels, chosen: _LEFT})
        within = {**labels, chosen: _IN}
        for victim in attacked[chosen]:
            within[victim] = _OUT
        for by in attackers[chosen]:
            if within[by] != _OUT:
                within[by] = _MUST_OUT
        stack.append(within)
    return found
