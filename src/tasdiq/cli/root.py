"""The command root: which commands there are, where each lives, and how errors become exit codes.

Commands are imported only when called (DESIGN, section 6: the one place where imports are deferred), so that
`tasdiq audit` loads neither language models nor tables. Exit codes: 0 done, 1 failed or a check does not hold, 2 unusable
input or usage.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from tasdiq.errors import EXIT_FAILED, TasdiqError, exit_code, shown

COMMANDS: dict[str, tuple[str, str]] = {
    "assess": ("tasdiq.cli.assess", "A folder of press reports and tables becomes a record and a site."),
    "init": ("tasdiq.cli.init", "Create a record under a charter, or a mirror of one."),
    "receive": ("tasdiq.cli.receive", "Take documents and event tables into a record."),
    "mapping": ("tasdiq.cli.mapping", "Propose which columns of an event table mean what."),
    "attribute": ("tasdiq.cli.attribute", "Print the attributed statements of documents, without a record."),
    "corroborate": ("tasdiq.cli.corroborate", "Group incident reports and count independent origins."),
    "origin": ("tasdiq.cli.origin", "See which statements were put together as one, confirm it, take it apart."),
    "proposition": ("tasdiq.cli.proposition", "Decide what statements are about: merge, split, reword, confirm."),
    "case": ("tasdiq.cli.case", "Take an allegation through the procedure."),
    "sign": ("tasdiq.cli.sign", "Put a member's mark under a part of a finding."),
    "agreement": ("tasdiq.cli.agreement", "Keep the register of agreements, readings and figures."),
    "minutes": ("tasdiq.cli.minutes", "Keep the minutes of a session, line by line."),
    "call": ("tasdiq.cli.call", "Log calls over the contact line, and print its sheet."),
    "measure": ("tasdiq.cli.measure", "Review engagement: what each side claims was done."),
    "cosign": ("tasdiq.cli.cosign", "Cosign checkpoints, and collect cosignatures."),
    "submit": ("tasdiq.cli.submit", "Enter what members signed on their own machines."),
    "countersign": ("tasdiq.cli.countersign", "Add a member's signature to a submission."),
    "redact": ("tasdiq.cli.redact", "Empty the content of entries or rows, with a notice that stays."),
    "key": ("tasdiq.cli.key", "Make keys, show fingerprints, change who may sign what."),
    "account": ("tasdiq.cli.account", "Invite officers to the web application, list and disable accounts."),
    "publish": ("tasdiq.cli.publish", "Write a record's public site, or one proposition's card."),
    "send": ("tasdiq.cli.send", "Enter a text that named recipients alone can read."),
    "open": ("tasdiq.cli.open", "Read an entry that was encrypted to you."),
    "disclose": ("tasdiq.cli.disclose", "Prove a sealed field, such as a witness's name, to one reader."),
    "export": ("tasdiq.cli.export", "Write a record's entries to one file, for its mirrors."),
    "import": ("tasdiq.cli.import_", "Take such files into a mirror, or into a host that was set back."),
    "audit": ("tasdiq.cli.audit", "Check a bundle, site or record offline."),
    "serve": ("tasdiq.cli.serve", "Serve a record to browsers and programs."),
    "rebuild": ("tasdiq.cli.rebuild", "Make a server's search index anew from its record."),
    "backup": ("tasdiq.cli.backup", "Write all that a host must not lose to one file."),
    "restore": ("tasdiq.cli.restore", "Put a host's record back from such a file."),
    "view": ("tasdiq.cli.view", "Serve a published site on this machine and say where."),
}


def load(place: str) -> Any:
    """Import what stands at `module:name`, or the `command` of a module: the one place where imports are deferred."""
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name or "command")


class LazyGroup(click.Group):
    """A group whose commands are loaded by name, in the order of the journey.

    `table` names each command's module, with `:name` where it is not the module's `command`, and says what it does.
    """

    def __init__(self, *args: Any, table: dict[str, tuple[str, str]] | None = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.table = COMMANDS if table is None else table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order a report passes them."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return its `command`."""
        if cmd_name not in self.table:
            return None
        loaded = load(self.table[cmd_name][0])
        assert isinstance(loaded, click.Command)
        return loaded

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in self.table.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="tasdiq")
def root() -> None:
    """tasdiq: one shared record of what was agreed, said, happened and verified in a ceasefire.

    Start with a folder of press reports:

    \b
        tasdiq assess my-folder -o my-site
        tasdiq audit my-site

    Exit codes: 0 done, 1 failed or a check does not hold, 2 unusable input or usage.
    """


def main() -> None:
    """Run the command line; every error of ours becomes one clear line and its exit code."""
    try:
        root.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort as stopped:
        if isinstance(stopped.__context__, EOFError):
            _say(
                "expected an answer, found the end of the input: run this on a terminal (--help names what asks nothing)"
            )
            sys.exit(2)
        click.echo("stopped: what was acknowledged is kept; run the same command again to go on", err=True)
        sys.exit(EXIT_FAILED)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except TasdiqError as error:
        _say(str(error))
        sys.exit(exit_code(error))
    except BrokenPipeError:
        # The reader of our output is gone; Python would complain once more while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_FAILED)
    except OSError as error:
        _say(f"{error.filename or 'the system'}: {error.strerror}; what was acknowledged is kept: mend it, run again")
        sys.exit(EXIT_FAILED)


def _say(message: str) -> None:
    """Print a message on stderr; a hostile file name in it moves neither cursor nor direction of the terminal."""
    click.echo("tasdiq: " + "\n".join(shown(line) for line in message.split("\n")), err=True)
