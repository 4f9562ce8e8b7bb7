"""A map and its analysis come in, a report for readers who know neither argmap nor its manual goes out."""

from __future__ import annotations

import math
from collections.abc import Iterable

from argmap.analyse.analysis import Analysis
from argmap.analyse.caveats import caveats, making, measured
from argmap.analyse.coalitions import Coalition
from argmap.analyse.contest import Standing
from argmap.analyse.document import Block, Bullets, Figure, Heading, Paragraph, Table, many
from argmap.analyse.plots import draw_course, draw_network
from argmap.analyse.polarization import esteban_ray
from argmap.analyse.positions import AUTHOR_KIND
from argmap.analyse.profile import Split
from argmap.graph import author_id, author_name
from argmap.model import DebateMap, Stance
from argmap.settings import DEFAULTS, Settings

__all__ = ["Report", "report"]

#: Modularity from which a network counts as having communities (Newman and Girvan 2004), and stabilities from which coalitions
#: hardly depend on chance, or only at the edges: a Rand index of .9 leaves about one pair in twenty open.
COMMUNITIES, STABLE, HALF_STABLE = 0.3, 0.9, 0.6
#: Leaning from which a coalition leans to a side, and up to which an actor stands between them.
LEANS = 0.2
#: Names listed in a cell; the rest are counted. Characters of a claim in a cell.
NAMES, WORDS = 4, 170


class Report:
    """The words of a report: looks up names and claims of one map."""

    def __init__(self, map: DebateMap, analysis: Analysis, settings: Settings) -> None:
        self.map, self.found, self.settings = map, analysis, settings
        self.claims = {claim.id: claim for claim in map.claims}
        self.names = {**{author_id(article): f"{author_name(article)} (own voice)" for article in map.articles},
                      **{name: party.label for name, party in analysis.coalitions.parties.items() if party.kind != AUTHOR_KIND},
                      **{actor.id: actor.name for actor in map.actors}}
        self.makers = {standing.claim: standing.makers for standing in analysis.standings}
        self.topics = {topic.id for topic in map.debate.topics}
        self.sides = {side.stance: _english(side.label) or side.stance for side in map.debate.sides}
        #: Whether anything is for or against a motion; what was coded by concepts alone is not.
        self.sided = bool(analysis.counts.actors)

    def blocks(self) -> tuple[Block, ...]:
        """The report in its order."""
        return (*self._opening(), *self._coalitions(), *self._bridges(), *self._topics(), *self._polarization(), *self._contested(),
                *self._undefended(), *self._supported(), *self._acceptability(), *measured(self.found.counts),
                *caveats(self.map, self.found.counts, settings=self.settings))

    def _opening(self) -> Iterable[Block]:
        counts, found = self.found.counts, self.found.coalitions
        yield Heading(f"Who stands where: {_english(self.map.debate.motion.text).rstrip('.') or self.map.debate.id}", 1)
        when = f", {counts.first} to {counts.last}" if counts.first else ""
        spoken = " and ".join(f"{language} ({number})" for language, number in counts.languages.items() if language)
        sides = ("No statement is for or against a motion here: actors are compared by the concepts they agree with." if not self.sided
                 else "" if self._side("for") == "for" else  # nothing to explain
                 f"“For” means “{self._side('for')}”, “against” means “{self._side('against')}”.")
        where = f"{many(counts.articles, 'article')} from {many(len(counts.outlets), 'outlet')}{when}{f', in {spoken}' if spoken else ''}."
        yield Paragraph(" ".join(filter(None, (where, sides, making(self.map),
                                               "What that means for each figure stands at the end, under “How far to trust this”."))))
        yield Heading("In short")
        measure = self.found.polarization
        points = []
        if self.sided:
            points.append(f"Actors that take a side: {counts.actors}; {measure.favour} of them lean for the motion, {measure.against} "
                          f"against it, and {measure.balanced} as much to one as to the other.")
        points += [f"Coalition {group.number}{self._leans(group)}: {self._names(group.members)}." for group in found.groups]
        if self.sided:
            points.append(f"Polarization is {measure.index:.2f} on a scale from 0 to 1 "
                          f"(95 % interval {measure.low:.2f} to {measure.high:.2f}).")
        points += filter(None, (self._most_split(), self._most_contested()))
        if counts.relations:
            points.append(f"Attacked by others, and nobody answers: {len(self.found.undefended)} of {many(counts.claims, 'claim')}.")
        yield Bullets(tuple(points))

    def _leans(self, group: Coalition) -> str:
        return f" {_leaning(group.leaning)}" if self.sided else ""

    def _most_contested(self) -> str:
        """The point that most actors are divided on, where there are no sides to tell it."""
        if self.sided or not self.found.concepts:
            return ""
        best = self.found.concepts[0]
        return f"Most divided on “{_cut(best.label)}”: {len(best.agree)} agree, {len(best.disagree)} do not."

    def _most_split(self) -> str:
        topics = self._by_topic()
        sides = {item: (sum(len(s.agree) for s in parts), sum(len(s.disagree) for s in parts)) for item, parts in topics.items()}
        best = max(sides, key=lambda item: (min(sides[item]), sum(sides[item]), item), default=None)
        if best is None or not min(sides[best]):
            return ""
        return (f"The sides meet most on “{self._topic(topics[best][0])}”: {sides[best][0]} actors for, {sides[best][1]} against.")

    def _coalitions(self) -> Iterable[Block]:
        found = self.found.coalitions
        yield Heading("Coalitions")
        if not found.groups:
            yield Paragraph("No two actors have anything in common that could tie them; there are no coalitions to report.")
            return
        if found.basis == "concepts":
            yield Paragraph(
                f"Two actors are tied by the concepts on which they agree, less those on which they disagree, divided by how many they "
                f"speak about on average (the subtract network of discourse network analysis). Common concepts join {found.shared:.0%} "
                "of the actors into one network, enough for this.")
        else:
            yield Paragraph(
                f"Concepts that actors share join at most {found.shared:.0%} of them into one network, so shared concepts alone would "
                "leave most without ties. Two actors are therefore tied by taking the same side: on the motion as a whole, on each topic "
                "that both speak about, and on each concept that both speak about; opposite sides count against the tie, and actors "
                "with one statement weigh half. These coalitions show who is with whom, hardly factions within a side.")
        firm = ("clear" if found.modularity >= COMMUNITIES else "weak")
        trust = ("the order does not matter, which does not tell whether the map is right" if found.stability >= STABLE else
                 "their cores are firm, their edges hang on the order" if found.stability >= HALF_STABLE else
                 "another order may well divide the actors otherwise, so do not build on them")
        yield Paragraph(f"Coalitions are groups with more ties inside than chance would give (Louvain's method). Modularity is "
                        f"{found.modularity:.2f}: {firm} groups. Over {found.seeds} random orders the divisions agree at "
                        f"{found.stability:.2f} (adjusted Rand index, 1 is always the same): {trust}.")
        if self.sided:
            yield Paragraph("Leaning is the number of statements for the motion less those against it, divided by both together: +1 is "
                            "always for, -1 always against.")
        yield Figure("coalitions", draw_network(found, settings=self.settings),
                     "Actors, coloured by coalition and larger the more they say, with their strongest ties."
                     + (" Left leans against the motion, right for it." if self.sided else ""))
        if found.compared < len(found.parties):
            yield Paragraph(f"Ties were looked for among the {found.compared:,} actors who say most, "
                            f"of {len(found.parties):,} who take a side.")
        for group in found.groups:
            yield from self._coalition(group)
        if found.apart:
            yield Paragraph(f"Without ties: {self._names(found.apart, kept=2 * NAMES)}.")

    def _coalition(self, group: Coalition) -> Iterable[Block]:
        nodes = self.found.coalitions.ties.nodes
        leans = f"{_leaning(group.leaning)}, " if self.sided else ""
        yield Heading(f"Coalition {group.number}: {leans}{many(len(group.members), 'member')}", 3)
        often = [name for name in group.members if nodes[name]["statements"] > 1]
        shown = (often or group.members)[:self.settings.report_rows]
        yield self._with_leaning(("member", "affiliation", "statements"), tuple(
            (name, (self.names.get(name, name), nodes[name]["affiliation"], str(nodes[name]["statements"]))) for name in shown))
        rest = [name for name in group.members if name not in shown]
        if rest:
            yield Paragraph(f"And, with fewer statements: {self._names(rest, kept=5 * NAMES)}.")
        agreed = [split for split in self.found.agreed if split.coalition == group.number]
        if agreed:
            yield Paragraph("Members agree on:")
            yield Bullets(tuple(f"{'' if split.agree else 'not: '}{_cut(split.label)} ({self._names(split.agree or split.disagree)})"
                                for split in agreed[:self.settings.report_rows // 2]))
        own = [split for split in self.found.topics if split.coalition == group.number and len(split.agree) + len(split.disagree) > 1]
        united = sorted((s for s in own if abs(s.balance) == 1), key=lambda s: (-len(s.agree + s.disagree), s.item))[:NAMES]
        if united:
            yield Paragraph("All who speak about it take one side on: " + "; ".join(
                f"{self._topic(split)} ({many(len(split.agree) or len(split.disagree), 'actor')} {'for' if split.agree else 'against'})"
                for split in united) + ".")
        key = self.found.voices[group.number]
        if key:
            yield Paragraph("What they say (claims made or backed by most come first):")
            yield Bullets(tuple(f"{_cut(self.claims[claim].text)} ({self._names(members)})" for claim, members in key))

    def _bridges(self) -> Iterable[Block]:
        nodes = self.found.coalitions.ties.nodes
        spread = self.found.bridges[:self.settings.report_rows // 2]
        if not spread:
            return
        yield Heading("Bridges")
        yield Paragraph("Actors with ties to several coalitions. Participation is 0 when all of an actor's ties lie in one coalition and "
                        "one half when they are spread evenly over two. Betweenness is the share of shortest paths between others that "
                        "lead through the actor. Some mediate; others said different things at different times, or were misread.")
        yield self._with_leaning(("actor", "in", "ties to", "participation", "betweenness", "statements"), tuple(
            (b.actor, (self.names.get(b.actor, b.actor), str(b.coalition), str(b.other), f"{b.participation:.2f}", f"{b.betweenness:.2f}",
                       str(nodes[b.actor]["statements"]))) for b in spread))

    def _with_leaning(self, columns: tuple[str, ...], rows: Iterable[tuple[str, tuple[str, ...]]]) -> Table:
        """A table of actors, with where each leans if anybody does."""
        nodes = self.found.coalitions.ties.nodes
        if not self.sided:
            return Table(columns, tuple(cells for _, cells in rows))
        return Table((*columns, "leaning"), tuple((*cells, _signed(nodes[name]["leaning"])) for name, cells in rows))

    def _by_topic(self) -> dict[str, list[Split]]:
        topics: dict[str, list[Split]] = {}
        for split in self.found.topics:
            topics.setdefault(split.item, []).append(split)
        return topics

    def _topics(self) -> Iterable[Block]:
        groups = self.found.coalitions.groups
        topics = self._by_topic()
        if not topics or not groups:
            return
        yield Heading("Where coalitions meet")
        yield Paragraph("How many members of each coalition speak mostly for and mostly against the motion when they speak about a topic. "
                        "The coalitions clash where both speak; where only one does, it has the topic to itself.")
        order = sorted(topics, key=lambda item: (-sum(len(s.agree) + len(s.disagree) for s in topics[item]), item))
        rows = []
        for item in order[:self.settings.report_rows]:
            cells = {split.coalition: f"{len(split.agree)} for, {len(split.disagree)} against" for split in topics[item]}
            rows.append((self._topic(topics[item][0]), *(cells.get(group.number, "–") for group in groups)))
        yield Table(("topic", *(f"coalition {group.number}" for group in groups)), tuple(rows))
        if self.found.concepts:
            yield Paragraph("Points on which one actor says yes and another no:")
            yield Bullets(tuple(f"{_cut(c.label)}: yes {self._names(c.agree)}; no {self._names(c.disagree)}"
                                for c in self.found.concepts[:self.settings.report_rows // 2]))

    def _polarization(self) -> Iterable[Block]:
        measure, alpha = self.found.polarization, self.settings.polarization_alpha
        if not self.sided:
            return
        yield Heading("Polarization")
        yield Paragraph(
            f"Esteban and Ray's index (1994) asks whether actors form few, large groups far apart. It is 0 when all stand in one place "
            f"and 1 when two equal camps stand at the ends; a third each for, between and against would give "
            f"{esteban_ray((1, 0, -1), alpha=alpha):.2f}. Here it is {measure.index:.2f} (95 % interval {measure.low:.2f} to "
            f"{measure.high:.2f} over draws of the {many(measure.actors, 'actor')}). Each actor counts once, however much it says.")
        days = self.found.days
        if days is None:
            yield Paragraph("Too few actors speak in any stretch of time to say how it changed.")
            return
        yield Figure("polarization", draw_course(self.found.course),
                     f"Polarization in windows of {days} days; bars are 95 % intervals. Windows with fewer than "
                     f"{self.settings.window_actors} actors have none.")
        yield Table(("from", "to", "articles", "for", "against", "between", "index", "interval"), tuple(
            (m.start, m.end, str(m.articles), *(
                (str(p.favour), str(p.against), str(p.balanced), f"{p.index:.2f}", f"{p.low:.2f}–{p.high:.2f}")
                if (p := m.polarization) else ("", "", "", "", "too few actors"))) for m in self.found.course))
        if any(m.polarization and m.polarization.index == 0 for m in self.found.course):
            yield Paragraph("Where all actors of a window stand on one side, the index is 0 and so is its interval: draws of the same few "
                            "actors cannot know whom the articles did not quote.")
        wide = [m.polarization for m in self.found.course if m.polarization and m.polarization.index]
        if wide and max(p.low for p in wide) <= min(p.high for p in wide):
            yield Paragraph("All other intervals overlap: no change over time can be told from chance."
                            if any(m.polarization and not m.polarization.index for m in self.found.course)
                            else "All intervals overlap: no change over time can be told from chance.")

    def _contested(self) -> Iterable[Block]:
        yield Heading("Most contested claims")
        if not self.found.contested:
            yield Paragraph("No claim has both proponents and opponents.")
            return
        yield Paragraph("Proponents make the claim or one that backs it; opponents make one that attacks it or say the opposite. “Own "
                        "voice” is what an article says itself, without attributing it to anybody.")
        # who asserts and who denies a point are listed once, though both say something that is contested
        quarrels: dict[frozenset[tuple[str, ...]], Standing] = {}
        for standing in self.found.contested:
            quarrels.setdefault(frozenset((standing.proponents, standing.opponents)), standing)
        yield self._of_claims(("proponents", "opponents"), (
            (s, (self._names(s.proponents), self._names(s.opponents))) for s in list(quarrels.values())[:self.settings.report_rows]))

    def _of_claims(self, columns: tuple[str, ...], rows: Iterable[tuple[Standing, tuple[str, ...]]]) -> Table:
        """A table of claims, with the side of each if anything has one."""
        side = ("side",) if self.sided else ()
        return Table(("claim", *side, *columns), tuple(
            (_cut(self.claims[s.claim].text), *((self.claims[s.claim].stance,) if self.sided else ()), *cells) for s, cells in rows))

    def _undefended(self) -> Iterable[Block]:
        yield Heading("Attacked and undefended")
        if not self.found.undefended:
            yield Paragraph("Every attack that was found is answered, or there is none.")
            return
        yield Paragraph(f"Claims that others attack while nothing in these articles attacks the attackers in turn "
                        f"({len(self.found.undefended)} in all): either the objection is conceded, or the answer was given elsewhere. "
                        "Quarrels between actors come first, then objections of the articles' own voice. Confidence says how sure it is "
                        "that the attack is one.")
        rows = []
        for standing in self.found.undefended[:self.settings.report_rows]:
            attacker = self.claims[next(other for other in standing.attackers if other not in standing.own)]
            rows.append((f"{_cut(self.claims[standing.claim].text)} ({self._makers(standing.claim)})",
                         f"{_cut(attacker.text)} ({self._makers(attacker.id)})", str(len(standing.attackers)), f"{standing.sureness:.2f}"))
        yield Table(("claim", "surest attack", "attacks", "confidence"), tuple(rows))

    def _supported(self) -> Iterable[Block]:
        if not self.found.supported:
            return
        yield Heading("Most supported claims")
        yield self._of_claims(("proponents", "reasons", "attacks"), (
            (s, (self._names(s.proponents), str(len(s.supporters)), str(len(s.attackers))))
            for s in self.found.supported[:self.settings.report_rows]))

    def _acceptability(self) -> Iterable[Block]:
        labels, extensions, energy = self.found.grounded, self.found.preferred, self.found.energy
        free = sum(not standing.attackers for standing in self.found.standings)
        yield Heading("Which claims withstand the objections")
        yield Paragraph(
            "Taking every attack as successful unless its origin falls itself, and leaving supports aside, a cautious reader (Dung's "
            f"grounded semantics, 1995) accepts {len(labels.accepted)} claims, {len(labels.accepted) - free} of them because their "
            f"attackers fall and the others because nobody attacks them, and gives up {len(labels.rejected)}. "
            + (f"{len(labels.undecided)} that attack each other, with nothing to decide between them, stay open."
               if labels.undecided else "None stay open."))
        if labels.undecided:
            number = extensions.count
            told = str(number) if number < 10 ** 6 else f"about 10^{int(math.log10(number))}"
            yield Paragraph(
                f"There are {told} largest positions that hold together and answer every attack (preferred extensions): each quarrel "
                f"may be decided either way. {len(extensions.sceptical)} claims are in all of them, {len(extensions.credulous)} in one at "
                "least." + ("" if extensions.complete else f" {len(extensions.unsearched)} claims are entangled too much to search all."))
        judged = [s for s in self.found.standings if s.attackers or s.supporters]
        if judged:
            yield Paragraph(
                "Weighing reasons against objections (quadratic energy model, Potyka 2018; every claim starts at 0.50, and relations "
                "count by their confidence), these are the strongest and the weakest"
                + ("." if energy.converged else "; the weights had not settled, for claims in a circle keep pushing each other."))
            ranked = sorted(judged, key=lambda s: (-round(energy.strength[s.claim], 4), s.claim))
            half = self.settings.report_rows // 2
            rows = ranked if len(ranked) <= 2 * half else [*ranked[:half], *ranked[-half:]]
            yield self._of_claims(("strength", "reasons", "attacks"), (
                (s, (f"{energy.strength[s.claim]:.2f}", str(len(s.supporters)), str(len(s.attackers)))) for s in rows))

    def _topic(self, split: Split) -> str:
        """A topic's name; what belongs to none of the debate's topics has an id and no label."""
        return split.label if split.item in self.topics else "Other topics"

    def _side(self, stance: Stance) -> str:
        return self.sides.get(stance, stance)

    def _names(self, actors: Iterable[str], *, kept: int = NAMES) -> str:
        names = [self.names.get(actor, actor) for actor in actors]
        more = len(names) - kept
        return ", ".join(names[:kept]) + (f" and {more} more" if more > 0 else "")

    def _makers(self, claim: str) -> str:
        return self._names(self.makers.get(claim, ())) or "speaker not found"


def report(map: DebateMap, analysis: Analysis, *, settings: Settings = DEFAULTS) -> tuple[Block, ...]:
    """The report on an analysis, as blocks that `argmap.analyse.document` turns into text.

    Args:
        map: the map that was analysed.
        analysis: what `argmap.analyse.analysis.analyse` found in it.
        settings: the same settings, and `report_rows`.
    """
    return Report(map, analysis, settings).blocks()


def _english(texts: dict[str, str]) -> str:
    return texts.get("en") or next(iter(texts.values()), "")


def _signed(value: float) -> str:
    return f"{value:+.2f}" if round(value, 2) else "0.00"


def _leaning(value: float) -> str:
    return "leans for the motion" if value > LEANS else "leans against the motion" if value < -LEANS else "leans to neither side"


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= WORDS else f"{words[:WORDS].rsplit(' ', 1)[0]} …"
