"""The calls written on a line: which of them are still to run, in order, and where the bytecode makes them. Nothing is run."""
import ast
import builtins
import dis
import re
import sys
import types

from .definitions import MODULE_DICT
from .types_of import MRO, TYPE_DICT, find, plain

_CALLS = frozenset(('CALL', 'CALL_KW', 'CALL_FUNCTION', 'CALL_METHOD', 'CALL_FUNCTION_KW', 'CALL_FUNCTION_EX'))
_AWAITS = frozenset(('SEND', 'YIELD_FROM'))
_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SCOPE_NAMES = {'<lambda>': ast.Lambda, '<listcomp>': ast.ListComp, '<setcomp>': ast.SetComp, '<dictcomp>': ast.DictComp,
                '<genexpr>': ast.GeneratorExp}
_HAS_COLUMNS = sys.version_info >= (3, 11)
# Up to 3.10, at the end of a `with`: __exit__(None, None, None)
_LEAVES_WITH = ['LOAD_CONST', 'DUP_TOP', 'DUP_TOP']
_BUILTIN_TYPES = frozenset(id(value) for value in vars(builtins).values() if type(value) is type)
_NATIVE = frozenset(id(kind) for kind in (types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType,
                                          types.MethodWrapperType, types.ClassMethodDescriptorType))
_FUNCTION_CODE = types.FunctionType.__dict__['__code__'].__get__
_UNBOUND = {staticmethod: staticmethod.__dict__['__func__'].__get__, classmethod: classmethod.__dict__['__func__'].__get__}
_LATER = {0x20: 'a generator', 0x80: 'a coroutine', 0x200: 'an asynchronous generator'}
_PROXY = type((lambda: sys._getframe().f_locals)())
_LONGEST_LABEL = 80
_BREAKS = re.compile(r'\s*\n\s*')
_ALIKE = 'Before Python 3.11 the calls of a line like this cannot be told apart. Step in, and out again.'


class Call:
    """A call of the line. `start` and `end` are the bytecode offsets between which its function is entered."""

    def __init__(self, node, start, end):
        self.node = node
        self.start = start
        self.end = end

    def shown(self, lines):
        """The protocol's target. Columns count from 0, in characters."""
        callee = self.node.func
        line = lines[callee.end_lineno - 1].encode('utf-8', 'surrogatepass')
        begin = callee.col_offset
        if callee.lineno != callee.end_lineno:
            begin = len(line) - len(line.lstrip())
        column, end = (len(line[:at].decode('utf-8', 'replace')) for at in (begin, callee.end_col_offset))
        return {'id': self.start, 'label': self._label(lines), 'line': callee.end_lineno, 'column': column, 'endColumn': end}

    def _label(self, lines):
        written = _BREAKS.sub('', _segment(lines, self.node.func))
        return written if len(written) <= _LONGEST_LABEL else '…' + written[-_LONGEST_LABEL:]


def _segment(lines, node):
    parts = lines[node.lineno - 1:node.end_lineno]
    parts[-1] = parts[-1].encode('utf-8', 'surrogatepass')[:node.end_col_offset].decode('utf-8', 'replace')
    parts[0] = parts[0].encode('utf-8', 'surrogatepass')[node.col_offset:].decode('utf-8', 'replace')
    return ''.join(parts)


def calls_on_line(frame, lines, begins, namespace):
    """
    ([Call], why): those that the frame's line has still to make and that can be stepped into. `why` says what was left out,
    or why there is nothing. `begins`: the line is about to begin; `namespace` holds the frame's locals. Raises SyntaxError and
    its like for a text that does not compile.
    """
    code = frame.f_code
    scope = _scope_of(ast.parse(''.join(lines)), code)
    if scope is None:
        return [], _ALIKE
    parts = list(_parts_at(scope, frame.f_lineno))
    written = [node for part in parts for node in _in_order(part)]
    if not written:
        return [], 'There is no call on this line.'
    awaited = {id(node.value) for part in parts for node in ast.walk(part) if type(node) is ast.Await}
    made = _Made(code, frame.f_lasti, begins)
    found = _by_column(made, written, awaited, _hidden_twins(scope)) if _HAS_COLUMNS else _by_order(made, written, awaited)
    if found is None:
        return [], _ALIKE
    kept, why = [], []
    for call in found:
        refusal = '' if id(call.node) in awaited else _refusal(_resolved(call.node.func, frame, namespace))
        if refusal is None or refusal in why:
            continue
        if refusal:
            why.append(refusal)
        else:
            kept.append(call)
    if any(type(node) in _SCOPES and made.is_apart(node) for node in written):
        why.append('What a comprehension, a generator or a lambda calls runs in a frame of its own: step into that first.')
    return kept, ' '.join(why) or ('' if kept else 'There is no call left on this line that Python code answers.')


class _Made:
    """The call instructions of a code object, and from which offset on they are still to be run."""

    def __init__(self, code, lasti, begins):
        self.all = list(dis.get_instructions(code))
        self.ends = [item.offset for item in self.all[1:]] + [len(code.co_code)]
        starts = dict(dis.findlinestarts(code))
        self.since = lasti if begins and lasti in starts else lasti + 1
        self.calls = []  # (index, line)
        line = 0
        for at, item in enumerate(self.all):
            line = starts.get(item.offset) or line
            if item.opname in _CALLS and [before.opname for before in self.all[max(0, at - 3):at]] != _LEAVES_WITH:
                self.calls.append((at, line))

    def call(self, at, node, awaited):
        """An awaited one reaches to the instruction that drives the coroutine: that enters its frame."""
        end = self.ends[at]
        if id(node) in awaited:
            end = next((self.ends[i] for i in range(at, len(self.all)) if self.all[i].opname in _AWAITS), end)
        return Call(node, self.all[at].offset, end)

    def is_apart(self, node):
        """Whether a comprehension or lambda that makes calls is code of its own; from 3.12 on many a comprehension is not."""
        inner = [item for item in _inside(node) if type(item) is ast.Call]
        return bool(inner) and not (_HAS_COLUMNS and any(_is_place(self.all[at].positions, inner[0]) for at, _ in self.calls))


def _by_column(made, written, awaited, twins):
    """Each written call with its instruction, told by its place in the text."""
    found = []
    for node in [node for outer in written for node in ([outer] if type(outer) is ast.Call else _inside(outer))]:
        here = [at for at, _ in made.calls if type(node) is ast.Call and _is_place(made.all[at].positions, node)]
        left = [at for at in (here[:1] if id(node) in twins else here) if made.all[at].offset >= made.since]
        if left:
            found.append(made.call(left[0], node, awaited))
    return sorted(found, key=lambda call: call.start)


def _hidden_twins(statements):
    """Ids of the calls at whose place stands a second one that is not written: of `__exit__`, and of a decorator."""
    found = set()
    for node in (node for statement in statements for node in ast.walk(statement)):
        if type(node) in (ast.With, ast.AsyncWith):
            found.update(id(item.context_expr) for item in node.items)
        found.update(id(item) for item in getattr(node, 'decorator_list', ()))
    return found


def _is_place(positions, node):
    if (positions.lineno, positions.col_offset) == (node.lineno, node.col_offset):
        return (positions.end_lineno, positions.end_col_offset) == (node.end_lineno, node.end_col_offset)
    callee = node.func  # of a chain over several lines Python notes where the method's name stands
    return (type(callee) is ast.Attribute and node.lineno != callee.end_lineno == positions.lineno
            and positions.col_offset == callee.end_col_offset - len(callee.attr.encode('utf-8')))


def _by_order(made, written, awaited):
    """Each written call with its instruction, told by their order on these lines; None where that is not certain."""
    lines = range(min(node.lineno for node in written), max(node.end_lineno for node in written) + 1)
    here = [at for at, line in made.calls if line in lines]
    expected = [node for node in written if type(node) is not ast.Lambda]
    if not expected or not here or len(here) % len(expected):
        return None if expected else []
    copies = [here[at:at + len(expected)] for at in range(0, len(here), len(expected))]  # `finally` is compiled more than once
    copy = next((copy for copy in copies if made.all[copy[-1]].offset >= made.since), copies[-1])
    return [made.call(at, node, awaited) for node, at in zip(expected, copy)
            if type(node) is ast.Call and made.all[at].offset >= made.since]


def _scope_of(tree, code):
    """What of the text the code runs: all of it, or before 3.11 the one lambda or comprehension; None when several look alike."""
    kind = _SCOPE_NAMES.get(code.co_name)
    if kind is None or _HAS_COLUMNS:
        return tree.body
    found = [node for node in ast.walk(tree) if type(node) is kind and node.lineno == code.co_firstlineno]
    if len(found) != 1:
        return None
    return [ast.Expr(item, lineno=item.lineno, end_lineno=item.end_lineno) for item in _own_parts(found[0])]


def _own_parts(node):
    """The expressions that a lambda's or comprehension's own code runs, in order."""
    if type(node) is ast.Lambda:
        return [node.body]
    first, *others = node.generators
    parts = list(first.ifs)
    for generator in others:
        parts += [generator.iter, *generator.ifs]
    return parts + ([node.key, node.value] if type(node) is ast.DictComp else [node.elt])


def _inside(node):
    return [item for part in _own_parts(node) for item in ast.walk(part)]


def _parts_at(statements, line):
    """The expressions of every statement that stands at the line: of a compound one those of its head."""
    for statement in statements:
        heads = _heads(statement) if hasattr(statement, 'body') else [statement]
        first = min([statement.lineno] + [item.lineno for item in heads])
        if not first <= line <= statement.end_lineno:
            continue
        if line <= max([statement.lineno] + [item.end_lineno for item in heads]):
            yield from heads
        if hasattr(statement, 'body'):
            yield from _parts_at(_bodies(statement), line)


def _heads(statement):
    if type(statement) in (ast.With, ast.AsyncWith):
        return [item.context_expr for item in statement.items]
    found = list(getattr(statement, 'decorator_list', ()))
    if type(statement) in (ast.FunctionDef, ast.AsyncFunctionDef):
        return found + statement.args.defaults + [item for item in statement.args.kw_defaults if item is not None]
    if type(statement) is ast.ClassDef:
        return found + statement.bases + [item.value for item in statement.keywords]
    return [getattr(statement, name) for name in ('test', 'iter', 'subject') if hasattr(statement, name)]


def _bodies(statement):
    for name in ('body', 'orelse', 'finalbody'):
        yield from getattr(statement, name, ())
    for part in list(getattr(statement, 'handlers', ())) + list(getattr(statement, 'cases', ())):
        yield from part.body


def _in_order(node):
    """Calls, comprehensions and lambdas in the order in which they are run; not what is in the latter two."""
    if type(node) in _SCOPES:
        if type(node) is not ast.Lambda:
            yield from _in_order(node.generators[0].iter)
        yield node
        return
    for child in _children(node):
        yield from _in_order(child)
    if type(node) is ast.Call:
        yield node


def _children(node):
    if type(node) is ast.Assign:
        return [node.value, *node.targets]
    if type(node) is ast.AnnAssign:
        return [item for item in (node.value, node.target) if item is not None]
    if type(node) is ast.Dict:
        return [item for pair in zip(node.keys, node.values) for item in pair if item is not None]
    return ast.iter_child_nodes(node)


def _refusal(callee):
    """Empty for what can be stepped into; None when it goes without saying that it cannot, else why not."""
    if id(type(callee)) in _NATIVE or id(callee) in _BUILTIN_TYPES:
        return None
    if type(callee) is not types.FunctionType:
        return ''
    code = _FUNCTION_CODE(callee)
    later = next((name for flag, name in _LATER.items() if code.co_flags & flag), '')
    return later and '{} makes {}: its body runs later.'.format(plain(code.co_name), later)


def _resolved(node, frame, namespace):
    """What a name or a dotted name stands for, found without running code; None when that is not certain."""
    if type(node) is ast.Name:
        for scope in (namespace, frame.f_globals, frame.f_builtins):
            found = scope.get(node.id) if type(scope) is _PROXY else find(scope, node.id) if type(scope) is dict else None
            if found is not None:
                return found
        return None
    if type(node) is not ast.Attribute:
        return None
    owner = _resolved(node.value, frame, namespace)
    return None if owner is None else _member(owner, node.attr)


def _member(owner, name):
    if type(owner) is types.ModuleType:
        return find(MODULE_DICT(owner), name)
    for base in MRO(type(owner)):
        found = TYPE_DICT(base).get(name)
        if found is not None:
            return _UNBOUND[type(found)](found) if type(found) in _UNBOUND else found
    return None
