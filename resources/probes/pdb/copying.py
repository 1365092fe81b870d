"""A value with its children as text to copy: an indented tree, JSON or CSV. Runs none of the program's code."""
import io
import itertools
import json

from . import kinds
from .definitions import EMPTY
from .frames import scope_values
from .references import Budget
from .types_of import is_a, plain
from .values import UNREAD, attribute_count, attributes, has_attributes, line_of

MAX_DEPTH = 12
MAX_TEXT = 20_000
_TABLE = (list, tuple, set, frozenset)
_CUT = '…'


class _Copy:
    """One text under way: `complete` is false once something was left out."""

    def __init__(self, references):
        self._references = references
        self._budget = Budget()
        self.complete = True

    def spent(self, characters=0):
        self._budget.add(characters)
        if self._budget.spent():
            self.complete = False
        return not self.complete

    def children(self, value):
        """(name, value) of what can be seen in a value; a scope's when it is one."""
        kind = kinds.kind_of(value)
        elements = kind.length(value) if kind.length else 0
        held = attribute_count(value, self._references) if has_attributes(value) else 0
        if elements:
            yield from self._pages(lambda start, stop: kind.items(value, start, stop), elements)
        if held:
            yield from self._pages(lambda start, stop: attributes(value, start, stop, self._references), held)

    def _pages(self, page, total):
        for start in range(0, total, 100):
            if self.spent():
                return
            yield from page(start, min(total, start + 100))

    def scalar(self, value):
        """A value as one text: a string whole, as far as it is copied at all."""
        if value is EMPTY or value is UNREAD:
            return self.line(value)
        if is_a(value, str):
            if str.__len__(value) > MAX_TEXT:
                self.complete = False
            return plain(value, MAX_TEXT)
        return kinds.brief(value) if kinds.kind_of(value) is kinds.ENUM else self.line(value)

    def line(self, value):
        if value is EMPTY:
            return 'not set'
        if value is UNREAD:
            self.complete = False
            return 'property'
        return line_of(value, kinds.kind_of(value), self._references)


def text_of(desk, found, form):
    """The answer to valueText. `found` is what a reference stands for."""
    copy = _Copy(desk.references)
    kind, value = found
    top = _Scope(scope_values(desk, *value) or ()) if kind == 'scope' else value
    try:
        made = {'text': _tree, 'json': _json, 'csv': _csv}[form](copy, top)
    except RuntimeError:  # a container that another thread changed
        made, copy.complete = 'It changed while it was read. Copy it again.', False
    return {'text': made, 'complete': copy.complete}


class _Scope:
    """A scope's variables, where a value is expected."""

    def __init__(self, pairs):
        self.pairs = pairs


def _pairs(copy, value):
    return iter(value.pairs) if type(value) is _Scope else copy.children(value)


def _tree(copy, top):
    lines = [] if type(top) is _Scope else [copy.line(top)]

    def add(value, depth, above):
        for name, item in _pairs(copy, value):
            line = '{}{}: {}'.format('  ' * depth, plain(name), copy.line(item))
            if copy.spent(len(line) + 1):
                return
            lines.append(line)
            if item is EMPTY or item is UNREAD or id(item) in above:
                continue
            if depth < MAX_DEPTH:
                add(item, depth + 1, above + (id(item),))
            else:
                copy.complete = False
    add(top, 0 if type(top) is _Scope else 1, (id(top),))
    return '\n'.join(lines + ([] if copy.complete else [_CUT]))


def _json(copy, top):
    return json.dumps(_plain(copy, top, ()), ensure_ascii=False, indent=2, allow_nan=False)


def _plain(copy, value, above):
    """What JSON has of a value; all else as the line by which it is shown."""
    cls = type(value)
    if value is None or cls is bool or cls is int and int.bit_length(value) < kinds.MAX_BITS:
        copy.spent(8)
        return value
    if cls is float and value - value == 0:
        copy.spent(16)
        return value
    if value is EMPTY or value is UNREAD:
        return None
    is_mapping = type(value) is _Scope or is_a(value, dict)
    is_sequence = any(is_a(value, base) for base in _TABLE) and not kinds.field_names(value)
    has_parts = is_mapping or is_sequence or kinds.kind_of(value) is kinds.OBJECT or kinds.field_names(value)
    if not has_parts or id(value) in above or len(above) > MAX_DEPTH:
        if has_parts:
            copy.complete = False
        text = copy.scalar(value)
        copy.spent(len(text))
        return text
    inner = above + (id(value),)
    if is_sequence:
        return [_plain(copy, item, inner) for _, item in itertools.takewhile(lambda _: not copy.spent(2), _pairs(copy, value))]
    made = {}
    for name, item in _named(copy, value):
        if copy.spent(len(name) + 6):
            break
        if item is not UNREAD:
            made[name] = _plain(copy, item, inner)
    return made


def _named(copy, value):
    """(name, value) of a mapping or an object, string keys without quotes."""
    if type(value) is _Scope or not is_a(value, dict):
        return ((plain(name), item) for name, item in _pairs(copy, value))
    return ((plain(key, MAX_TEXT) if is_a(key, str) else kinds.brief(key), item) for key, item in list(dict.items(value)))


def _csv(copy, top):
    """Rows of what the elements hold; names and values where the elements are no rows."""
    pairs = []
    for pair in (_named(copy, top) if type(top) is _Scope or is_a(top, dict) else _pairs(copy, top)):
        if copy.spent(2):
            break
        pairs.append(pair)
    rows = [_row(copy, item) for _, item in pairs]
    text = io.StringIO()
    is_list = any(is_a(top, base) for base in _TABLE)
    if rows and all(row is not None for row in rows):
        names = list(dict.fromkeys(name for row in rows for name in row))
        head = names if is_list else ['name'] + names
        _write(text, [] if is_list and all(name.isdigit() for name in names) else head)
        for (name, _), row in zip(pairs, rows):
            if copy.spent(2):
                break
            cells = [copy.scalar(row[column]) if column in row else '' for column in names]
            copy.spent(sum(map(len, cells)))
            _write(text, cells if is_list else [name] + cells)
    else:
        _write(text, ['value'] if is_list else ['name', 'value'])
        for name, item in pairs:
            cell = copy.scalar(item)
            if copy.spent(len(cell) + 2):
                break
            _write(text, [cell] if is_list else [name, cell])
    return text.getvalue()


def _row(copy, value):
    """The cells of one row by column, or None for a value that is one cell."""
    if any(is_a(value, base) for base in _TABLE) or kinds.kind_of(value) is kinds.OBJECT or is_a(value, dict):
        pairs = _named(copy, value) if is_a(value, dict) else _pairs(copy, value)
        return {plain(name): item for name, item in itertools.islice(pairs, 1000) if item is not UNREAD} or None
    return None


def _write(text, cells):
    """One line of RFC 4180."""
    if cells:
        quoted = ('"{}"'.format(cell.replace('"', '""')) if any(sign in cell for sign in ',"\r\n') else cell for cell in cells)
        text.write(','.join(quoted) + '\r\n')
