"""pdb's breakpoint table brought to what the workbench wants, without a word in the console; and functions beside it."""
import bdb

from .functions import FunctionPoint
from .hits import Terms, terms_of
from .lines import Unusable, why_no_code
from .raises import Filters

_told = set()  # numbers that the workbench knows: what it leaves out of a set is to go


def table():
    """Every breakpoint pdb holds, as the protocol of the bridge shows it."""
    points = [point for point in bdb.Breakpoint.bpbynumber if point]
    _told.update(point.number for point in points)
    return [
        {'number': point.number, 'path': point.file, 'line': point.line, 'condition': point.cond or '',
         'hitCondition': terms_of(point).hit_condition, 'logMessage': terms_of(point).log_message,
         'enabled': bool(point.enabled), 'hits': point.hits, 'temporary': bool(point.temporary)}
        for point in points
    ]


def function_table(watch):
    """How each function breakpoint stands, in the order in which they were set."""
    return [point.described() for point in watch.functions]


def set_functions(debugger, wanted):
    """Makes the function breakpoints exactly `wanted`; answers in its order what became of each."""
    watch, known, answers, points = debugger.watch, {point.name: point for point in debugger.watch.functions}, [], []
    for want in wanted:
        message, terms = _terms(want)
        if message:
            answers.append({'name': want['name'], 'verified': False, 'message': message, 'hits': 0})
            continue
        point = known.get(want['name']) or FunctionPoint(want['name'])
        _adjust(point, want, terms)
        points.append(point)
        answers.append(point.described())
    watch.functions = points
    watch.refresh()
    return answers


def set_exception_filters(debugger, filters):
    """At which exceptions the program stops from now on."""
    debugger.watch.filters = Filters(**filters)
    debugger.watch.refresh()


def set_breakpoints(debugger, wanted):
    """Makes the breakpoints exactly `wanted`, but for temporary ones just typed; answers in its order what became of each."""
    answers, kept = [], {}
    for want in wanted:
        path, line, temporary = debugger.canonic(want['path']), want['line'], want.get('temporary', False)
        message, terms = _terms(want, path, line)
        point = None
        if not message:
            point = kept.get((path, line, temporary)) or _existing(path, line, temporary)
            if point is None:
                message = debugger.set_break(path, line, temporary) or ''
                point = _existing(path, line, temporary)
        if point is not None:
            kept[path, line, temporary] = point
            _adjust(point, want, terms)
        answers.append({'path': want['path'], 'line': line, 'verified': point is not None, 'message': message,
                        'hits': point.hits if point is not None else 0})
    keep = {point.number for point in kept.values()}
    for point in [point for point in bdb.Breakpoint.bpbynumber if point]:
        if point.number not in keep and (not point.temporary or point.number in _told):
            debugger.clear_bpbynumber(point.number)
    _told.update(keep)
    debugger.watch.refresh()
    return answers


def _existing(path, line, temporary):
    for point in bdb.Breakpoint.bplist.get((path, line), ()):
        if bool(point.temporary) == temporary:
            return point
    return None


def _adjust(point, want, terms):
    """Hits are counted anew for a hit condition when it, or what is counted, was changed."""
    condition, known = want['condition'].strip() or None, terms_of(point)
    if (terms.hit_condition, terms.log_message, condition) != (known.hit_condition, known.log_message, point.cond):
        point.terms = terms
    point.cond = condition
    point.enabled = want['enabled']


def _terms(want, path=None, line=0):
    """(why this breakpoint cannot be, None), or ('', its Terms)."""
    try:
        message = why_no_code(path, line) if path is not None else ''
    except Unusable as error:
        message = str(error)
    try:
        return message or _refusal(want['condition']), Terms(want.get('hitCondition', ''), want.get('logMessage', ''))
    except ValueError as error:
        return message or str(error), None


def _refusal(condition):
    """Why this cannot be a condition; empty when it can."""
    if not condition.strip():
        return ''
    try:
        compile(condition.strip(), '<condition>', 'eval', dont_inherit=True)
    except SyntaxError as error:
        return 'The condition does not compile: {}.'.format(error.msg)
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        return 'The condition does not compile: {}.'.format(error)
    return ''
