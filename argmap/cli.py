"""The command line: options in, one call of the library, files out; messages go to standard error.

Exit codes: 0 all went well; 1 argmap could not do it, the message says why and what helps; 2 the command was not
understood; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

import argmap
from argmap.commands.analyse import analyse, diff
from argmap.commands.debate import debate
from argmap.commands.exchange import formats, import_, validate
from argmap.errors import ArgmapError
from argmap.export import EXPORTERS, SUFFIXES
from argmap.model import ActorKind
from argmap.models import EDITIONS
from argmap.render import LANGUAGES, THEMES, VIEWS
from argmap.settings import DEFAULTS

if TYPE_CHECKING:
    from argmap.export import Exporter
    from argmap.model import DebateMap
    from argmap.pipeline import Progress
    from argmap.polnear import PolnearEvaluation

__all__ = ["main"]

FAILED, STOPPED = 1, 130
#: Where `argmap build` writes when it is not told.
OUTPUT = ("output/map.html", "output/map.json")
#: Reasons that the summary lists with each file; more files than this for one reason are counted.
NAMED = 3


class Argmap(click.Group):
    """The command group with argmap's exit codes."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None,
             standalone_mode: bool = True, **extra: Any) -> Any:  # click's overloads say the same in two parts
        """Run; as a program, end with one of argmap's exit codes."""
        run = functools.partial(super().main, args, prog_name, complete_var, standalone_mode=False, **extra)
        if not standalone_mode:
            return run()
        try:
            sys.exit(run() or 0)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except ArgmapError as error:
            click.echo(f"argmap: {error}", err=True)
            sys.exit(FAILED)
        except BrokenPipeError:  # the reader of a pipe ("| head") has seen enough
            sys.stderr.close()
            sys.exit(FAILED)
        except (click.Abort, KeyboardInterrupt):
            click.echo("argmap: stopped", err=True)
            sys.exit(STOPPED)


@click.group(cls=Argmap, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(argmap.__version__, prog_name="argmap")
def main() -> None:
    """Turn news articles about a policy debate into an interactive argument map.

    \b
    Examples:
      argmap build corpus/articles               output/map.html and output/map.json
      argmap build press -o press.html --debate my-debate.toml
      argmap debate new -o my-debate.toml        a debate file to fill in

    \b
    Exit codes:
      0    all went well
      1    argmap could not do it: the message says why
      2    the command was not understood
      130  stopped by Ctrl-C
    """


for command in (debate, analyse, diff, import_, validate):
    main.add_command(command)


def _page_options(command: Callable[..., None]) -> Callable[..., None]:
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


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help=f"Where to write; the suffix names the format (.html, .json). Repeatable.  [default: {' and '.join(OUTPUT)}]")
@click.option("--debate", metavar="ID|FILE", help="A bundled debate's id (see `argmap debate list`) or a debate file.")
@click.option("--models", type=click.Choice(EDITIONS), default=EDITIONS[0], show_default=True,
              help="Edition of the Italian pipeline: the default one is more exact, the permissive one may be used commercially.")
@click.option("--pipeline", "pipelines", multiple=True, metavar="LANG=NAME",
              help="Parse a language with this spaCy pipeline, an installed package or a path (it=it_core_news_lg). Repeatable.")
@_page_options
@click.option("--strict", is_flag=True, help="Stop at the first article that makes a stage fail instead of leaving it out.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary; errors only.")
def build(paths: tuple[Path, ...], outputs: tuple[Path, ...], debate: str | None, models: str, pipelines: tuple[str, ...],
          strict: bool, quiet: bool, **page: Any) -> None:
    """Read the articles of files and folders and write their argument map.

    Texts (.txt), Markdown with front matter (.md) and web pages (.html) are read, in folders at any depth; hidden
    files and README files are passed over. What cannot be used is named in the summary and in the map.

    \b
    Examples:
      argmap build corpus/articles
      argmap build a.txt b.html -o map.html -o map.json
      argmap build press --debate my-debate.toml --pipeline it=it_core_news_lg
    """
    from argmap import debate as debates
    from argmap import pipeline
    from argmap.export import exporter, write
    targets = outputs or tuple(map(Path, OUTPUT))
    for target in targets:
        exporter(target)  # a wrong suffix shows before the work, not after
    languages = _pairs(pipelines)
    with _progress(shown=not quiet and sys.stderr.isatty()) as progress:
        debate_map = pipeline.build(paths, debate=debate or debates.DEFAULT, models=models, pipelines=languages,
                                    progress=progress, strict=strict)
        for target in targets:
            progress(f"write {target.name}", 0, 0)
            write(debate_map, target, exporters=_exporters(page))
    if not quiet:
        _summary(debate_map, targets)


@main.command(epilog=formats(EXPORTERS, SUFFIXES))
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", "outputs", multiple=True, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER",
              help="Where to write; the suffix names the format, where one has it. Repeatable.")
@click.option("--format", type=click.Choice(tuple(EXPORTERS)), help="Format to write.  [default: that of the suffix]")
@_page_options
def export(map_file: Path, outputs: tuple[Path, ...], format: str | None, **page: Any) -> None:
    """Write a saved map in other formats, or its page with other options.

    \b
    Examples:
      argmap export map.json -o map.html --title "Open or closed?" --contact maps@example.org
      argmap export map.json -o map.gexf -o map.dna
      argmap export map.json --format csv -o tables/
    """
    from argmap.export import exporter, load, write
    for target in outputs:
        exporter(target, format=format)
    debate_map = load(map_file)
    for target in outputs:
        write(debate_map, target, format=format, exporters=_exporters(page))
        click.echo(f"wrote {target}", err=True)


@main.command()
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.html", help="Where to write.")
@_page_options
@click.option("--view", type=click.Choice(VIEWS), default=VIEWS[0], show_default=True,
              help="The view that opens first; auto is the map, on a narrow screen the outline.")
@click.option("--lang", "language", type=click.Choice(("auto", *LANGUAGES)), default="auto", show_default=True,
              help="Language of the interface; auto follows the reader's browser.")
@click.option("--theme", type=click.Choice(THEMES), default=THEMES[0], show_default=True, help="Colours; auto follows the reader's system.")
@click.option("--date", metavar="YYYY-MM-DD", default="", help="When the map was made, for its notice and citation.")
def render(map_file: Path, output: Path, **page: Any) -> None:
    """Write a saved map's page anew, without reading the articles again.

    \b
    Example:
      argmap render output/map.json -o press.html --title "Open or closed?" --view actors --lang it --theme dark
    """
    from argmap.export import load, write
    from argmap.render import render as page_of
    write(load(map_file), output, format="html", exporters={"html": functools.partial(page_of, **page)})
    click.echo(f"argmap: wrote {output}", err=True)


@main.command()
@click.argument("name", required=False)
def models(name: str | None) -> None:
    """The language models that argmap uses: what each is for, its licence, training data and scores, one a line.

    Columns are parted by tabs. With NAME, all of that for one model, with credits and the recipe.
    """
    from argmap.models import card, cards
    if name is None:
        for each in cards():
            scores = "; ".join(f"{score.measure} {score.value:.2f} ({score.on})" for score in each.scores) or "see its makers"
            sources = ", ".join(source.name for source in each.sources)
            click.echo("\t".join((each.name, each.language, ", ".join(each.editions), each.licence, each.description,
                                  f"trained on {sources}", f"scores: {scores}")))
        return
    shown = card(name)
    click.echo(f"{shown.name} ({shown.language}), {shown.date}: {shown.description}")
    click.echo(f"licence: {shown.licence}\neditions: {', '.join(shown.editions)}\ntasks: {', '.join(shown.tasks)}")
    if shown.recipe:
        click.echo(f"recipe: {shown.recipe}")
    for score in shown.scores:
        click.echo(f"{score.measure}: {score.value:.3f} on {score.on}")
    for source in shown.sources:
        click.echo(f"trained on {source.name}, {source.licence}, {source.credit}, {source.url}")


@main.command()
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(get_args(ActorKind)), help="Only actors of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
def actors(map_file: Path, kind: str | None, as_json: bool) -> None:
    """List a map's actors: names, mentions, statements, merges, possible doubles.

    Those who say most come first. Below each stands, for every article where it goes by another name or was found
    anew, by which rule and on what evidence it was taken for this one; at the end, the pairs that may still be one.

    \b
    Example:
      argmap actors output/map.json --kind person
    """
    from argmap.export import load
    from argmap.roster import doubles, roster
    debate_map = load(map_file)
    entries = [entry for entry in roster(debate_map) if kind in (None, entry.actor.kind)]
    pairs = [pair for pair in doubles(debate_map) if kind in (None, pair.one.kind)]
    if as_json:
        click.echo(json.dumps({"actors": [dataclasses.asdict(entry) for entry in entries],
                               "doubles": [{"one": pair.one.id, "other": pair.other.id, "reason": pair.reason} for pair in pairs]},
                              ensure_ascii=False, indent=1))
        return
    for entry in entries:
        actor = entry.actor
        affiliation = f", {actor.affiliation}" if actor.affiliation else ""
        click.echo(f"{actor.name} ({actor.kind}{affiliation}): {entry.statements} statements, {entry.mentions} mentions, "
                   f"{len(entry.articles)} articles")
        if actor.aliases:
            click.echo(f"    also: {', '.join(actor.aliases)}")
        for merge in entry.merges:
            click.echo(f"    {merge.article}: {merge.name} ({merge.rule}: {merge.evidence})")
    if pairs:
        click.echo("\npossible doubles")
    for pair in pairs:
        click.echo(f"    {pair.one.name} / {pair.other.name} ({pair.reason})")


@main.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--attributions", is_flag=True, help="Score the map's attributions instead of its statements.")
@click.option("--gold-statements", is_flag=True,
              help="Hand the annotated statements to stance and relations, so that these are measured by themselves.")
@click.option("--language", metavar="LANG", help="Only articles in this language (it, en).")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(gold: Path, map_file: Path, attributions: bool, gold_statements: bool, language: str | None, as_json: bool) -> None:
    """Score a map against annotations by hand of the same articles.

    GOLD is a folder of annotations, one ID.json an article, or has such folders A and B for two annotators; the form
    is that of corpus/gold. Beside each figure stands the interval that 95 % of draws of the articles fall in:
    differences inside it mean little. GOLD may also be a part of PolNeAR (folders text and attributions): then the
    map's outermost attributions are scored with that corpus's figures, and the precision of each rule is printed.

    \b
    Example:
      argmap build corpus/articles -o map.json && argmap evaluate corpus/gold map.json
    """
    from argmap import evaluate as measures
    from argmap import polnear
    from argmap.export import load
    if polnear.is_part(gold):
        _print_polnear(polnear.evaluate(gold, load(map_file)), as_json=as_json)
        return
    if attributions and gold_statements:
        raise click.UsageError("--attributions and --gold-statements measure different things: give one of them")
    found = measures.evaluate(gold, load(map_file), attributions=attributions, gold_statements=gold_statements, language=language)
    if found.missing:
        click.echo(f"argmap: not in the map: {', '.join(found.missing)}", err=True)
    if as_json:
        click.echo(json.dumps({name: round(figure.value, 3) for name, figure in found.figures.items()}))
        return
    click.echo(f"{len(found.articles)} articles{'':11}map  [95 %     ]{'  annotators' if found.agreement else ''}")
    for name, figure in found.figures.items():
        ceiling = f"  {found.agreement[name]:10.3f}" if found.agreement else ""
        click.echo(f"{name:18} {figure.value:8.3f}  [{figure.low:.2f} {figure.high:.2f}]{ceiling}")


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


def _exporters(page: dict[str, Any]) -> Mapping[str, Exporter]:
    """The exporters, the page's with these options."""
    from argmap.render import render
    return {**EXPORTERS, "html": functools.partial(render, **page)}


def _pairs(pipelines: tuple[str, ...]) -> dict[str, str]:
    pairs = dict(item.partition("=")[::2] for item in pipelines)
    for item in pipelines:
        language, equals, name = item.partition("=")
        if not (language and equals and name):
            raise click.BadParameter(f"{item!r}: write LANG=NAME, as it=it_core_news_lg", param_hint="--pipeline")
    return pairs


@contextlib.contextmanager
def _progress(*, shown: bool) -> Iterator[Progress]:
    """What reports progress: a bar on a terminal, nothing elsewhere."""
    if not shown:
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total or None)


def _summary(debate_map: DebateMap, targets: tuple[Path, ...]) -> None:
    """What was found, what was left out and where the map is."""
    counts = {name: len(getattr(debate_map, name)) for name in ("articles", "actors", "statements", "claims", "relations")}
    lines = [", ".join(f"{number} {name if number != 1 else name.removesuffix('s')}" for name, number in counts.items())]
    beside = sum(statement.relevance < DEFAULTS.relevance for statement in debate_map.statements)
    if beside:
        lines.append(f"{beside} of the statements hardly bear on the debate: the map hides them until asked")
    reasons = Counter(item.reason for item in debate_map.skipped)
    if reasons:
        lines.append(f"{len(debate_map.skipped)} skipped:")
    for reason, number in sorted(reasons.items()):
        paths = [item.path for item in debate_map.skipped if item.reason == reason]
        more = f" and {number - NAMED} more" if number > NAMED else ""
        lines.append(f"  {', '.join(paths[:NAMED])}{more}: {reason}")
    click.echo("\n".join([*lines, *(f"wrote {target}" for target in targets)]), err=True)
