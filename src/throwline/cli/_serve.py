"""`throwline serve`: the local page."""

from __future__ import annotations

import os
import sys
import webbrowser

import click

from throwline.serve import Server


def serve_page(port: int, *, with_browser: bool) -> int:
    """Serve until interrupted. Returns 2 where the port is taken, else 0."""
    try:
        server = Server(port)
    except OSError as error:
        click.echo(f"Port {port} cannot be used: {error.strerror}. Leave --port out.", err=True)
        return 2
    run(server, with_browser=with_browser)
    return 0


def run(server: Server, *, with_browser: bool) -> None:
    """Print the address, open the browser where there is a screen, and serve until interrupted."""
    click.echo(f"Open this address in a browser on this machine:\n  {server.start}")
    click.echo("Nothing is sent anywhere. Press Ctrl+C to end; everything not saved is then gone.")
    if with_browser and _has_screen():
        webbrowser.open(server.start)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo()
    finally:
        server.server_close()


def _has_screen() -> bool:
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
