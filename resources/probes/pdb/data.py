"""Arrays, tables and bytes: what they hold, within a time budget, and windows of their cells."""
import array
import base64
import contextlib
import os
import time

from . import grids, tables
from .arrays import known, library, viewer_of
from .figures import Clock, same
from .ordering import Impossible, filtered, ordered
from .references import END_BYTES, FULL_BYTES
from .service import Refused
from .summaries import USUAL_MS, array_figures, column_figures, count_objects, heat_map, summarise_column
from .tables import Unreadable
from .types_of import MRO, is_a, type_name

NAMES_BYTES = 12_000  # of an answer, for the names of columns
LONG_MS = 200  # a budget from which on the person may have had enough before it is used up
LOOK_SECONDS = 0.1  # between two looks whether that is so


def _value(desk, arguments):
    found = desk.references.get(arguments['reference'])
    if found is None or found[0] != 'value':
        raise Refused('This value belongs to an earlier stop.')
    return found[1]


def _viewer(value):
    found = known(value)
    if found is None:
        return viewer_of(value)
    if found[0] == 'ndarray':
        dtype = library('numpy').ndarray.dtype.__get__(value)
        return 'table' if dtype.names and len(library('numpy').ndarray.shape.__get__(value)) == 1 else 'array'
    return found[2]


def _table(desk, value):
    found = known(value)
    if found is None:
        return tables.array_table(value) if is_a(value, array.array) else tables.rows_table(value, desk.references)
    if found[0] == 'ndarray':
        np = library('numpy')
        return tables.fields_table(np.ndarray.view(value, np.ndarray))
    return {'DataFrame': tables.frame_table, 'Series': tables.series_table, 'Index': tables.index_table}[found[0]](value)


def _kept(desk, key, make):
    """What was found out about a value is found out once between two prompts: a command may change the value."""
    kept = desk.references.kept
    if kept.get('prompt') is not desk.stop.shown:
        kept.clear()
        kept['prompt'] = desk.stop.shown
    if key not in kept:
        kept[key] = make()
    return kept[key]


class Patience:
    """Whether the person cancelled: looked at now and then, through a pipe that nobody writes to."""

    def __init__(self, desk, never):
        self._desk = desk
        self._never = never
        self._next = time.perf_counter() + LOOK_SECONDS
        self._ended = False

    def cancelled(self):
        now = time.perf_counter()
        if not self._ended and now > self._next:
            self._next = now + LOOK_SECONDS
            self._ended = self._desk.attend(self._never, 0) in ('cancel', 'gone')
        return self._ended


@contextlib.contextmanager
def _clock(desk, milliseconds):
    if milliseconds <= LONG_MS:
        yield Clock(milliseconds)
        return
    never, end = os.pipe()
    try:
        yield Clock(milliseconds, Patience(desk, never).cancelled)
    finally:
        os.close(never)
        os.close(end)


def _answering(handler):
    """A library's failure as a sentence; the program's values may be in any state."""
    def answer(desk, arguments):
        try:
            with _clock(desk, arguments.get('budgetMs', USUAL_MS)) as clock:
                return handler(desk, arguments, clock)
        except Refused:
            raise
        except (Unreadable, Impossible) as error:
            raise Refused(str(error)) from None
        except Exception as error:
            said = error.args[0] if error.args and type(error.args[0]) is str else ''
            raise Refused('It cannot be read just now: {}: {}'.format(type_name(type(error)), said)[:400]) from None
    return answer


def _summary(desk, arguments, clock):
    value = _value(desk, arguments)
    viewer = _viewer(value)
    made = {'kind': viewer or 'bytes', 'typeName': type_name(type(value)), 'shape': [], 'dtype': '', 'device': 'cpu', 'bytes': 0,
            'columns': [], 'statistics': None, 'histogram': None, 'heat': None, 'message': ''}
    if viewer == 'array':
        _summarise_array(desk, value, arguments, made, clock)
    elif viewer == 'table':
        _summarise_table(desk, value, arguments, made, clock)
    elif viewer == 'bytes':
        size = _bytes_of(value)[0]
        made.update(shape=[size], dtype='bytes', bytes=size)
    else:
        raise Unreadable('There is nothing in it to show.')
    return dict(made, tookMs=clock.took())


def _summarise_array(desk, value, arguments, made, clock):
    grid = grids.grid_of(value)
    made.update(shape=list(grid.shape), dtype=grid.dtype, device=grid.device, bytes=grid.bytes)
    notes = [grid.note]
    if grid.array is None:
        pass
    elif grid.mapped and clock.milliseconds <= USUAL_MS:
        notes.append('It is a file in memory: its figures are read only on request, since it may have to come from the disk.')
    elif not grid.is_numeric():
        notes.append(count_objects(grid.array, made, clock))
    elif grid.array.size == 0:
        notes.append('It is empty.')
    else:
        key = ('figures', arguments['reference'], clock.milliseconds)
        statistics, histogram, words = _kept(desk, key, lambda: array_figures(grid.array, grid.decode, clock))
        made.update(statistics=statistics, histogram=histogram)
        notes += words
        made['heat'] = heat_map(grid, arguments['at'], clock, notes)
    made['message'] = ' '.join(filter(None, notes))


def _summarise_table(desk, value, arguments, made, clock):
    table = _table(desk, value)
    width = len(table.names)
    made['shape'] = [table.rows, width]
    notes = []
    if arguments['column'] >= width:
        raise Unreadable('There is no column {}; there are {}.'.format(arguments['column'], width))
    if arguments['column'] >= 0 or width == 1:
        summarise_column(table.column(max(0, arguments['column'])), made, clock, notes)
    key = ('columns', arguments['reference'], clock.milliseconds)
    made['columns'] = _kept(desk, key, lambda: column_figures(table, clock))
    made['dtype'] = made['columns'][0]['dtype'] if width == 1 else 'table'
    if any(column['seen'] < table.rows for column in made['columns']):
        notes.append('Some columns were read in part: the time allowed was used up.')
    if width == tables.MAX_COLUMNS:
        notes.append('Only the first {} columns are shown.'.format(width))
    if len(made['columns']) < width:
        notes.append('Figures are those of the first {:,} columns.'.format(len(made['columns'])))
    made['message'] = ' '.join(notes)


def _page(desk, arguments, clock):
    value = _value(desk, arguments)
    viewer = _viewer(value)
    if viewer == 'array':
        grid = grids.grid_of(value)
        if grid.array is None:
            raise Unreadable(grid.note)
        table = tables.plane_table(grid.plane(arguments['at']), grid.decode if grid.array.dtype.kind == 'u' else same)
    elif viewer == 'table':
        table = _table(desk, value)
    else:
        raise Unreadable('This value has no rows. Look at its bytes.')
    order = _order(desk, table, arguments, clock)
    first, count = arguments['row'], arguments['rows']
    total = table.rows if order is None else len(order)
    where = slice(first, min(total, first + count)) if order is None else order[first:first + count]
    names = table.names[arguments['column']:arguments['column'] + arguments['columns']]
    columns = [table.column(arguments['column'] + at).texts(where) for at in range(len(names))]
    row_names = table.row_names(where)
    cells = _fitting(columns, row_names)
    names = [str(name)[:max(8, NAMES_BYTES // len(names))] for name in names]
    return {'totalRows': total, 'ofRows': table.rows, 'totalColumns': len(table.names), 'rowNames': row_names[:len(cells)],
            'columnNames': names, 'cells': cells, 'message': '', 'tookMs': clock.took()}


def _fitting(columns, row_names):
    """Rows of cells, as many as an answer may hold; at least one."""
    cells, size = [], 0
    for row, name in zip(zip(*columns) if columns else ((),) * len(row_names), row_names):
        size += sum(len(cell.encode('utf-8', 'replace')) + 3 for cell in row) + len(name) + 3
        if size > FULL_BYTES and cells:
            break
        cells.append([cell[:END_BYTES // (len(row) * 6)] for cell in row] if size > FULL_BYTES else list(row))
    return cells


def _order(desk, table, arguments, clock):
    """The numbers of the rows to show; None for all as they are."""
    sort, typed = arguments['sortBy'], arguments['filter'].strip()
    if sort < 0 and not typed:
        return None
    if sort >= len(table.names):
        raise Unreadable('There is no column {} to sort by; there are {}.'.format(sort, len(table.names)))
    place = (arguments['reference'], tuple(arguments['at']))

    def found():
        return filtered(table, typed, clock)

    def sorted_rows():
        rows = _kept(desk, ('filter', typed) + place, found) if typed else None
        return ordered(table, sort, rows, arguments['descending'], clock)
    if sort < 0:
        return _kept(desk, ('filter', typed) + place, found)
    return _kept(desk, ('order', typed, sort, arguments['descending']) + place, sorted_rows)


def _bytes_of(value):
    """(length, a function that copies a stretch) of a bytes-like value."""
    for base in MRO(type(value)):
        if base is bytes or base is bytearray:
            return base.__len__(value), lambda start, stop: bytes(base.__getitem__(value, slice(start, stop)))
    if is_a(value, memoryview):
        if not value.c_contiguous:
            raise Unreadable('The memory that this view shows does not lie in one piece.')
        flat = value.cast('B') if value.ndim != 1 or value.format != 'B' else value
        return value.nbytes, lambda start, stop: flat[start:stop].tobytes()
    if is_a(value, array.array):
        size = array.array.__len__(value) * array.array.itemsize.__get__(value)
        return size, lambda start, stop: _array_bytes(value, start, stop)
    raise Unreadable('This value is not bytes.')


def _array_bytes(value, start, stop):
    width = array.array.itemsize.__get__(value)
    held = array.array.__getitem__(value, slice(start // width, -(-stop // width)))
    return array.array.tobytes(held)[start % width:][:stop - start]


def _bytes_page(desk, arguments, clock):
    total, read = _bytes_of(_value(desk, arguments))
    start = min(arguments['start'], total)
    held = read(start, min(total, start + arguments['count']))
    return {'start': start, 'total': total, 'base64': base64.b64encode(held).decode('ascii')}


HANDLERS = {'dataSummary': _answering(_summary), 'dataPage': _answering(_page), 'bytesPage': _answering(_bytes_page)}
