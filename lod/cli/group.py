"""The group of commands: what becomes of errors and of typing errors."""

import sys
import traceback
from typing import Any

import click

from lod.errors import LodError, Refused

FINDINGS, FAILED, REFUSED = 1, 2, 3
_DEFECT = 70  # EX_SOFTWARE of sysexits.h; Python's own 1 would say "done, with findings"
_INTERRUPTED, _BROKEN_PIPE = 130, 141  # 128 and the number of the signal, as shells say it


class Commands(click.Group):
    """Turns every error of the library into one message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except Refused as error:
            click.echo(f"refused: {error}", err=True)
            ctx.exit(REFUSED)
        except LodError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(FAILED)
        except BrokenPipeError:
            sys.stderr.close()  # at its end Python would tell of what it could not write
            ctx.exit(_BROKEN_PIPE)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(_INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:  # the last frame: whatever comes this far is told, and has a code of its own
            traceback.print_exc()
            click.echo("This is a defect of lod; please report it with the lines above.", err=True)
            ctx.exit(_DEFECT)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command, and suggest one where there is a typing error."""
        from lod.errors import did_you_mean

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(f"{error.message} {hint or ''}".strip(), ctx) from None
