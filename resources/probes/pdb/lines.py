"""Which lines of a source file have code, asked of the compiler; nothing is run."""
import bisect
import dis
import os
import types
import warnings

_known = {}


class Unusable(Exception):
    """Why a file can have no breakpoints, as a sentence."""


def lines_with_code(path):
    """Sorted line numbers. Kept until the file's time or size changes. Raises Unusable."""
    try:
        status = os.stat(path)
        stamp = (status.st_mtime_ns, status.st_size)
        if _known.get(path, (None,))[0] == stamp:
            return _known[path][1]
        with open(path, 'rb') as file:
            source = file.read()
    except OSError as error:
        raise Unusable('The file cannot be read: {}.'.format(error.strerror or error)) from None
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
    return lines


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
