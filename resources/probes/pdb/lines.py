"""Which lines of a source file have code, asked of the compiler; nothing is run."""
import bisect
import dis
import linecache
import os
import types
import warnings

from .sources import Unreadable, bytes_of, lines_known, text_of

_known = {}


class Unusable(Exception):
    """Why a file can have no breakpoints, as a sentence."""


def lines_with_code(path):
    """Sorted line numbers. Kept until the file's time or size changes. Raises Unusable."""
    stamp = _stamp(path)
    if _known.get(path, (None,))[0] == stamp:
        return _known[path][1]
    try:
        source = text_of(path) if path.startswith('<') or lines_known(path) else bytes_of(path)
    except Unreadable as error:
        raise Unusable(str(error)) from None
    except (OSError, ImportError) as error:
        raise Unusable('The file cannot be read: {}.'.format(getattr(error, 'strerror', None) or error)) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            code = compile(source, path, 'exec', dont_inherit=True)
    except SyntaxError as error:
        raise Unusable('The file does not compile: line {}: {}.'.format(error.lineno, error.msg)) from None
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise Unusable('The file does not compile: {}.'.format(error)) from None
    lines = sorted(_lines_of(code))
    _known[path] = (stamp, lines)
    if stamp[0] is None and not lines_known(path):  # in a zip: pdb's own look at the line goes through linecache
        text = text_of(path)
        linecache.cache[path] = (len(text), None, text.splitlines(True), path)
    return lines


def _stamp(path):
    """Time and size of a file; None and what else tells one text from another for a text that only the program has."""
    try:
        status = os.stat(path)
        return status.st_mtime_ns, status.st_size
    except OSError:
        return None, id(lines_known(path))


def _lines_of(code):
    found = set()
    waiting = [code]
    while waiting:
        code = waiting.pop()
        found.update(line for _, line in dis.findlinestarts(code) if line)
        waiting.extend(item for item in code.co_consts if type(item) is types.CodeType)
    return found


def why_no_code(path, line):
    """Empty when the line has code, else the sentence that says where the next one is. Raises Unusable."""
    lines = lines_with_code(path)
    at = bisect.bisect_left(lines, line)
    if at < len(lines) and lines[at] == line:
        return ''
    if at == len(lines):
        return 'No code on this line, and none after it.'
    return 'No code on this line. The next line with code is {}.'.format(lines[at])
