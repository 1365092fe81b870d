"""Columns of whatever has rows: numpy's, pandas', lists of rows. Cells are text; a program's own values are only described."""
import array

from . import kinds
from .arrays import SAMPLE_ROWS, dtype_text, is_trusted, library, manager_of, record_fields, row_kind, series_values
from .figures import same
from .types_of import find, is_a, plain, type_name
from .values import facts_of

CELL_TEXT = 200
MAX_COLUMNS = 500
KEY_PARTS = 8  # of a tuple, such as a row's name of several levels
FIRST_ROWS = 200  # of a list of dicts: their keys are its columns


class Unreadable(Exception):
    """What cannot be read as a table, as a sentence."""


def cell_text(value):
    """One cell: text as it is, numbers in full, what is missing as NaN, None or NaT."""
    cls = type(value)
    if cls is str:
        return plain(value, CELL_TEXT)
    if cls is float:
        return 'NaN' if value != value else float.__repr__(value)
    if is_trusted(cls):
        return _library_text(value)
    if cls is tuple:
        return '({})'.format(', '.join(cell_text(item) if type(item) is not tuple else '(…)' for item in value[:KEY_PARTS]))
    return kinds.brief(value)


def _library_text(value):
    np = library('numpy')
    if np is not None and is_a(value, np.void) and value.dtype.names:
        return '({})'.format(', '.join(cell_text(item) for item in value.tolist()))
    if np is not None and (is_a(value, np.bytes_) or is_a(value, np.ndarray)):
        return plain(repr(value.item() if value.ndim == 0 else value.tolist()), CELL_TEXT)
    text = plain(str(value), CELL_TEXT)
    if np is not None and is_a(value, np.datetime64):
        text = text.replace('T0', ' 0').replace('T1', ' 1').replace('T2', ' 2')
        return text.rstrip('0').rstrip('.') if '.' in text else text
    return 'NaN' if text == 'nan' else text


def is_missing(value):
    cls = type(value)
    if cls is str or cls is int or cls is bool:
        return False
    if value is None or (cls is float and value != value):
        return True
    return is_trusted(cls) and str(value) in ('nan', 'NaT', '<NA>')


class Numbers:
    """A column in one dimension of numpy, of any element type but objects."""

    def __init__(self, values, decode=same):
        self.values = values
        self.decode = decode
        self.dtype = dtype_text(values.dtype)

    def texts(self, where):
        return [cell_text(item) for item in self.decode(self.values[where])]

    def missing(self, where):
        """Truths of numpy."""
        np = library('numpy')
        found = self.decode(self.values[where])
        if found.dtype.kind in 'mM':
            return np.isnat(found)
        return np.isnan(found) if found.dtype.kind in 'fc' else np.zeros(len(found), dtype=bool)

    def keys(self, where):
        """What it is sorted by."""
        found = self.decode(self.values[where])
        return abs(found) if found.dtype.kind == 'c' else found


class Objects:
    """A column of Python objects, each got by its row's number; or `held` all together in an array of numpy's."""

    def __init__(self, get, length, dtype='object', held=None):
        self.get = get
        self.length = length
        self.dtype = dtype
        self.held = held

    def objects(self, where):
        if self.held is not None:
            return self.held[where].tolist()
        rows = range(*where.indices(self.length)) if type(where) is slice else where
        return [self.get(row) for row in rows]

    def texts(self, where):
        return [cell_text(item) for item in self.objects(where)]


class Extension:
    """A column of pandas' own array types. `basis` is the same in numpy, `absent` what is missing, where they can be had."""

    def __init__(self, values):
        self.values = values
        self.dtype = dtype_text(values.dtype)
        self.basis = getattr(values, '_ndarray', getattr(values, '_data', None))
        np = library('numpy')
        usable = is_a(self.basis, np.ndarray) and self.basis.ndim == 1 and self.basis.dtype.kind not in 'OV'
        if not usable or self.dtype.startswith('period'):  # whose ticks are months or quarters
            self.basis = None
        self.absent = getattr(values, '_mask', None)
        self.zone = getattr(values.dtype, 'tz', None)
        self.categories = self.dtype == 'category'
        if self.categories:
            self.basis = values.codes
            self.absent = self.basis == -1

    def objects(self, where):
        """A category in the place of its code, a Timestamp in that of its ticks."""
        return list(self.values[where] if type(where) is slice else self.values.take(where))

    def texts(self, where):
        return [cell_text(item) for item in self.objects(where)]

    def missing(self, where):
        if self.absent is not None:
            return self.absent[where]
        return self.values[where].isna() if type(where) is slice else self.values.take(where).isna()

    def keys(self, where):
        return self.basis[where]


def column_of(values):
    """The column of one of pandas' or numpy's arrays with one dimension."""
    np = library('numpy')
    if is_a(values, np.ndarray):
        plain_values = np.ndarray.view(values, np.ndarray)
        if plain_values.dtype.kind == 'O':
            return Objects(plain_values.item, len(plain_values), held=plain_values)
        return Numbers(plain_values)
    if is_trusted(type(values)):
        return Extension(values)
    return Objects(lambda row: None, 0, type_name(type(values)) + ', not read')


class Table:
    """`column(at)` makes a column; `row_names(where)` says what its rows are called."""

    def __init__(self, rows, names, column, row_names=None):
        self.rows = rows
        self.names = names
        self.column = column
        self._row_names = row_names

    def row_names(self, where):
        if self._row_names is not None:
            return self._row_names(where)
        rows = range(*where.indices(self.rows)) if type(where) is slice else where
        return [str(int(row)) for row in rows]


def index_texts(index):
    """What rows are called, by their index; that of a program's own class is not asked."""
    if not is_trusted(type(index)):
        return lambda where: ['?'] * (len(range(*where.indices(1 << 62))) if type(where) is slice else len(where))
    # One by one where they are not in a row: a RangeIndex would be written out in full, and kept so, to answer a list.
    def texts(where):
        return [cell_text(item) for item in (index[where] if type(where) is slice else (index[int(row)] for row in where))]
    return texts


def frame_table(value):
    manager = manager_of(value)
    if manager is None:
        raise Unreadable('This table keeps its columns in a way that is not pandas\' own. Only the console can show it.')
    columns, index = manager.axes
    names = index_texts(columns)(slice(0, MAX_COLUMNS))
    return Table(len(index), _distinct(names), lambda at: column_of(manager.iget_values(at)), index_texts(index))


def series_table(value):
    manager = manager_of(value)
    if manager is None:
        raise Unreadable('This series keeps its values in a way that is not pandas\' own. Only the console can show it.')
    values, index = series_values(value), manager.axes[0]
    name = object.__getattribute__(value, '__dict__').get('_name')
    return Table(len(index), ['value' if name is None else cell_text(name)], lambda at: column_of(values), index_texts(index))


def index_table(value):
    if not is_trusted(type(value)):
        raise Unreadable('This index is of a class of the program, whose code would have to run. Only the console can show it.')
    if type_name(type(value)) in ('MultiIndex', 'RangeIndex'):  # which have no array of their values, but would make one
        return Table(len(value), ['value'], lambda at: Objects(lambda row: value[int(row)], len(value)))
    name = value.__dict__.get('_name')
    return Table(len(value), ['value' if name is None else cell_text(name)], lambda at: column_of(value.array))


def _distinct(names):
    """A name that is there twice gets its place behind it: a filter must say which column it means."""
    seen = set()
    made = []
    for at, name in enumerate(names):
        made.append('{} ({})'.format(name, at) if name in seen else name)
        seen.add(name)
    return made


def fields_table(array):
    """Of a structured array with one dimension: a column a field."""
    names = [name for name in array.dtype.names[:MAX_COLUMNS]]
    return Table(len(array), names, lambda at: column_of(array[names[at]]))


def plane_table(plane, decode):
    """Of two dimensions of an array, or of its only one."""
    if plane.ndim == 1:
        return Table(len(plane), ['value'], lambda at: _plane_column(plane, decode))
    return Table(plane.shape[0], range(plane.shape[1]), lambda at: _plane_column(plane[:, at], decode))


def _plane_column(values, decode):
    return Objects(values.item, len(values), held=values) if values.dtype.kind == 'O' else Numbers(values, decode)


def array_table(value):
    """Of an array.array, where numpy is not loaded."""
    length = array.array.__len__(value)
    code = array.array.typecode.__get__(value)
    return Table(length, ['value'], lambda at: Objects(lambda row: array.array.__getitem__(value, int(row)), length, code))


def rows_table(rows, references):
    """Of a list of tuples, lists, dicts, dataclasses or attrs objects."""
    kind = row_kind(rows)
    if not kind:
        raise Unreadable('Its rows are not alike any more, so it is no table. Look at it in Variables.')
    length = list.__len__(rows)
    first = list.__getitem__(rows, slice(0, FIRST_ROWS))
    names, get = _ROWS[kind](first, references)

    def column(at):
        held = [type(item) for item in (get(row, at) for row in first[:SAMPLE_ROWS]) if item is not None]
        dtype = type_name(held[0]) if held and all(cls is held[0] for cls in held) else 'object'
        return Objects(lambda row: get(list.__getitem__(rows, int(row)), at), length, dtype)
    return Table(length, names[:MAX_COLUMNS], column)


def _sequences(base):
    def columns(first, references):
        names = kinds.field_names(first[0]) if base is tuple else None
        width = max(base.__len__(row) if is_a(row, base) else 0 for row in first)
        return list(names or map(str, range(width))), lambda row, at: (
            base.__getitem__(row, at) if is_a(row, base) and at < base.__len__(row) else None)
    return columns


def _dicts(first, references):
    names = {}
    for row in first:
        if is_a(row, dict):
            names.update((key, None) for key in dict.keys(row) if type(key) is str)
    names = list(names)
    return [plain(name, CELL_TEXT) for name in names], lambda row, at: find(row, names[at]) if is_a(row, dict) else None


def _records(first, references):
    names = record_fields(type(first[0]))

    def get(row, at):
        facts = facts_of(row, references)
        own = facts.dict_of(row)
        held = None if own is None else find(own, names[at])
        if held is not None:
            return held
        member = next((member for name, member in facts.slots if name == names[at]), None)
        try:
            return None if member is None else member.__get__(row)
        except AttributeError:  # a slot that is not set
            return None
    return [plain(name, CELL_TEXT) for name in names], get


_ROWS = {'tuple': _sequences(tuple), 'list': _sequences(list), 'dict': _dicts, 'object': _records}
