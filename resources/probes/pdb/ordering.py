"""The order in which a table's rows are shown: filtered and sorted within a time budget. What a person typed is not evaluated."""
import operator
import re

from .arrays import library
from .tables import Extension, Numbers, cell_text, is_missing
from .types_of import plain

STEP = 1 << 16  # rows of numpy between two looks at the clock
FEW = 1 << 10  # rows of Python objects between two looks
MOST = 20_000_000  # rows in an order, whose numbers take memory of the program's
TRIAL = 1 << 14  # rows that are sorted to learn how long all would take

_TERM = re.compile(r'\s*("(?:[^"]*)"|.+?)\s*(==|!=|<=|>=|<|>|=)\s*(.+?)\s*\Z', re.DOTALL)
_NUMBER = re.compile(r'[+-]?(\d[\d_]*\.?[\d_]*|\.\d+)([eE][+-]?\d+)?\Z')
_COMPARE = {'==': operator.eq, '=': operator.eq, '!=': operator.ne,
            '<': operator.lt, '<=': operator.le, '>': operator.gt, '>=': operator.ge}
_MISSING = frozenset(('nan', 'none', 'nat', 'null', '<na>'))
_TRUTHS = {'true': True, 'false': False}


class Impossible(Exception):
    """Why rows cannot be ordered so, as a sentence."""


class Wanted:
    """What a person typed: `column`, `compare`, `value`; or only `text`, which some cell contains."""

    def __init__(self, typed, names):
        self.text = _unquoted(typed)
        self.column = None
        found = None if self.text != typed.strip() else _TERM.match(typed)
        if found is None:
            return
        name = _unquoted(found.group(1))
        self.column = _place(name, names)
        self.name = name
        self.sign = found.group(2)
        self.typed = found.group(3)
        self.compare = _COMPARE[self.sign]
        self.value = _literal(self.typed)
        self.is_missing = self.typed.lower() in _MISSING
        if self.is_missing and self.sign not in ('==', '=', '!='):
            raise Impossible('What is missing is neither less nor more. Write {} == {}.'.format(plain(name, 60), self.typed))


def _place(name, names):
    """The column of this name. An array's are called by their numbers, of which there may be many."""
    if type(names) is range:
        place = int(name) if name.isdigit() and len(name) < 18 else len(names)
    else:
        place = names.index(name) if name in names else len(names)
    if place >= len(names):
        known = ', '.join(str(each) for each in names[:8]) + (', …' if len(names) > 8 else '')
        raise Impossible('There is no column {}. Columns are {}. To find the text itself, put it in double quotes.'.format(
            plain(name, 60), known))
    return place


def _unquoted(text):
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in '"\'' and text[0] not in text[1:-1] else text


def _literal(text):
    if _NUMBER.match(text):
        number = text.replace('_', '')
        return int(number) if number.lstrip('+-').isdigit() else float(number)
    if text.lower() in ('inf', '-inf'):
        return float(text)
    if text.lower() in _TRUTHS:
        return _TRUTHS[text.lower()]
    return _unquoted(text)


def filtered(table, typed, clock):
    """The numbers of the rows that are wanted, in order."""
    wanted = Wanted(typed, table.names)
    if wanted.column is None:
        return _containing(table, wanted.text.lower(), clock)
    return _compared(table, table.column(wanted.column), wanted, clock)


def _refuse(looked, table, clock):
    seen = '{:,} of {:,} rows were looked at'.format(looked, table.rows)
    if clock.took() < clock.milliseconds:
        raise Impossible(seen + ' before it was cancelled.')
    raise Impossible('{} in {:,.0f} ms, which is all the time allowed.'.format(seen, clock.milliseconds))


def _containing(table, text, clock):
    kept = []
    for start in range(0, table.rows, FEW):
        stop = min(table.rows, start + FEW)
        found = set()
        for at in range(len(table.names)):
            cells = table.column(at).texts(slice(start, stop))
            found.update(start + row for row, cell in enumerate(cells) if text in cell.lower())
            if clock.over() and (stop < table.rows or at + 1 < len(table.names)):
                _refuse(start, table, clock)
        kept.extend(sorted(found))
    return kept


def _compared(table, column, wanted, clock):
    in_numpy = type(column) is Numbers or (type(column) is Extension and column.basis is not None and not column.categories)
    step = STEP if in_numpy else FEW
    test = _numpy_test(column, wanted) if in_numpy else _object_test(column, wanted)
    kept, count = [], 0
    for start in range(0, table.rows, step):
        stop = min(table.rows, start + step)
        kept.append((start, test(slice(start, stop))))
        count += len(kept[-1][1])
        if count > MOST:
            raise Impossible('More than {:,} rows fit. Say more exactly which ones you look for.'.format(MOST))
        if clock.over() and stop < table.rows:
            _refuse(stop, table, clock)
    if in_numpy and kept:
        return library('numpy').concatenate([start + found for start, found in kept])
    return [start + at for start, found in kept for at in found]


def _numpy_test(column, wanted):
    np = library('numpy')
    value = wanted.value if wanted.is_missing else _comparable(column, wanted)

    def places(where):
        missing = column.missing(where)
        if wanted.is_missing:
            return np.flatnonzero(~missing if wanted.sign == '!=' else missing)
        keys = column.keys(where)
        truths = np.asarray(wanted.compare(keys, value))
        if truths.shape != missing.shape:
            raise Impossible('{} holds {}, which cannot be compared with {}.'.format(wanted.name, column.dtype, wanted.typed))
        return np.flatnonzero(truths & ~missing)
    return places


def _comparable(column, wanted):
    """The typed value as the column's elements are."""
    np = library('numpy')
    basis = column.values if type(column) is Numbers else column.basis
    kind = basis.dtype.kind
    value = wanted.value
    if kind in 'mM':
        return _moment(column, kind, wanted)
    if kind == 'U':
        return _unquoted(wanted.typed)
    if kind == 'S':
        return _unquoted(wanted.typed).encode('utf-8', 'replace')
    if type(value) is str:
        raise Impossible('{} holds {}, and {} is no number.'.format(
            plain(wanted.name, 60), column.dtype, plain(wanted.typed, 60)))
    if type(value) is int and kind in 'iu':
        limits = np.iinfo(basis.dtype)
        if not limits.min <= value <= limits.max:
            return float(value)
    return value


def _moment(column, kind, wanted):
    np, pandas = library('numpy'), library('pandas')
    text = _unquoted(wanted.typed)
    try:
        if kind == 'M':
            zone = column.zone if type(column) is Extension else None
            if zone is not None:
                return pandas.Timestamp(text).tz_localize(zone).tz_convert('UTC').tz_localize(None).to_datetime64()
            return np.datetime64(text)
        if pandas is not None:
            return pandas.Timedelta(text).to_timedelta64()
        return np.timedelta64(int(text), np.datetime_data(column.values.dtype)[0])
    except (ValueError, TypeError):
        example = '2026-11-22 14:05' if kind == 'M' else '5 minutes' if pandas is not None else '300'
        raise Impossible('{} is no time that {} can be compared with. Write it like {}.'.format(
            plain(text, 60), plain(wanted.name, 60), example)) from None


def _object_test(column, wanted):
    text = _unquoted(wanted.typed)
    is_number = type(wanted.value) is not str

    def fits(item):
        if wanted.is_missing:
            return is_missing(item) is (wanted.sign != '!=')
        if is_missing(item):
            return False
        if type(item) in (int, float, bool) and is_number:
            return wanted.compare(item, wanted.value)
        if type(item) is str or wanted.sign in ('==', '=', '!='):
            return wanted.compare(item if type(item) is str else cell_text(item), text)
        return False
    return lambda where: [at for at, item in enumerate(column.objects(where)) if fits(item)]


def ordered(table, at, rows, descending, clock):
    """`rows` (numbers, or None for all) by a column. What is missing comes last either way; equal ones keep their order."""
    column = table.column(at)
    if type(column) is Numbers or (type(column) is Extension and column.basis is not None):
        return _numpy_order(table, column, rows, descending, clock)
    return _object_order(table, column, rows, descending, clock)


def _numpy_order(table, column, rows, descending, clock):
    np = library('numpy')
    where = slice(0, table.rows) if rows is None else np.asarray(rows, dtype=np.intp)
    keys = column.keys(where)
    if len(keys) > MOST:
        raise Impossible('To sort {:,} rows would take too much of the program\'s memory. Filter them first.'.format(len(keys)))
    if len(keys) > TRIAL:
        _expect(len(keys), lambda: np.argsort(keys[::len(keys) // TRIAL], kind='stable'), table, clock)
    missing = column.missing(where)
    good = np.flatnonzero(~missing)
    if descending:  # stable also downwards: equal rows keep their order
        good = good[::-1]
    order = good[np.argsort(keys[good], kind='stable')]
    if descending:
        order = order[::-1]
    order = np.concatenate((order, np.flatnonzero(missing)))
    return order if rows is None else where[order]


def _expect(count, trial, table, clock):
    """Refuses what would take longer than the time allowed: a sort cannot be stopped once it has begun."""
    before = clock.took()
    trial()
    whole = (clock.took() - before) * count / TRIAL * 1.4
    if whole > clock.milliseconds:
        raise Impossible('Sorting {:,} rows would take about {:,.0f} ms; {:,.0f} ms are allowed. '
                         '{:,} of {:,} rows were looked at.'.format(count, whole, clock.milliseconds, TRIAL, table.rows))


def _object_order(table, column, rows, descending, clock):
    keyed, absent = [], []
    numbers = range(table.rows) if rows is None else rows
    for start in range(0, len(numbers), FEW):
        if clock.over():
            _refuse(start, table, clock)
        chosen = numbers[start:start + FEW]
        for row, item in zip(chosen, column.objects(chosen)):
            (absent if is_missing(item) else keyed).append((_key(item), row))
    keyed.sort(key=lambda pair: pair[0], reverse=descending)
    return [row for _, row in keyed] + [row for _, row in absent]


def _key(item):
    if type(item) in (int, float, bool):
        return (0, item, '')
    return (1, 0, item) if type(item) is str else (2, 0, cell_text(item))
