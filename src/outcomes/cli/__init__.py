"""The command line: thin over the workflows; every failure of the user's making is one plain message."""

import io
import sys
from typing import NoReturn

from outcomes.cli.interruption import interruptions_heard

__all__ = ["main"]

EXIT_FAILURE = 2
EXIT_REFUSED = 3
EXIT_INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit: 0, 1 (rejected, or faults), 2 (a failure), 3 (refused) or 130 (interrupted)."""
    try:
        with interruptions_heard():
            # a name that the output's encoding does not know must not end a command
            if isinstance(sys.stdout, io.TextIOWrapper):
                sys.stdout.reconfigure(errors="replace")
            from outcomes.cli.commands import app
            from outcomes.errors import OutcomesError, PublicationRefused

            try:
                app()
            except PublicationRefused as refusal:
                _fail(str(refusal), EXIT_REFUSED)
            except OutcomesError as error:
                _fail(str(error))
            except OSError as error:
                where = f"{error.filename}: " if error.filename else ""
                _fail(f"{where}{error.strerror or type(error).__name__}")
    except KeyboardInterrupt:
        _interrupted()
    except SystemExit as leaving:
        if leaving.code == EXIT_INTERRUPTED:
            _interrupted()
        raise


def _fail(message: str, code: int = EXIT_FAILURE) -> NoReturn:
    from outcomes.file_names import in_sight

    # names of files may stand in it
    said = in_sight(message, but="\n")
    sys.stderr.write(f"{said}\n")
    sys.exit(code)


def _interrupted() -> NoReturn:
    sys.stderr.write("Interrupted; nothing is half-written.\n")
    sys.exit(EXIT_INTERRUPTED)
