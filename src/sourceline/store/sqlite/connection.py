"""A connection to a ledger's file: opened, recognised and brought up to date; its transactions and its errors."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sourceline.errors import LedgerDamaged, LedgerError, LedgerFull, LedgerLocked, MissingInput, UsageError
from sourceline.store.sqlite.damage import as_text_or_none
from sourceline.store.sqlite.schema import APPLICATION_ID, PAGE_SIZE, applied, apply, missing
from sourceline.store.sqlite.seals import add_seals

PATIENCE = 30.0
"""Seconds to wait for another writer."""
_UNTOLD = 0.25
"""Seconds of waiting that nobody is told of; also what one attempt takes, so that an interruption is soon heard."""
_PAUSE = 0.02
"""Seconds between two attempts to open what another program is just making."""
_UNREADABLE = frozenset(
    (
        sqlite3.SQLITE_IOERR_READ,
        sqlite3.SQLITE_IOERR_SHORT_READ,
        sqlite3.SQLITE_IOERR_CORRUPTFS,
    )
)
"""Of errors of reading and writing those that a broken file brings about."""
_FORBIDDEN = frozenset((sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH))
Values = Sequence[Any] | Mapping[str, Any]
Fills = Mapping[str, Callable[["Database"], None]]
"""What is to be done after migrations (by their names) that statements alone cannot do, in the same transaction."""
_CHUNK = 256
_CACHE = 64 * 1024
"""Kilobytes of pages kept in memory."""
_WAL_LIMIT = 64 * 1024 * 1024
"""Bytes of the write-ahead log after which it is worked in, and that it is then cut back to: what several transactions
wrote to one page goes into the file once."""


class Database:
    """One connection, for the thread that opened it. Every method raises LedgerError instead of SQLite's own."""

    def __init__(
        self,
        path: Path,
        *,
        readonly: bool,
        patience: float,
        tell_wait: Callable[[float], None] = lambda _: None,
        fills: Fills | None = None,
    ) -> None:
        """`tell_wait` hears for how many seconds it may wait when another program makes it wait; `fills` are done after
        migrations.

        Raises MissingInput for a file to be read that is not there, and LedgerError for one that is no ledger.
        """
        self.path = path
        self.readonly = readonly
        self._patience = patience
        self._tell_wait = tell_wait
        self._fills = fills or {}
        self.before_commit: list[Callable[[], None]] = []
        """What is still to be written before a transaction ends, and before anything is searched in it."""
        self.after_rollback: list[Callable[[], None]] = []
        self.forgets = False
        """Whether the transaction took a text down: no trace of it may stay in the file."""
        if readonly and not path.is_file():
            raise MissingInput(f"there is no ledger at {path}: name another, or add something first")
        if path.is_dir():
            raise LedgerDamaged(f"{path} is a folder: name the ledger's file")
        self._connection = self._connected()
        add_seals(self._connection)
        try:
            with self._explained():
                self._open()
                self._wait_at_most(patience)
        except BaseException:
            self._connection.close()
            raise

    def _connected(self) -> sqlite3.Connection:
        if not self.readonly:
            with self._explained():
                return sqlite3.connect(self.path, timeout=min(self._patience, _UNTOLD), isolation_level=None)
        uri = self.path.absolute().as_uri() + "?mode=ro"
        with self._explained():
            connection = sqlite3.connect(uri, timeout=self._patience, isolation_level=None, uri=True)
        try:
            connection.execute("PRAGMA application_id").fetchone()
            return connection
        except (sqlite3.Error, UnicodeDecodeError) as error:
            connection.close()
            if self._log_size() and isinstance(error, sqlite3.Error):
                raise self._error(error) from error
        # where nothing may be written beside the file and nothing waits in a log, the file is all there is
        with self._explained():
            return sqlite3.connect(uri + "&immutable=1", isolation_level=None, uri=True)

    def _log_size(self) -> int:
        log = self.path.with_name(self.path.name + "-wal")
        return log.stat().st_size if log.exists() else 0

    def _open(self) -> None:
        """Where several programs make or open the file at once, SQLite does not wait for all that each of them does."""
        began, told = time.monotonic(), False
        while True:
            try:
                self._prepare()
                return
            except sqlite3.OperationalError as error:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                waited = time.monotonic() - began
                if not _is_busy(error) or waited > self._patience:
                    raise
                if not told and waited >= _UNTOLD:
                    told = True
                    self._tell_wait(self._patience - waited)
                time.sleep(_PAUSE)

    def _wait_at_most(self, seconds: float) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {int(1000 * seconds)}")

    def _patiently(self, attempt: Callable[[], bool]) -> bool:
        """Whether an attempt succeeded before patience ended; each fails where another program is in its way."""
        until = time.monotonic() + self._patience
        self._wait_at_most(min(self._patience, _UNTOLD))
        try:
            done = attempt()
            if not done and (left := until - time.monotonic()) > 0:
                self._tell_wait(left)
            while not done and time.monotonic() < until:
                done = attempt()
            return done
        finally:
            self._wait_at_most(self._patience)

    def _prepare(self) -> None:
        run = self._connection.execute
        run(f"PRAGMA cache_size = -{_CACHE}")
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA secure_delete = ON")
        run(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")
        run(f"PRAGMA wal_autocheckpoint = {_WAL_LIMIT // PAGE_SIZE}")
        run("PRAGMA synchronous = FULL")
        kind = self._kind()
        if kind and not applied(self._connection):
            raise LedgerDamaged(f"{self.path} is a broken ledger (its tables are gone): restore a copy")
        if self.readonly:
            if kind == 0 or missing(self._connection, str(self.path)):
                raise LedgerError(f"{self.path} is not up to date: open it for writing once")
            return
        if kind == 0:
            run(f"PRAGMA page_size = {PAGE_SIZE}")
        run("PRAGMA journal_mode = WAL")
        if self._log_size():
            self._empty_log(run)
        if missing(self._connection, str(self.path)):
            run("BEGIN IMMEDIATE")
            try:
                migrations = missing(self._connection, str(self.path))
                apply(self._connection, migrations)
                for migration in migrations:
                    if (fill := self._fills.get(migration.name)) is not None:
                        fill(self)
                run("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    run("ROLLBACK")
                raise

    def _empty_log(self, run: Callable[[str], sqlite3.Cursor]) -> None:
        """Without waiting: whoever works in it empties it when it is done."""
        (patience,) = run("PRAGMA busy_timeout").fetchone()
        run("PRAGMA busy_timeout = 0")
        try:
            run("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                raise
        finally:
            run(f"PRAGMA busy_timeout = {patience}")

    def _kind(self) -> int:
        """The file's application id, 0 for an empty file. Raises LedgerDamaged for what is no ledger."""
        # in this order: both come at once where another program is just making the ledger
        (tables,) = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (kind,) = self._connection.execute("PRAGMA application_id").fetchone()
        if kind == APPLICATION_ID or (kind == 0 and tables == 0):
            return int(kind)
        raise LedgerDamaged(f"{self.path} is a SQLite file but no ledger: name another file")

    def close(self) -> None:
        with self._explained():
            self._connection.close()

    # transactions -----------------------------------------------------------------------------------------------------

    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction. Raises UsageError in another one, LedgerLocked where another writer does not end."""
        if self.readonly:
            raise LedgerFull(f"{self.path} is open for reading only: see that it and its folder may be written to")
        if self.in_transaction():
            raise UsageError("a transaction is open already: end it first")
        self.forgets = False
        if not self._patiently(self._begun):
            raise LedgerLocked(
                f"another program is writing to {self.path}, and was not done in {self._patience:g} s: "
                "try again when it is done"
            )
        try:
            yield
            self.settle()
            if self.forgets:
                self._clear_indexes()
            self.run("COMMIT")
        except BaseException:
            self._undo()
            raise
        if self.forgets:
            self._clear_log()

    def _begun(self) -> bool:
        """Whether a transaction for writing was begun; False where another program writes."""
        with self._explained():
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not _is_busy(error):
                    raise
                return False
        return True

    def _clear_log(self) -> None:
        """Empties the write-ahead log, which still holds what was taken down. Raises LedgerLocked where readers that do
        not end hold it open; it is tried again whenever the ledger is opened."""
        if not self._patiently(lambda: not self.row("PRAGMA wal_checkpoint(TRUNCATE)")[0]):
            raise LedgerLocked(
                f"the text is taken down, but another program has {self.path} open: its words stay in {self.path}-wal "
                "until that program ends and the ledger is opened once more"
            )

    def _clear_indexes(self) -> None:
        """Writes the indexes anew: until then they only mark as gone what was taken out."""
        for index in ("search", "names", "candidates", "statements"):
            self.run(f"INSERT INTO {index} ({index}) VALUES ('optimize')")

    def _undo(self) -> None:
        for forget in self.after_rollback:
            forget()
        if self.in_transaction():
            self.run("ROLLBACK")

    def settle(self) -> None:
        """Writes what was put off until the transaction's end."""
        if self.in_transaction() and not self.readonly:
            for work in self.before_commit:
                work()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside is of one moment; in a transaction, of what has been written in it."""
        if self.in_transaction():
            self.settle()
            yield
            return
        self.run("BEGIN")
        try:
            yield
        finally:
            if self.in_transaction():
                self.run("ROLLBACK")

    def need_transaction(self) -> None:
        if not self.in_transaction():
            raise UsageError("nothing is written outside a transaction: use `with store.writing()`")

    # statements -------------------------------------------------------------------------------------------------------

    def run(self, sql: str, values: Values = ()) -> int:
        """Runs a statement; the id of the row that it inserted."""
        return self._execute(sql, values).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[Values]) -> None:
        with self._explained():
            self._connection.executemany(sql, rows)

    def rows(self, sql: str, values: Values = ()) -> list[Any]:
        cursor = self._execute(sql, values)
        try:
            return cursor.fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._error(error) from error

    def row(self, sql: str, values: Values = ()) -> Any:
        """The first row, None where there is none."""
        cursor = self._execute(sql, values)
        try:
            return cursor.fetchone()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._error(error) from error

    def stream(self, sql: str, values: Values = ()) -> Iterator[Any]:
        """Rows as they are asked for; not to be held over a write."""
        cursor = self._execute(sql, values)
        try:
            with self._explained():
                while chunk := cursor.fetchmany(_CHUNK):
                    yield from chunk
        finally:
            with suppress(sqlite3.ProgrammingError):  # whoever left off in the middle may have closed all since
                cursor.close()

    def _execute(self, sql: str, values: Values) -> sqlite3.Cursor:
        with self._explained():
            try:
                return self._connection.execute(sql, values)
            except UnicodeEncodeError:
                return self._connection.execute(sql, _as_bytes(values))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._error(error) from error

    def _error(self, error: sqlite3.Error | UnicodeDecodeError) -> LedgerError:
        """What went wrong, and what to do about it."""
        if isinstance(error, UnicodeDecodeError):  # what SQLite says of a broken table may hold the table's bytes
            return LedgerDamaged(f"{self.path} is a broken ledger ({error.reason}): restore a copy")
        code = getattr(error, "sqlite_errorcode", 0)
        if _is_busy(error):
            return LedgerLocked(f"another program is writing to {self.path}: try again when it is done")
        if code not in _UNREADABLE:
            if code & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
                return LedgerFull(f"{self.path} cannot be written ({error}): make room on the disk, then try again")
            if code & 0xFF in (
                sqlite3.SQLITE_READONLY,
                sqlite3.SQLITE_PERM,
                sqlite3.SQLITE_CANTOPEN,
                sqlite3.SQLITE_AUTH,
            ):
                return LedgerFull(f"{self.path} or its folder may not be written to ({error}): name another file")
            if "no such module" in str(error):
                return LedgerError("this Python's SQLite cannot search texts (it lacks FTS5): install another Python")
            if isinstance(error, sqlite3.InterfaceError | sqlite3.ProgrammingError):
                return LedgerError(f"{self.path}: {error}")
        # statements and values are right, so whatever else goes wrong is the file's fault
        return LedgerDamaged(f"{self.path} is no ledger or a broken one ({error}): name another, or restore a copy")


def _is_busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _as_bytes(values: Values) -> Values:
    """The values with those texts as bytes that have no UTF-8: names of files may hold halves of surrogate pairs."""

    def bound(value: Any) -> Any:
        if isinstance(value, str) and not value.isascii():
            encoded = value.encode("utf-8", "surrogatepass")
            return encoded if encoded.decode("utf-8", "replace") != value else value
        return value

    if isinstance(values, Mapping):
        return {name: bound(value) for name, value in values.items()}
    return [bound(value) for value in values]


def text_of(value: str | bytes | None) -> str | None:
    """A text as it was given, which may have no UTF-8. Raises TypeError for what is no text."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else as_text_or_none(value)
