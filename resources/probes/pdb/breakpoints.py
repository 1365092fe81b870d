"""pdb's breakpoint table brought to what the workbench wants, without a word in the console."""
import bdb

from .lines import Unusable, why_no_code


def table():
    """Every breakpoint pdb holds, as the protocol of the bridge shows it."""
    return [
        {'number': point.number, 'path': point.file, 'line': point.line, 'condition': point.cond or '',
         'enabled': bool(point.enabled), 'hits': point.hits, 'temporary': bool(point.temporary)}
        for point in bdb.Breakpoint.bpbynumber if point
    ]


def set_breakpoints(debugger, wanted):
    """Makes the non-temporary breakpoints exactly `wanted`; answers in its order what became of each."""
    answers, kept = [], {}
    for want in wanted:
        path, line = debugger.canonic(want['path']), want['line']
        message = _refusal(path, line, want['condition'])
        point = None
        if not message:
            point = kept.get((path, line)) or _existing(path, line)
            if point is None:
                message = debugger.set_break(path, line) or ''
                point = _existing(path, line)
        if point is not None:
            kept[path, line] = point
            _adjust(point, want)
        answers.append({'path': want['path'], 'line': line, 'verified': point is not None, 'message': message,
                        'hits': point.hits if point is not None else 0})
    keep = {point.number for point in kept.values()}
    for point in [point for point in bdb.Breakpoint.bpbynumber if point]:
        if not point.temporary and point.number not in keep:
            debugger.clear_bpbynumber(point.number)
    return answers


def _existing(path, line):
    for point in bdb.Breakpoint.bplist.get((path, line), ()):
        if not point.temporary:
            return point
    return None


def _adjust(point, want):
    point.cond = want['condition'].strip() or None
    if want['enabled']:
        point.enable()
    else:
        point.disable()


def _refusal(path, line, condition):
    """Why this breakpoint cannot be; empty when it can."""
    try:
        message = why_no_code(path, line)
    except Unusable as error:
        return str(error)
    if message or not condition.strip():
        return message
    try:
        compile(condition.strip(), '<condition>', 'eval', dont_inherit=True)
    except SyntaxError as error:
        return 'The condition does not compile: {}.'.format(error.msg)
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        return 'The condition does not compile: {}.'.format(error)
    return ''
