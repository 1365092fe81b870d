"""Function breakpoints: which code bears the name, whether it is loaded, and where its body begins. Nothing is run."""
import dis
import sys
import types
import warnings

from .definitions import MODULE_DICT
from .frames import is_machinery
from .hits import Terms
from .sources import Unreadable, is_library, text_of
from .types_of import MRO, TYPE_DICT, is_a

NOT_PYTHON = 'This is no function of Python code, so it has no line to stop at.'
UNKNOWN = 'No function of that name is loaded yet.'
_WRAPPED = {staticmethod: staticmethod.__dict__['__func__'].__get__, classmethod: classmethod.__dict__['__func__'].__get__,
            property: property.__dict__['fget'].__get__}
_RESUME = dis.opmap.get('RESUME')
OPTIMIZED = 0x1  # of a function's code, not of a class's or a module's


class FunctionPoint:
    """A breakpoint by name. Its fields are those of bdb.Breakpoint, as far as hits are concerned."""

    number = 0
    ignore = 0
    temporary = False

    def __init__(self, name):
        self.name = name
        self.last = name.rpartition('.')[2]
        self.enabled = True
        self.cond = None
        self.hits = 0
        self.terms = Terms()
        self.is_known = False

    def adjust(self, condition, enabled, terms):
        self.cond, self.enabled, self.terms = condition, enabled, terms

    def is_of(self, frame):
        """Whether this frame's function bears the name: a whole dotted name anywhere, the end of one only outside libraries."""
        code = frame.f_code
        if code.co_name != self.last or not code.co_flags & OPTIMIZED:
            return False
        qualified = qualified_name(code)
        module = dict.get(frame.f_globals, '__name__')
        full = '{}.{}'.format(module, qualified) if type(module) is str else qualified
        if full != self.name:
            ends = (full, '{}.{}'.format(_dotted(code.co_filename), qualified))
            if is_library(code.co_filename) or not any(('.' + end).endswith('.' + self.name) for end in ends):
                return False
        self.is_known = True
        return True

    def described(self):
        """The protocol's BoundFunction."""
        message = '' if self.is_known else UNKNOWN
        if not self.is_known:
            found = loaded(self.name)
            self.is_known = found is not None and is_a(found, types.FunctionType)
            message = '' if self.is_known else UNKNOWN if found is None else NOT_PYTHON
        return {'name': self.name, 'verified': self.is_known, 'message': message, 'hits': self.hits}


def _dotted(filename):
    """`/srv/shop/orders.py` as `srv.shop.orders`: what a script's module is called by those who do not run it."""
    stem = filename[:-3] if filename.endswith('.py') else filename
    return stem.strip('/').replace('/', '.')


if sys.version_info >= (3, 11):
    def qualified_name(code):
        """`Order.total`."""
        return code.co_qualname
else:
    _names = {}

    def qualified_name(code):
        """`Order.total`. Before 3.11 a code knows only its last name: the rest is read from the source."""
        known = _names.get(code.co_filename)
        if known is None:
            known = _names[code.co_filename] = _read_names(code.co_filename)
        return known.get((code.co_name, code.co_firstlineno), code.co_name)


def _read_names(filename):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            outer = compile(text_of(filename), filename, 'exec', dont_inherit=True)
    except (Unreadable, SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        return {}
    found, waiting = {}, [(outer, '')]
    while waiting:
        code, prefix = waiting.pop()
        for inner in code.co_consts:
            if type(inner) is types.CodeType:
                name = prefix + inner.co_name
                found[inner.co_name, inner.co_firstlineno] = name
                waiting.append((inner, name + ('.<locals>.' if inner.co_flags & OPTIMIZED else '.')))
    return found


def first_line(code):
    """The line at which a function's body begins."""
    starts = [(offset, line) for offset, line in dis.findlinestarts(code) if line]
    if _RESUME is not None:
        body = next((at for at in range(0, len(code.co_code), 2) if code.co_code[at] == _RESUME), 0)
        starts = [start for start in starts if start[0] > body] or starts[-1:]
    return starts[0][1] if starts else code.co_firstlineno


def is_begun(frame):
    """Whether a traced `call` is a generator that goes on, not the beginning of a body."""
    if _RESUME is None:
        return frame.f_lasti >= 0
    code = frame.f_code.co_code
    return code[frame.f_lasti] == _RESUME and code[frame.f_lasti + 1] & 3 != 0


def loaded(name):
    """What bears this name in a loaded module, out of its staticmethod, classmethod or property; None when nothing does."""
    parts = name.split('.')
    for module in list(sys.modules.values()):
        if type(module) is not types.ModuleType:
            continue
        namespace = MODULE_DICT(module)
        for at in _beginnings(namespace, parts):
            found = _resolved(namespace, parts[at:])
            if found is not None:
                return found
    return None


def _beginnings(namespace, parts):
    """At which of the parts the names within this module may begin."""
    own, filename = dict.get(namespace, '__name__'), dict.get(namespace, '__file__')
    filename = filename if type(filename) is str else ''
    if type(own) is str and own.split('.') == parts[:own.count('.') + 1] and len(parts) > own.count('.') + 1:
        yield own.count('.') + 1
    if not filename or is_library(filename) or is_machinery(filename):
        return
    yield 0
    dotted = ['.' + _dotted(filename), '.{}'.format(own)]
    for at in range(1, len(parts)):
        if any(end.endswith('.' + '.'.join(parts[:at])) for end in dotted):
            yield at


def _resolved(namespace, parts):
    value = dict.get(namespace, parts[0])
    for part in parts[1:]:
        if value is None or not any(base is type for base in MRO(type(value))):
            return None
        value = TYPE_DICT(value).get(part)
    unwrap = _WRAPPED.get(type(value))
    return value if unwrap is None else unwrap(value)
