"""Expressions: read without running the program's code, or evaluated in the stopped thread and interruptible."""
import time
import types
import warnings

from . import copying, writing
from .errands import GRACE_SECONDS
from .failures import exception_summary
from .reader import BUILTINS, Reader, RunsCode, Wrong, in_namespace, parsed
from .references import Budget
from .service import Refused
from .values import described

_ELSEWHERE = 'The prompt is not in the main thread, so this was evaluated in a thread of its own.'
_BUSY = 'The evaluation before this one could not be interrupted and has not ended. Wait for it, or press Ctrl+C in the console.'


def frame_of(desk, at):
    """A frame of this stop by its number. Raises Refused."""
    stack = desk.debugger.stack
    if not 0 <= at < len(stack):
        raise Refused('There is no frame {} at this stop.'.format(at))
    return stack[len(stack) - 1 - at][0]


def _evaluate(desk, arguments):
    frame = frame_of(desk, arguments['frame'])
    began = time.perf_counter()
    expression = arguments['expression']
    if arguments['run']:
        value, why = ran(desk, lambda: run_expression(desk, expression, frame), arguments['timeoutMs'])
        runs = True
    else:
        value, why, runs = _read(desk, expression, frame)
    made = None if value is None else described(expression.strip(), value[0], desk.references, Budget())
    return {'variable': made, 'why': why, 'runsCode': runs, 'tookMs': round((time.perf_counter() - began) * 1000, 3)}


def _read(desk, expression, frame):
    """((value,) or None, why, whether evaluating it would run code)."""
    scopes = [in_namespace(desk.namespaces.of(frame, name)) for name in ('Locals', 'Globals')] + [BUILTINS]
    try:
        return (Reader(expression, scopes).value(),), '', False
    except RunsCode as reason:
        return None, str(reason), True
    except Wrong as reason:
        return None, str(reason), False
    except RuntimeError:
        return None, 'It changed while it was read. Try again.', False


def run_expression(desk, expression, frame):
    """The expression's value, in the frame's scopes. Runs the program's code, and raises what that raises."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        code = compile(expression.strip(), '<expression>', 'eval', dont_inherit=True)
    names, scope = frame.f_globals, desk.namespaces.of(frame, 'Locals')
    if any(type(part) is types.CodeType for part in code.co_consts) and scope is not names:
        names = dict(names, **dict(scope.items()))  # a function within looks up the frame's locals there
    return eval(code, names, scope)


def ran(desk, act, milliseconds):
    """((result,) or None, why not, as a sentence) of a call in the stopped thread. Every view is told what it changed."""
    if desk.errands.is_busy():
        raise Refused(_BUSY)
    began = time.monotonic()
    outcome, stopped_by = desk.errands.run(act, milliseconds)
    took = time.monotonic() - began
    desk.retell()
    if outcome is None:
        return None, ('It did not end within {:.0f} s of its interrupt: C code does not listen, or its own code goes on. '
                      'What comes of it is dropped.'.format(GRACE_SECONDS))
    result, error = outcome
    if error is None:
        return (result,), '' if desk.errands.in_stopped_thread else _ELSEWHERE
    if stopped_by and type(error) is KeyboardInterrupt:
        words = 'It was interrupted after {:.1f} s'.format(took)
        return None, words + (', the time it is given.' if stopped_by == 'time' else '.')
    summary = exception_summary(error)
    return None, ': '.join(filter(None, (summary['typeName'], summary['message'])))


def _set_variable(desk, arguments):
    frame = frame_of(desk, arguments['frame'])
    found = desk.references.get(arguments['reference'])
    if found is None:
        raise Refused('This value belongs to an earlier stop.')
    name = arguments['name']
    try:
        parsed(arguments['value'])
    except Wrong as reason:
        return {'variable': None, 'why': str(reason)}
    assign = writing.place(desk, found, name)

    def act():
        value = run_expression(desk, arguments['value'], frame)
        assign(value)
        return value
    value, why = ran(desk, act, writing.MAX_MILLISECONDS)
    made = None if value is None else described(name, value[0], desk.references, Budget())
    return {'variable': made, 'why': why}


def _value_text(desk, arguments):
    found = desk.references.get(arguments['reference'])
    if found is None:
        raise Refused('This value belongs to an earlier stop.')
    return copying.text_of(desk, found, arguments['format'])


def _cancel(desk, arguments):
    """With nothing on its way there is nothing to interrupt; during an evaluation the service answers this itself."""
    return {}


HANDLERS = {'evaluate': _evaluate, 'setVariable': _set_variable, 'valueText': _value_text, 'cancel': _cancel}
