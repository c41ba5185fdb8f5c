"""The helper's door: commands in a terminal. Importing this loads nothing that `--help` does not need."""

from throwline.cli._commands import main

__all__ = ["main"]
