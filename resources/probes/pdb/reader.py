"""Reads an expression's value out of the program without running any of its code, or says which part cannot be read so."""
import ast
import builtins
import operator
import time
import warnings

from . import members
from .containers import has, item_of, length_of
from .definitions import EMPTY
from .frames import pairs_of
from .references import MAX_MILLISECONDS
from .types_of import MRO, TYPE_DICT, type_name

MAX_BITS = 500_000
MAX_TEXT = 1_000_000
MAX_SHOWN = 60

_NUMBERS = frozenset(id(cls) for cls in (int, float, complex, bool))
_TEXTS = frozenset(id(cls) for cls in (str, bytes))
SCALARS = _NUMBERS | _TEXTS | {id(type(None)), id(type(Ellipsis))}
_PLAIN_TRUTH = SCALARS | frozenset(id(cls) for cls in (list, tuple, dict, set, frozenset, range, bytearray))
_OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod, ast.Pow: operator.pow, ast.LShift: operator.lshift, ast.RShift: operator.rshift, ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_, ast.BitXor: operator.xor, ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Invert: operator.invert,
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
}
_NAMES = {
    ast.Call: 'is a call', ast.Lambda: 'makes a function', ast.JoinedStr: 'formats values', ast.Await: 'awaits',
    ast.Yield: 'yields', ast.YieldFrom: 'yields', ast.ListComp: 'is a comprehension', ast.SetComp: 'is a comprehension',
    ast.DictComp: 'is a comprehension', ast.GeneratorExp: 'is a generator', ast.NamedExpr: 'assigns', ast.Starred: 'unpacks a value',
    ast.Set: 'hashes its elements',
}


class RunsCode(Exception):
    """A part whose evaluation would run code of the program's; the message names it."""


class Wrong(Exception):
    """It has no value, and evaluating it would fail in the same way."""


def parsed(expression):
    """The expression's tree. Raises Wrong with a sentence for what is none."""
    text = expression.strip()
    if not text:
        raise Wrong('Type an expression.')
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            return ast.parse(text, '<expression>', 'eval').body
        except SyntaxError as error:
            if _is_statement(text):
                raise Wrong('This is a statement, not an expression. Type it in the console.') from None
            raise Wrong('SyntaxError: {}.'.format(error.msg)) from None
        except (ValueError, RecursionError, MemoryError, OverflowError) as error:
            raise Wrong('It cannot be read: {}.'.format(error or type(error).__name__)) from None


def _is_statement(text):
    try:
        ast.parse(text, '<expression>', 'exec')
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return False
    return True


class Reader:
    """`scopes` are functions from a name to its value or EMPTY, tried in order."""

    def __init__(self, expression, scopes):
        self._text = expression.strip()
        self._scopes = scopes
        self._ends = time.perf_counter() + MAX_MILLISECONDS / 1000

    def value(self):
        """Raises RunsCode or Wrong with a sentence."""
        try:
            return self._read(parsed(self._text))
        except (ArithmeticError, LookupError, ValueError, TypeError, MemoryError) as error:
            raise Wrong('{}: {}.'.format(type(error).__name__, error)) from None
        except RecursionError:
            raise RunsCode('It is nested too deeply to be read without running code.') from None

    def _part(self, node):
        text = ' '.join((ast.get_source_segment(self._text, node) or 'It').split())
        return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + '…'

    def _runs(self, node, what):
        return RunsCode('{} {}: evaluating it runs code.'.format(self._part(node), what))

    def _read(self, node):
        if time.perf_counter() > self._ends:
            raise RunsCode('Reading it takes longer than {} ms. Run it to see its value.'.format(MAX_MILLISECONDS))
        method = _READERS.get(type(node))
        if method is None:
            raise self._runs(node, _NAMES.get(type(node), 'is more than a value'))
        return method(self, node)

    def _constant(self, node):
        return node.value

    def _name(self, node):
        for look in self._scopes:
            value = look(node.id)
            if value is not EMPTY:
                return value
        raise Wrong("NameError: name '{}' is not defined.".format(node.id))

    def _attribute(self, node):
        owner = self._read(node.value)
        value, how = members.read(owner, node.attr)
        if how == members.MISSING:
            raise Wrong('AttributeError: {} has no attribute {}.'.format(type_name(type(owner)), node.attr))
        if how:
            raise self._runs(node, how)
        return value

    def _subscript(self, node):
        owner = self._read(node.value)
        index = node.slice.value if type(node.slice).__name__ == 'Index' else node.slice
        key = self._slice(index) if type(index) is ast.Slice else self._read(index)
        value, how = item_of(owner, key)
        if how:
            raise self._runs(node, how)
        return value

    def _slice(self, node):
        return slice(*(None if part is None else self._read(part) for part in (node.lower, node.upper, node.step)))

    def _sequence(self, node):
        made = [self._read(part) for part in node.elts]
        return made if type(node) is ast.List else tuple(made)

    def _dict(self, node):
        made = {}
        for key, value in zip(node.keys, node.values):
            if key is None:
                raise self._runs(node, 'unpacks a value')
            known = self._read(key)
            if id(type(known)) not in SCALARS:
                raise self._runs(key, 'is hashed')
            made[known] = self._read(value)
        return made

    def _unary(self, node):
        value = self._read(node.operand)
        if type(node.op) is ast.Not:
            return not self._truth(node.operand, value)
        if id(type(value)) not in _NUMBERS:
            raise self._runs(node, 'calls an operator of {}'.format(type_name(type(value))))
        return _OPERATORS[type(node.op)](value)

    def _binary(self, node):
        left, right = self._read(node.left), self._read(node.right)
        kinds = (id(type(left)), id(type(right)))
        if all(kind in _NUMBERS for kind in kinds):
            _must_be_small(type(node.op), left, right)
            return _OPERATORS[type(node.op)](left, right)
        if type(node.op) is ast.Add and kinds[0] == kinds[1] and kinds[0] in _TEXTS and len(left) + len(right) <= MAX_TEXT:
            return left + right
        if type(node.op) is ast.Mult and _repeats(left, right):
            return left * right
        other = left if kinds[0] not in SCALARS else right
        raise self._runs(node, 'calls an operator of {}'.format(type_name(type(other))))

    def _boolean(self, node):
        value = None
        for part in node.values:
            value = self._read(part)
            if self._truth(part, value) == (type(node.op) is ast.Or):
                return value
        return value

    def _choice(self, node):
        return self._read(node.body if self._truth(node.test, self._read(node.test)) else node.orelse)

    def _compare(self, node):
        left = self._read(node.left)
        answer = True
        for op, part in zip(node.ops, node.comparators):
            right = self._read(part)
            answer = self._compared(node, op, (left, right))
            if not answer:
                return answer
            left = right
        return answer

    def _compared(self, node, op, pair):
        left, right = pair
        if type(op) in (ast.Is, ast.IsNot):
            return (left is right) == (type(op) is ast.Is)
        if type(op) in (ast.In, ast.NotIn):
            found, how = has(right, left)
            if how:
                raise self._runs(node, how)
            return found == (type(op) is ast.In)
        if id(type(left)) in SCALARS and id(type(right)) in SCALARS:
            return _OPERATORS[type(op)](left, right)
        other = left if id(type(left)) not in SCALARS else right
        raise self._runs(node, 'compares by code of {}'.format(type_name(type(other))))

    def _truth(self, node, value):
        if id(type(value)) in _PLAIN_TRUTH:
            return bool(value)
        for base in MRO(type(value)):
            if base is object:
                return True
            if any(name in TYPE_DICT(base) for name in ('__bool__', '__len__')):
                break
        raise self._runs(node, 'is asked whether it is true')

    def _call(self, node):
        """Of builtins, those that only look."""
        called = self._name(node.func) if type(node.func) is ast.Name else None
        if len(node.args) == 1 and not node.keywords and type(node.args[0]) is not ast.Starred:
            if called is builtins.len:
                length = length_of(self._read(node.args[0]))
                if length is not None:
                    return length
                raise self._runs(node, 'calls code of {}'.format(type_name(type(self._read(node.args[0])))))
            if called is builtins.type:
                return type(self._read(node.args[0]))
            if called is builtins.id:
                return id(self._read(node.args[0]))
        raise self._runs(node, 'is a call')


def _must_be_small(op, left, right):
    """So that no answer takes long: what grows beyond this is evaluated only where a person asks for it."""
    if type(left) not in (int, bool) or type(right) not in (int, bool):
        return
    bits = (int.bit_length(left), int.bit_length(right))
    grown = max(bits)
    if op is ast.Pow:
        grown = bits[0] * max(0, right)
    elif op is ast.LShift:
        grown = bits[0] + max(0, right)
    elif op is ast.Mult:
        grown = sum(bits)
    if grown > MAX_BITS:
        raise RunsCode('The number grows beyond {:,} bits. Run it to see its value.'.format(MAX_BITS))


def _repeats(left, right):
    if id(type(left)) not in _TEXTS:
        left, right = right, left
    return id(type(left)) in _TEXTS and type(right) in (int, bool) and len(left) * right <= MAX_TEXT


_READERS = {
    ast.Constant: Reader._constant, ast.Name: Reader._name, ast.Attribute: Reader._attribute, ast.Subscript: Reader._subscript,
    ast.List: Reader._sequence, ast.Tuple: Reader._sequence, ast.Dict: Reader._dict, ast.UnaryOp: Reader._unary,
    ast.BinOp: Reader._binary, ast.BoolOp: Reader._boolean, ast.IfExp: Reader._choice, ast.Compare: Reader._compare,
    ast.Call: Reader._call,
}


def in_namespace(namespace):
    """A scope of Reader's, without comparing keys of the program's types; empty for a mapping of the program's."""
    def look(name):
        for key, value in pairs_of(namespace) or ():
            if type(key) is str and key == name:
                return value
        return EMPTY
    return look


BUILTINS = in_namespace(builtins.__dict__)
