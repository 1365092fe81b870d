"""pdb's stack in the protocol's order, and the names each frame holds."""
import bdb
import cmd
import itertools
import pdb
import runpy
import sys

from .references import Budget
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
    code = frame.f_code
    filename = plain(code.co_filename, 4096)
    path = '' if filename.startswith('<') else debugger.canonic(filename)
    name = plain(getattr(code, 'co_qualname', code.co_name))
    return {'id': at, 'name': name, 'path': path, 'line': line or code.co_firstlineno, 'subtle': is_machinery(filename)}


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
        if name == 'Globals':
            return frame.f_globals
        if sys.version_info >= (3, 13):
            return frame.f_locals
        if frame not in self._locals:
            self._locals[frame] = frame.f_locals
        return self._locals[frame]


def named_values(namespace):
    """(name, value) in order, names with underscores last; None for a namespace that only the program's code can read."""
    if is_a(namespace, dict):
        pairs = list(dict.items(namespace))
    elif type(namespace) is _PROXY:
        pairs = list(namespace.items())
    else:
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
    desk = debugger.desk
    frame = debugger.stack[len(debugger.stack) - 1 - at][0]
    made = []
    for name in ('Locals', 'Globals'):
        pairs = named_values(desk.namespaces.of(frame, name))
        reference = desk.references.number('scope', (frame, name), (at, name))
        made.append({'name': name, 'reference': reference, 'count': 1 if pairs is None else len(pairs)})
    return made


def scope_page(desk, frame, name, start, count):
    pairs = named_values(desk.namespaces.of(frame, name))
    if pairs is None:
        return {'items': [variable('(namespace)', 'not read: a mapping of the program', lazy=True)], 'start': 0, 'total': 1}
    chosen = itertools.islice(pairs, start, start + count)
    return page_of(chosen, start, len(pairs), desk.references, Budget())
