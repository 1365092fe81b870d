"""All threads' stacks, who waits for the prompt, and how to give it to one of them."""
import _thread
import re
import sys
import threading
import time

from .frames import MAX_FRAMES, frame_at, is_machinery
from .types_of import find, is_a, plain

MAX_THREADS = 1000
BUDGET = 0.05  # seconds
_GIVE = re.compile(r'thread\s+(\d+)$')


def thread_name(ident=None):
    """Without current_thread(), which would register a stranger, and without a `name` property of the program's."""
    ident = ident or _thread.get_ident()
    name = find(_fields(ident), '_name')
    return plain(name) if is_a(name, str) else 'Thread {}'.format(ident)


def _fields(ident):
    known = threading._active.get(ident)
    return object.__getattribute__(known, '__dict__') if known is not None else {}


def waiting(desk):
    """Threads that wait for this prompt to be left, in the order in which they will have it."""
    return [turn.described() for turn in list(desk.prompts.waiting)]


def place_of(debugger, frame, trace=None):
    """The StackFrame where a thread stands: at `frame`, or where the exception of a post mortem was raised."""
    if frame is not None:
        frame = _of_program(frame)
        return frame_at(debugger, 0, frame.f_code, frame.f_lineno)
    if trace is not None and is_a(trace, BaseException):
        trace = BaseException.__dict__['__traceback__'].__get__(trace)
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code if trace is not None else place_of.__code__
    return frame_at(debugger, 0, code, trace.tb_lineno if trace is not None else 0)


def _of_program(frame):
    """The innermost frame that is not the debugger's: what a stop, a wait or a fork was called from."""
    outer = frame
    while outer is not None and is_machinery(outer.f_code.co_filename):
        outer = outer.f_back
    return frame if outer is None else outer


def give_prompt(debugger, line):
    """`thread N`, which no Python statement can look like: the N-th that waits, or a thread's own number. False: another line."""
    asked = _GIVE.match(line.strip())
    if asked is None:
        return False
    number, waiters = int(asked.group(1)), list(debugger.desk.prompts.waiting)
    ident = waiters[number - 1].ident if 0 < number <= len(waiters) else number
    if debugger.desk.give_prompt(debugger, ident):
        debugger.print_stack_entry(debugger.stack[debugger.curindex])
    else:
        debugger.error(_who_waits(waiters))
    return True


def _who_waits(waiters):
    if not waiters:
        return 'No other thread waits for this prompt.'
    told = (turn.described() for turn in waiters)
    rows = ('thread {} is {}, at {}:{}'.format(at, one['threadName'], one['at']['path'].rpartition('/')[2], one['at']['line'])
            for at, one in enumerate(told, 1))
    return 'No thread of that number waits. These do: {}.'.format('; '.join(rows))


def _threads(desk, arguments):
    """Every thread's stack. One look at the interpreter's own table: the frames of one moment, though other threads run on."""
    began = time.perf_counter()
    stacks = sys._current_frames()
    waiters = {turn.ident for turn in desk.prompts.waiting}
    rows = []
    for ident, frame in list(stacks.items())[:MAX_THREADS]:
        if _is_ours(frame):
            continue
        state = 'stopped' if ident == desk.reader else 'waits-for-prompt' if ident in waiters else 'runs'
        if state != 'runs':
            frame = _of_program(frame)
        late = time.perf_counter() - began > BUDGET
        rows.append(_row(desk, ident, frame, (state, 1 if late else MAX_FRAMES)))
    rows.sort(key=lambda row: (row['state'] == 'runs', row['state'] != 'stopped', row['nativeId']))
    return {'threads': rows, 'tookMs': round((time.perf_counter() - began) * 1000, 2)}


def _is_ours(frame):
    """A thread that the bridge itself started."""
    while frame.f_back is not None:
        frame = frame.f_back
    return frame.f_code.co_filename.startswith('<casebook>/')


def _row(desk, ident, frame, how):
    state, most = how
    fields, frames, count = _fields(ident), [], 0
    while frame is not None:
        if count < most:
            frames.append(frame_at(desk.debugger, count, frame.f_code, frame.f_lineno))
        count += 1
        frame = frame.f_back
    native, daemon = find(fields, '_native_id'), find(fields, '_daemonic')
    return {'id': ident, 'name': thread_name(ident), 'nativeId': native if type(native) is int else 0, 'daemon': daemon is True,
            'state': state, 'frames': frames, 'frameCount': count}


HANDLERS = {'threads': _threads}
