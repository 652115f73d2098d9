"""An XLSX workbook, read by calamine in a process of its own.

Files come from strangers, and calamine believes what they say about their size: some make it end its process, or take
all memory. So that process holds nothing but the file, has bounds on memory and time, and may die.
"""

import io
import json
import struct
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Timer

from contacts.upload.delimited import Row
from contacts.upload.limits import MOST_CELL, MOST_COLUMNS, MOST_UNPACKED, UnreadableFile

_DAMAGED = "This XLSX file is damaged. Open it in a spreadsheet, save it anew and upload that file."
_TOO_MUCH = "This XLSX file holds too much, or cells far from the others. Copy the contacts to a new one and upload it."

_SECONDS = 60
"""What a file takes at most, by the clock; the reader is bound more closely by what it computes."""

_MOST_PARTS = 10_000
"""Files in the archive: each costs memory in this process, before anything in it is read."""

_READER = Path(__file__).with_name("workbook_reader.py")


def rows(content: bytes) -> Iterator[Row]:
    """The rows with content of the first visible sheet that has any, numbered as a spreadsheet numbers them.

    Numbers come without exponent and ".0", dates in ISO form, booleans as "true" and "false", formulas as their last
    result, errors as "". Raises ``UnreadableFile``.
    """
    _refuse(_parts(content))
    with _reader() as process:
        for line in _lines(process, content):
            number, cells = json.loads(line)
            if len(cells) > MOST_COLUMNS:
                raise UnreadableFile(
                    f"Row {number} has a cell beyond column {MOST_COLUMNS}: no more are read. "
                    "Delete what stands to the right of the contacts and upload again."
                )
            yield number, cells


# The archive, as far as it can be judged without unpacking it.

_KINDS = {
    "xl/workbook.bin": "an XLSB workbook",
    "content.xml": "an OpenDocument file",
    "index/document.iwa": "a Numbers file",
}


def _parts(content: bytes) -> dict[str, int]:
    """What an archive says that its parts unpack to, in bytes by name."""
    if content.count(b"PK\x01\x02") > _MOST_PARTS:
        raise UnreadableFile(_TOO_MUCH)
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, struct.error, OSError, ValueError, NotImplementedError):
        raise UnreadableFile(_DAMAGED)
    return {part.filename.replace("\\", "/").lower(): part.file_size for part in parts}


def _refuse(parts: dict[str, int]) -> None:
    kind = next((kind for name, kind in _KINDS.items() if name in parts), None)
    if not kind and not any(name.startswith("xl/") for name in parts):
        kind = "a zip archive"
    if kind:
        raise UnreadableFile(f"This is {kind}. Save the contacts as CSV or XLSX and upload that file.")
    if sum(size for name, size in parts.items() if name.endswith(".xml")) > MOST_UNPACKED:
        raise UnreadableFile(_TOO_MUCH)


# The process that reads it.


@contextmanager
def _reader() -> Iterator[Popen[bytes]]:
    """Start the reader, without this process's environment, where secrets are; it never outlives the block."""
    command = [sys.executable, "-I", str(_READER), str(MOST_COLUMNS + 1), str(MOST_CELL + 1)]
    with Popen(command, stdin=PIPE, stdout=PIPE, env={}) as process:  # noqa: S603  (all of it ours)
        clock = Timer(_SECONDS, process.kill)
        clock.start()
        try:
            yield process
        finally:
            clock.cancel()
            process.kill()


def _lines(process: Popen[bytes], content: bytes) -> Iterator[bytes]:
    """What the reader writes, up to the mark that nothing is missing: a reader that dies may have said a part."""
    assert process.stdin
    assert process.stdout
    if process.stdout.readline() != b"ready\n":
        raise RuntimeError("The reader of workbooks does not start; its own words are above.")  # no file's fault
    with suppress(BrokenPipeError), process.stdin as stdin:
        stdin.write(content)
    for line in process.stdout:
        if line == b"end\n":
            return
        if line.endswith(b"\n"):
            yield line
    raise UnreadableFile(_TOO_MUCH if process.wait() < 0 else _DAMAGED)
