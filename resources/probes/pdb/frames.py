"""pdb's stack in the protocol's order, and the names each frame holds."""
import bdb
import cmd
import itertools
import pdb
import runpy
import sys

from .columns import mark
from .references import Budget
from .sources import has_text, is_edited
from .types_of import is_a, plain
from .values import page_of, variable

MAX_FRAMES = 50
HIDDEN = frozenset(('__builtins__', '__pdb_convenience_variables'))
SHOWN_AS = {'__return__': '(return)', '__exception__': '(exception)'}
_MACHINERY = frozenset(module.__file__ for module in (bdb, pdb, cmd, runpy))
_PROXY = type((lambda: sys._getframe().f_locals)())


def is_machinery(filename):
    """Of the debugger, of the bridge or of interpreter start-up."""
    return filename in _MACHINERY or filename.startswith('<casebook>/') or filename.startswith('<frozen ')


def stack_frame(debugger, at):
    """The protocol's StackFrame; `at` counts from the innermost."""
    frame, line = debugger.stack[len(debugger.stack) - 1 - at]
    made = frame_at(debugger, at, frame.f_code, line)
    if debugger.desk.stop.reason in ('exception', 'post-mortem'):
        mark(debugger.desk.stop, frame, made)
    return made


def frame_at(debugger, number, code, line):
    """A StackFrame of any stack: a thread's, a task's, an exception's."""
    filename = plain(code.co_filename, 4096)
    path = debugger.canonic(filename) if has_text(filename) else ''
    name = plain(getattr(code, 'co_qualname', code.co_name))
    made = {'id': number, 'name': name, 'path': path, 'line': line or code.co_firstlineno, 'subtle': is_machinery(filename)}
    if is_edited(debugger.desk, filename, code):
        made['edited'] = True
    return made


def stack_page(debugger, start, count):
    total = len(debugger.stack)
    return {'items': [stack_frame(debugger, at) for at in range(start, min(total, start + count))], 'start': start, 'total': total}


def current(debugger):
    return len(debugger.stack) - 1 - debugger.curindex


class Namespaces:
    """Each frame's names, read once a stop: before 3.13 a second look would undo what was assigned at the prompt."""

    def __init__(self):
        self._locals = {}

    def clear(self):
        self._locals.clear()

    def note_current(self, debugger):
        if sys.version_info < (3, 13) and debugger.curframe is not None:
            self._locals[debugger.curframe] = debugger.curframe_locals

    def of(self, frame, name):
        """The names of a scope; those of a function's closure stand among its locals."""
        if name == 'Globals':
            return frame.f_globals
        if sys.version_info >= (3, 13):
            return frame.f_locals
        if frame not in self._locals:
            self._locals[frame] = frame.f_locals
        return self._locals[frame]


def pairs_of(namespace):
    """Keys and values of a namespace; None for one that only the program's code can read."""
    if is_a(namespace, dict):
        return list(dict.items(namespace))
    return list(namespace.items()) if type(namespace) is _PROXY else None


def named_values(namespace):
    """(name, value) in order, names with underscores last; None for a namespace that only the program's code can read."""
    pairs = pairs_of(namespace)
    if pairs is None:
        return None
    kept = [(plain(key), value) for key, value in pairs if is_a(key, str)]
    kept = [(name, value) for name, value in kept if name not in HIDDEN]
    shown = [(SHOWN_AS[name], value[1] if name == '__exception__' and type(value) is tuple and len(value) == 2 else value)
             for name, value in kept if name in SHOWN_AS]
    ordinary = [pair for pair in kept if not pair[0].startswith('__')]
    special = [pair for pair in kept if pair[0].startswith('__') and pair[0] not in SHOWN_AS]
    return shown + ordinary + special


def scopes(debugger, at):
    """The protocol's Scopes of a frame."""
    return scopes_of(debugger.desk, debugger.stack[len(debugger.stack) - 1 - at][0], at)


def scopes_of(desk, frame, place):
    """The Scopes of any frame; `place` tells it from every other one of this stop."""
    made = []
    for name in ('Locals', 'Closure', 'Globals') if frame.f_code.co_freevars else ('Locals', 'Globals'):
        pairs = scope_values(desk, frame, name)
        if name == 'Closure' and not pairs:
            continue
        reference = desk.references.number('scope', (frame, name), (place, name))
        made.append({'name': name, 'reference': reference, 'count': 1 if pairs is None else len(pairs)})
    return made


def scope_values(desk, frame, name):
    """(name, value) of one scope in order; None for a namespace that only the program's code can read."""
    pairs = named_values(desk.namespaces.of(frame, name))
    free = frame.f_code.co_freevars
    if name == 'Globals' or not free or not pairs:
        return pairs
    return [pair for pair in pairs if (pair[0] in free) == (name == 'Closure')]


def scope_page(desk, frame, name, start, count):
    pairs = scope_values(desk, frame, name)
    if pairs is None:
        return {'items': [variable('(namespace)', 'not read: a mapping of the program', lazy=True)], 'start': 0, 'total': 1}
    chosen = itertools.islice(pairs, start, start + count)
    return page_of(chosen, start, len(pairs), desk.references, Budget())
