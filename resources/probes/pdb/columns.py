"""Where in a line execution stands (3.11 and later), and a line's text, without running the program's loaders."""
import dis
import itertools
import linecache
import os
import sys

MAX_LINE = 300
_TRACEBACK = BaseException.__dict__['__traceback__'].__get__


def span_of(code, instruction, line):
    """StackFrame's `range` for a bytecode offset: {column, endLine, endColumn}; None where Python does not know."""
    positions = getattr(code, 'co_positions', None)
    if positions is None or instruction < 0:
        return None
    first, last, column, end_column = next(itertools.islice(positions(), instruction // 2, None), (None,) * 4)
    if first != line or last is None or column is None or end_column is None:
        return None
    return {'column': _characters(code, first, column), 'endLine': last, 'endColumn': _characters(code, last, end_column)}


def _characters(code, line, column):
    """Python counts the bytes of UTF-8."""
    text = line_text(code.co_filename, line)
    return column if text.isascii() else len(text.encode('utf-8', 'replace')[:column].decode('utf-8', 'replace'))


def line_text(filename, line):
    """The line as it was when the file was first looked at; empty where there is none."""
    known = linecache.cache.get(filename)
    if known is not None and len(known) == 4:
        lines = known[2]
    elif os.path.isfile(filename):  # else linecache would ask the module's own loader
        lines = linecache.updatecache(filename)
    else:
        return ''
    return lines[line - 1] if 0 < line <= len(lines) else ''


def shown_line(filename, line):
    return line_text(filename, line).rstrip()[:MAX_LINE]


def mark(stop, frame, made):
    """Adds `range` to a StackFrame of a stop on an exception: the expression that failed there."""
    if not hasattr(frame.f_code, 'co_positions'):
        return
    if stop.offsets is None:
        stop.offsets = {(trace.tb_frame, trace.tb_lineno): trace.tb_lasti for trace in traces_of(stop.exception)}
    instruction = stop.offsets.get((frame, made['line']), frame.f_lasti)
    span = span_of(frame.f_code, instruction, made['line'])
    if span is not None:
        made['range'] = span


def traces_of(error):
    """Each entry of an exception's traceback, outermost first."""
    trace = None if error is None else _TRACEBACK(error)
    while trace is not None:
        yield trace
        trace = trace.tb_next


def failed_line(trace):
    """Up to 3.9 an entry made after `continue` has the line at which pdb last looked, not the one that failed."""
    if sys.version_info >= (3, 10):
        return trace.tb_lineno
    before = itertools.takewhile(lambda start: start[0] <= trace.tb_lasti, dis.findlinestarts(trace.tb_frame.f_code))
    return max(before, default=(0, trace.tb_lineno))[1]
