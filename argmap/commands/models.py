"""``argmap models``: the language models that argmap uses."""

from __future__ import annotations

import click

__all__ = ["models"]


@click.command()
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
