"""``argmap evaluate``: a map and annotations or coding by hand in, figures out."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.errors import ArgmapError

if TYPE_CHECKING:
    from argmap.coded import CodingEvaluation
    from argmap.model import DebateMap
    from argmap.polnear import PolnearEvaluation

__all__ = ["evaluate"]

#: Formats that keep where in an article each statement stands; others cannot be laid onto it.
_CODED = ("dna", "dna-csv", "csv", "json")
#: What each figure on hand coding says, in a few words.
_SAID = {"recall": "coded statements found", "precision": "statements found that are coded", "one_to_one": "F1, one to one",
         "actor": "same speaker", "organisation": "same speaker or organisation", "concept": "same concept",
         "agreement": "both agree with it, or neither", "stance": "same stance", "side": "same side, where both have one",
         "relation_f1": "F1, relations within articles", "pair_f1": "F1, without sign and direction",
         "alpha_relation": "relations of matched statements",
         "alpha_words": "words in statements or not", "alpha_actor": "speakers", "alpha_concept": "concepts",
         "alpha_agreement": "agreement with the same concept", "alpha_stance": "stances"}
_ORIENTED = {"coded": "Sides are the coding's own.", "given": "Sides of concepts are those given.",
             "derived": "Sides of concepts are as most of their other statements have in the map; --sides can say them."}


@click.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--attributions", is_flag=True, help="Score the map's attributions instead of its statements.")
@click.option("--gold-statements", is_flag=True,
              help="Hand the annotated statements to stance and relations, so that these are measured by themselves.")
@click.option("--language", metavar="LANG", help="Only articles in this language (it, en).")
@click.option("--sides", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="SIDES.csv",
              help="For coding by concepts: a table with the columns concept and side, the side (for, against, neutral) of who agrees.")
@click.option("--coder", default="", metavar="NAME", help="Only what this coder of the Discourse Network Analyzer entered.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(gold: Path, map_file: Path, attributions: bool, gold_statements: bool, language: str | None, sides: Path | None,
             coder: str, as_json: bool) -> None:
    """Score a map against annotations or coding by hand of the same articles.

    GOLD is one of these:

    \b
    - a folder of annotations, one ID.json an article, or has such folders A and B for two
      annotators; the form is that of corpus/gold
    - coding in the Discourse Network Analyzer: its database (.dna) or event list (.csv)
    - a map: a folder of argmap's CSV tables, or a MAP.json, that people corrected
    - a part of PolNeAR (folders text and attributions)

    Beside each figure stands the interval that 95 % of draws of the articles fall in: differences inside it mean little.
    Krippendorff's alpha takes away what chance would give; it needs argmap[agreement].

    Coded documents are matched to the map's articles by id, text, title with date, or the words of their statements, and
    statements by the words that they share; what could not be matched is named. Agreement with a concept is no side: --sides
    says which it is, else each concept is turned as most of its other statements are in the map. Two coders of one project are
    compared by importing the one's statements as a map.

    \b
    Examples:
      argmap build corpus/articles -o map.json && argmap evaluate corpus/gold map.json
      argmap evaluate coding.dna map.json --sides sides.csv
      argmap import coding.dna --coder Ann -o ann.json && argmap evaluate coding.dna ann.json --coder Bob
    """
    from argmap import polnear
    from argmap.export import load
    if attributions and gold_statements:
        raise click.UsageError("--attributions and --gold-statements measure different things: give one of them")
    if gold.is_file() or (gold / "statements.csv").is_file():
        if attributions or gold_statements or language:
            raise click.UsageError("--attributions, --gold-statements and --language are for folders of annotations")
        _print_coding(_coding(gold, load(map_file), sides, coder), as_json=as_json)
        return
    if sides or coder:
        raise click.UsageError("--sides and --coder are for coding by concepts: annotations have sides and folders of their own")
    if polnear.is_part(gold):
        _print_polnear(polnear.evaluate(gold, load(map_file)), as_json=as_json)
        return
    from argmap import evaluate as measures
    _check_alpha()
    found = measures.evaluate(gold, load(map_file), attributions=attributions, gold_statements=gold_statements, language=language)
    if found.missing:
        click.echo(f"argmap: not in the map: {', '.join(found.missing)}", err=True)
    if as_json:
        click.echo(json.dumps({name: round(figure.value, 3) for name, figure in found.figures.items()}))
        return
    click.echo(f"{len(found.articles)} articles{'':11}map  [95 %     ]{'  annotators' if found.agreement else ''}")
    for name, figure in found.figures.items():
        ceiling = f"  {found.agreement[name]:10.3f}" if found.agreement and name in found.agreement else ""
        click.echo(f"{name:18} {figure.value:8.3f}  [{figure.low:.2f} {figure.high:.2f}]{ceiling}")


def _check_alpha() -> None:
    from argmap import agreement
    if not agreement.available():
        click.echo(f"argmap: {agreement.REMEDY}", err=True)


def _coding(gold: Path, debate_map: DebateMap, sides: Path | None, coder: str) -> CodingEvaluation:
    from argmap import coded
    from argmap.export import format_in, import_map
    from argmap.sides import read_sides
    _check_alpha()
    name = format_in(gold)
    if name not in _CODED:
        raise ArgmapError(f"{gold}: {name} does not keep where in an article a statement stands: give one of {', '.join(_CODED)}")
    coding = import_map(gold, format=name, coder=coder)
    return coded.evaluate(coding, debate_map, sides=read_sides(sides, coding) if sides else None)


def _print_coding(found: CodingEvaluation, *, as_json: bool) -> None:
    for document in found.documents.unmatched:
        click.echo(f"argmap: not in the map: {document.title or document.id}: {document.reason}", err=True)
    if found.lost:
        click.echo(f"argmap: {len(found.lost)} coded statements are not in the words of their articles: {', '.join(found.lost[:5])}"
                   f"{' …' if len(found.lost) > 5 else ''}", err=True)
    if as_json:
        click.echo(json.dumps({
            "documents": len(found.documents.articles), "unmatched": [document.id for document in found.documents.unmatched],
            "coded": found.coded, "lost": len(found.lost), "oriented": found.oriented,
            **{name: round(figure.value, 3) for name, figure in found.figures.items()},
            "codes": {one.level: {"homogeneity": round(one.grouping.homogeneity, 3), "completeness": round(one.grouping.completeness, 3),
                                  "v": round(one.grouping.v, 3), "rand": round(one.rand, 3)} for one in found.codes}}))
        return
    rules = ", ".join(f"{number} by {rule}" for rule, number in Counter(found.documents.rules.values()).items())
    click.echo(f"{len(found.documents.articles)} documents (matched {rules}), {found.coded} coded statements")
    click.echo(f"{'':49} {'map':>6}  [95 %     ]  compared")
    for name, figure in found.figures.items():
        interval = f"[{figure.low:.2f} {figure.high:.2f}]" if figure.low == figure.low else ""  # alphas of many values have none
        click.echo(f"{name:15} {_SAID[name]:33} {figure.value:6.3f}  {interval:12} {found.compared[name]:8d}")
    if any(name in found.figures for name in ("stance", "side")):
        click.echo(_ORIENTED[found.oriented])
    click.echo(f"\n{'codes in the map':49} homogeneity  completeness      V   Rand")
    for one in found.codes:
        name = f"{one.codes} codes, {one.groups} {one.level}s"
        click.echo(f"{name:49} {one.grouping.homogeneity:11.3f} {one.grouping.completeness:13.3f} {one.grouping.v:6.3f} {one.rand:6.3f}")


def _print_polnear(found: PolnearEvaluation, *, as_json: bool) -> None:
    if found.missing:
        click.echo(f"argmap: not in the map: {', '.join(found.missing)}", err=True)
    if as_json:
        click.echo(json.dumps({name: round(value, 3) for name, value in found.figures.items()}))
        return
    for name, value in found.figures.items():
        click.echo(f"{name:18} {value:8.3f}")
    click.echo("\nprecision by rule")
    for rule, (value, count) in sorted(found.precision.items(), key=lambda item: -item[1][1]):
        click.echo(f"{rule:36} {value:8.3f} of {count}")
