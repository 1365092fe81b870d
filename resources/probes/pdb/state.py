"""What is told at a stop: small enough to be sent whole, without running the program's code."""
from . import frames
from .breakpoints import function_table, table
from .failures import exception_summary
from .references import Budget
from .threads import thread_name, waiting
from .values import described

MAX_LOCALS = 100


def snapshot(debugger, stop):
    """The body of `stopped` and `changed`."""
    desk = debugger.desk
    desk.namespaces.note_current(debugger)
    at = frames.current(debugger)
    scopes = frames.scopes(debugger, at)
    frame = debugger.stack[debugger.curindex][0]
    return {
        'reason': stop.reason,
        'threadId': desk.reader,
        'threadName': thread_name(desk.reader),
        'frame': at,
        'frames': frames.stack_page(debugger, 0, max(frames.MAX_FRAMES, at + 1))['items'],
        'frameCount': len(debugger.stack),
        'scopes': scopes,
        'locals': frames.scope_page(desk, frame, 'Locals', 0, MAX_LOCALS),
        'exception': None if stop.exception is None else exception_summary(stop.exception),
        'returned': described('(return)', stop.returned[0], desk.references, Budget()) if stop.returned else None,
        'breakpoints': table(),
        'functionBreakpoints': function_table(debugger.watch),
        'waiting': waiting(desk),
        'note': stop.note,
    }
