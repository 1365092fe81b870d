"""What the workbench may ask at a stop. Reads only, but for the breakpoint table."""
from . import frames, late, sources, stepping, threads
from .breakpoints import set_breakpoints, set_exception_filters, set_functions
from .service import Refused
from .stdlib import readline
from .values import MAX_PAGE, children


def answer(desk, command, arguments):
    """The body of a response. Raises Refused with a sentence."""
    handler = _HANDLERS.get(command)
    if handler is None:
        module = _LATE.get(command)
        if module is None:
            raise Refused('This bridge knows no request {}.'.format(str(command)[:80]))
        _HANDLERS.update(late.module(module).HANDLERS)
        handler = _HANDLERS[command]
    if not desk.debugger.stack:
        raise Refused('There is no stack here.')
    return handler(desk, arguments)


def _stack_trace(desk, arguments):
    return frames.stack_page(desk.debugger, arguments['start'], min(arguments['count'], MAX_PAGE))


def _scopes(desk, arguments):
    at = arguments['frame']
    if not 0 <= at < len(desk.debugger.stack):
        raise Refused('There is no frame {} at this stop.'.format(at))
    return frames.scopes(desk.debugger, at)


def _variables(desk, arguments):
    found = desk.references.get(arguments['reference'])
    if found is None:
        raise Refused('This value belongs to an earlier stop.')
    kind, value = found
    start, count = arguments['start'], min(arguments['count'], MAX_PAGE)
    if kind == 'scope':
        return frames.scope_page(desk, value[0], value[1], start, count)
    try:
        return children(value, start, count, desk.references)
    except ValueError as error:
        raise Refused(str(error)) from None


def _set_breakpoints(desk, arguments):
    return set_breakpoints(desk.debugger, arguments['breakpoints'])


def _set_functions(desk, arguments):
    desk.wanted_functions = arguments['functions']
    return set_functions(desk.debugger, arguments['functions'])


def _set_exception_filters(desk, arguments):
    desk.wanted_filters = arguments['filters']
    set_exception_filters(desk.debugger, arguments['filters'])
    return {}


def _take_line(desk, arguments):
    if not desk.debugger.is_own_prompt(desk.prompt):
        raise Refused('The console asks for something else ({}). Finish that first.'.format(desk.prompt.strip()))
    if readline is None or desk.has_plain_input:
        return {'line': '', 'supported': False}
    desk.half_typed = readline.get_line_buffer()
    return {'line': desk.half_typed, 'supported': True}


_HANDLERS = {
    'stackTrace': _stack_trace,
    'scopes': _scopes,
    'variables': _variables,
    'setBreakpoints': _set_breakpoints,
    'setFunctionBreakpoints': _set_functions,
    'setExceptionFilters': _set_exception_filters,
    'takeLine': _take_line,
}
for _module in (sources, stepping, threads):
    _HANDLERS.update(_module.HANDLERS)

# Asked for at some stops only, and large: loaded at the first question.
_LATE = {command: module for module, commands in (
    ('data', ('dataSummary', 'dataPage', 'bytesPage')),
    ('evaluation', ('evaluate', 'setVariable', 'valueText', 'cancel')),
    ('exceptions', ('exceptionInfo', 'exceptionScopes')),
    ('process', ('tasks', 'openFiles', 'memory', 'traceAllocations', 'collector')),
) for command in commands}
