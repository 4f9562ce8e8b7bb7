"""``python -m argmap``: the command line."""

from argmap.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
