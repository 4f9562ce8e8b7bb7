"""``argmap debate``: which debates there are, what argmap reads in one, and a file to start one's own from."""

from __future__ import annotations

from pathlib import Path

import click

from argmap.errors import ArgmapError

__all__ = ["debate"]


@click.group()
def debate() -> None:
    """List, show and start debate files: motion, sides, topics, known actors."""


@debate.command("list")
def list_debates() -> None:
    """The debates that come with argmap, an id and its motion a line."""
    from argmap import debate as debates
    for name in debates.bundled():
        motion = debates.load(name).motion.text
        click.echo(f"{name}\t{next(iter(motion.values()), '')}")


@debate.command("show")
@click.argument("name", metavar="ID|FILE")
def show_debate(name: str) -> None:
    """Check a debate file, and show what argmap reads in it."""
    from argmap import debate as debates
    shown = debates.load(name)
    click.echo(shown.id)
    for language, text in shown.motion.text.items():
        click.echo(f"motion ({language}): {text}")
    for side in shown.sides:
        labels = " / ".join(side.label.values())
        click.echo(f"{side.stance}: {labels}, {sum(map(len, side.examples.values()))} examples, {sum(map(len, side.terms.values()))} terms")
    for topic in shown.topics:
        click.echo(f"topic {topic.id}: {' / '.join(topic.label.values())}")
    for actor in shown.actors:
        click.echo(f"{actor.kind} {actor.id}: {actor.name}{f' ({actor.affiliation})' if actor.affiliation else ''}")


@debate.command("new")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write there, unless the file exists.  [default: standard output]")
def new_debate(output: Path | None) -> None:
    """A commented debate file to fill in."""
    from argmap import debate as debates
    if output is None:
        click.echo(debates.template(), nl=False)
        return
    try:
        with output.open("x", encoding="utf-8", newline="\n") as file:
            file.write(debates.template())
    except OSError as error:
        raise ArgmapError(f"{output}: cannot be written ({error.strerror})") from error
    click.echo(f"argmap: wrote {output}", err=True)
