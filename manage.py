#!/usr/bin/env python
"""Django's command line; the embedded database runs for as long as a command needs it."""

import contextlib
import os
import sys

WITHOUT_DATABASE = {"help", "version", "--help", "--version", "check", "collectstatic"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenan_qts.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError
    from psycopg.errors import UndefinedTable

    from wenan_qts import embedded

    needed = len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_DATABASE
    own = needed and not os.environ.get("DATABASE_URL")
    try:
        with embedded.running(embedded.FOLDER) if own else contextlib.nullcontext():
            execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, embedded.EmbeddedDatabaseError) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(embedded.unreachable(error))
    except (ProgrammingError, UndefinedTable) as error:
        if not isinstance(error.__cause__ or error, UndefinedTable):
            raise
        sys.exit("数据库里还没有表，或者表比程序旧。请先运行 manage.py migrate --database owner，再运行一次。")


if __name__ == "__main__":
    main()
