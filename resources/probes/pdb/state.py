"""What is told at a stop: small enough to be sent whole, without running the program's code."""
import _thread
import threading

from . import frames
from .breakpoints import table
from .failures import exception_summary
from .references import Budget
from .types_of import find, is_a, plain
from .values import described

MAX_LOCALS = 100


def thread_name():
    """Without current_thread(), which would register a stranger, and without a `name` property of the program's."""
    ident = _thread.get_ident()
    known = threading._active.get(ident)
    own = object.__getattribute__(known, '__dict__') if known is not None else {}
    name = find(own, '_name')
    return plain(name) if is_a(name, str) else 'Thread {}'.format(ident)


def snapshot(debugger, stop):
    """The body of `stopped` and `changed`."""
    desk = debugger.desk
    desk.namespaces.note_current(debugger)
    at = frames.current(debugger)
    scopes = frames.scopes(debugger, at)
    frame = debugger.stack[debugger.curindex][0]
    return {
        'reason': stop.reason,
        'threadId': _thread.get_ident(),
        'threadName': thread_name(),
        'frame': at,
        'frames': frames.stack_page(debugger, 0, max(frames.MAX_FRAMES, at + 1))['items'],
        'frameCount': len(debugger.stack),
        'scopes': scopes,
        'locals': frames.scope_page(desk, frame, 'Locals', 0, MAX_LOCALS),
        'exception': None if stop.exception is None else exception_summary(stop.exception),
        'returned': described('(return)', stop.returned[0], desk.references, Budget()) if stop.returned else None,
        'breakpoints': table(),
    }
