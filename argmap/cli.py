"""The command line: the group of all commands and how it ends; messages go to standard error.

Exit codes: 0 all went well; 1 argmap could not do it, the message says why and what helps; 2 the command was not
understood; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Sequence
from typing import Any

import click

import argmap
from argmap.commands.actors import actors
from argmap.commands.analyse import analyse, diff
from argmap.commands.build import build
from argmap.commands.correct import correct
from argmap.commands.debate import debate
from argmap.commands.evaluate import evaluate
from argmap.commands.exchange import import_, validate
from argmap.commands.fetch import fetch
from argmap.commands.models import models
from argmap.commands.network import network
from argmap.commands.notebook import notebook
from argmap.commands.sample import sample
from argmap.commands.saved import export, render
from argmap.commands.store import store
from argmap.errors import ArgmapError
from argmap.memory import collect_rarely

__all__ = ["main"]

FAILED, STOPPED = 1, 130


class Argmap(click.Group):
    """The command group with argmap's exit codes."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None,
             standalone_mode: bool = True, **extra: Any) -> Any:  # click's overloads say the same in two parts
        """Run; as a program, end with one of argmap's exit codes."""
        run = functools.partial(super().main, args, prog_name, complete_var, standalone_mode=False, **extra)
        if not standalone_mode:
            return run()
        collect_rarely()
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


for command in (build, fetch, correct, export, render, models, actors, evaluate, debate, analyse, network, diff, import_, validate, sample,
                store, notebook):
    main.add_command(command)
