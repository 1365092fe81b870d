"""Figures of arrays and of tables' columns, as the workbench is told them: text where JSON would change a number."""
import math
import sys

from . import tables
from .arrays import library
from .figures import CHUNK, Figures, heat, same
from .ordering import FEW
from .references import FULL_BYTES
from .tables import Extension, Numbers, cell_text, is_missing

# Of what is left of the time, one after the other; a heat map gets the rest.
FIGURES_PART, HISTOGRAM_PART = 0.6, 0.4
FIGURES_ALONE, HISTOGRAM_ALONE = 0.8, 0.9
USUAL_MS = 50
BINNED = 1 << 20  # elements that a histogram is made of in the usual time: spread over all, they show the same picture
COLUMN_BYTES = 120  # of a column's figures on the wire, beside its texts


def array_figures(array, decode, clock):
    """(statistics, histogram, sentences) of numbers."""
    figures = Figures(library('numpy'), array, decode)
    alone = array.ndim < 2
    figures.read(clock.share(FIGURES_ALONE if alone else FIGURES_PART))
    return _figures_told(figures, clock.share(HISTOGRAM_ALONE if alone else HISTOGRAM_PART), _binned(clock))


def _binned(clock):
    return BINNED if clock.milliseconds <= USUAL_MS else sys.maxsize


def _figures_told(figures, clock, most):
    text = _text_of(figures)
    has = figures.numbers > 0
    statistics = {
        'min': text(figures.low) if has else '', 'max': text(figures.high) if has else '',
        'mean': _mean(figures) if has else '', 'std': _deviation(figures) if has else '',
        'nan': figures.nan, 'inf': figures.inf, 'seen': int(figures.seen), 'total': figures.total,
    }
    words = []
    if figures.seen < figures.total:
        words.append('Figures are of {:,} of {:,} elements, spread over the whole: the time allowed was used up.'.format(
            figures.seen, figures.total))
    found = figures.histogram(clock, most)
    if found is None:
        return statistics, None, words
    counts, seen = found
    histogram = {'low': statistics['min'], 'high': statistics['max'], 'counts': counts, 'seen': int(seen)}
    if seen < figures.seen:
        words.append('The histogram is of {:,} elements.'.format(seen))
    return statistics, histogram, words


def _text_of(figures):
    """How one number of the array is written: ticks as the time they stand for."""
    if figures.array.dtype.kind not in 'mM':
        return cell_text

    def text(ticks):
        moment = figures.np.array([int(ticks)], dtype=figures.np.int64).view(figures.array.dtype)[0]
        if figures.zone is None:
            return cell_text(moment)
        return cell_text(library('pandas').Timestamp(moment).tz_localize('UTC').tz_convert(figures.zone))
    return text


def _mean(figures):
    return _text_of(figures)(figures.mean()) if figures.array.dtype.kind in 'mM' else '{:.8g}'.format(figures.mean())


def _deviation(figures):
    if figures.array.dtype.kind not in 'mM':
        return '{:.8g}'.format(figures.deviation())
    unit = figures.np.dtype(figures.array.dtype.str.replace('M8', 'm8'))
    return cell_text(figures.np.array([int(figures.deviation())], dtype=figures.np.int64).view(unit)[0])


def heat_map(grid, at, clock, notes):
    if grid.array.ndim < 2 or grid.array.dtype.kind in 'mM':
        return None
    plane = grid.plane(at)
    if plane.size == 0:
        return None
    rows, columns, cells, seen = heat(library('numpy'), plane, clock, grid.decode)
    finite = [cell for cell in cells if cell is not None and math.isfinite(cell)]
    if not finite:
        return None
    low, high = min(finite), max(finite)
    if seen < plane.size:
        notes.append('The heat map is of {:,} of {:,} elements.'.format(seen, plane.size))
    half = high / 2 - low / 2

    def scaled(cell):
        if cell is None or not math.isfinite(cell):
            return None
        return round((cell / 2 - low / 2) / half, 3) if half else 0.5
    made = {'rows': rows, 'columns': columns, 'cells': [scaled(cell) for cell in cells]}
    return dict(made, low='{:.6g}'.format(low), high='{:.6g}'.format(high))


def count_objects(array, made, clock):
    """Of objects only what is missing is counted; anything more would run the program's code."""
    if array.dtype.kind != 'O':
        return 'Its elements are {}, which have no figures.'.format(cell_text(array.dtype))
    missing = seen = 0
    for item in array.flat:
        missing += is_missing(item)
        seen += 1
        if seen % FEW == 0 and clock.over():
            break
    empty = dict.fromkeys(('min', 'max', 'mean', 'std'), '')
    made['statistics'] = dict(empty, nan=missing, inf=0, seen=seen, total=int(array.size))
    return 'Its elements are Python objects: what is missing is counted, the rest would run the program\'s code.'


def summarise_column(column, made, clock, notes):
    if _numbers_of(column) is None:
        notes.append('This column holds {}: it has no histogram.'.format(column.dtype))
        return
    figures = _column_read(column, clock.share(FIGURES_PART))
    made['statistics'], made['histogram'], words = _figures_told(figures, clock.share(FIGURES_PART), _binned(clock))
    notes += words


def _numbers_of(column):
    """The numpy array in which a column's numbers lie, else None."""
    held = None
    if type(column) is Numbers:
        held = column.values
    elif type(column) is Extension and not column.categories:
        held = column.basis
    return held if held is not None and held.dtype.kind in 'biufcmM' else None


def _column_read(column, clock):
    np = library('numpy')
    held = _numbers_of(column)
    absent = column.absent if type(column) is Extension else None
    if absent is not None:
        present = held[~absent]
        figures = Figures(np, present, abs if held.dtype.kind == 'c' else same)
        figures.read(clock)
        figures.nan += len(held) - len(present)
        figures.seen += len(held) - len(present)
        figures.total = len(held)
        return figures
    decode = abs if held.dtype.kind == 'c' else column.decode if type(column) is Numbers else same
    figures = Figures(np, held, decode)
    figures.zone = column.zone if type(column) is Extension else None
    figures.read(clock)
    return figures


def column_figures(table, clock):
    """Each column gets its part of the time that is left. Fewer columns where all would be more than an answer holds."""
    made, size = [], 0
    for at, name in enumerate(table.names):
        column = table.column(at)
        part = clock.share(1 / (len(table.names) - at))
        told = {'name': str(name), 'dtype': column.dtype, 'missing': 0, 'min': '', 'max': '', 'mean': '', 'seen': table.rows}
        if _numbers_of(column) is not None:
            figures = _column_read(column, part)
            text = _text_of(figures)
            told.update(missing=figures.nan, seen=int(figures.seen))
            if figures.numbers:
                told.update(min=text(figures.low), max=text(figures.high), mean=_mean(figures))
        elif type(column) is tables.Objects:
            told.update(_object_figures(column, table.rows, part))
        else:
            told['missing'], told['seen'] = _count_missing(column, table.rows, part)
        made.append(told)
        size += COLUMN_BYTES + sum(len(text.encode('utf-8', 'replace')) for text in told.values() if type(text) is str)
        if size > FULL_BYTES:
            break
    return made


def _object_figures(column, rows, clock):
    """What is missing, and the figures of plain numbers; anything else would run the program's code."""
    missing = numbers = seen = 0
    total, low, high = 0, None, None
    while seen < rows and not (seen and clock.over()):
        stop = min(rows, seen + FEW)
        for item in column.objects(slice(seen, stop)):
            if is_missing(item):
                missing += 1
            elif type(item) is int or type(item) is float:
                numbers += 1
                total += item
                low = item if low is None or item < low else low
                high = item if high is None or item > high else high
        seen = stop
    if numbers == 0:
        return {'missing': missing, 'seen': seen}
    mean = _quotient(total, numbers)
    return {'missing': missing, 'seen': seen, 'min': cell_text(low), 'max': cell_text(high), 'mean': mean}


def _quotient(total, count):
    try:
        return '{:.8g}'.format(total / count)
    except OverflowError:  # an int past every float
        return ''


def _count_missing(column, rows, clock):
    missing = 0
    for start in range(0, rows, CHUNK):
        stop = min(rows, start + CHUNK)
        missing += int(column.missing(slice(start, stop)).sum())
        if clock.over():
            return missing, stop
    return missing, rows
