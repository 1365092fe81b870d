"""Arrays as numpy sees them, without copying what they hold and without the program's code."""
import array
import mmap

from .arrays import TensorRefused, dtype_text, known, library, tensor_facts, tensor_guard
from .figures import same
from .tables import Unreadable
from .types_of import MRO, TYPE_DICT, is_a

NO_NUMPY = 'The program has not loaded numpy, which is needed to look into this.'
_SCALARS = 'biufc'


class Grid:
    """
    One array. `array` is numpy's own view of it, None where there is none; `decode` makes numbers of a block of it.
    `note` says what is special, `mapped` that reading it reads a file.
    """

    def __init__(self, shape, dtype, device, size, array=None, note=''):
        self.shape = tuple(int(side) for side in shape)
        self.dtype = dtype
        self.device = device
        self.bytes = size
        self.array = array
        self.note = note
        self.decode = same
        self.mapped = False

    def is_numeric(self):
        return self.decode is not same or (self.array is not None and self.array.dtype.kind in _SCALARS + 'mM')

    def plane(self, at):
        """The last two dimensions at the leading indices, or the only one."""
        array = self.array
        if array.ndim == 0:
            return array.reshape(1)
        lead = max(0, array.ndim - 2)
        if len(at) > lead or any(index >= side for index, side in zip(at, array.shape)):
            raise Unreadable('There is no slice {} in an array of shape {}.'.format(list(at), list(array.shape)))
        return array[tuple(at) + (0,) * (lead - len(at))] if lead else array


def grid_of(value):
    """The Grid of an array, tensor, array.array or memoryview."""
    found = known(value)
    if found is not None:
        return _ndarray_grid(value) if found[0] == 'ndarray' else _tensor_grid(value, found[1])
    np = library('numpy')
    if np is None:
        raise Unreadable(NO_NUMPY)
    if is_a(value, memoryview):
        return _plain_grid(np, np.asarray(value))
    _must_not_lend_by_itself(value)
    code = TYPE_DICT(array.array)['typecode'].__get__(value)
    if code in 'uw':
        raise Unreadable('This array holds characters. Look at its bytes, or at it in the console.')
    length = array.array.__len__(value)
    return _plain_grid(np, np.frombuffer(value, dtype=np.dtype(code)) if length else np.empty(0, dtype=np.dtype(code)))


def _must_not_lend_by_itself(value):
    """From 3.12 on a class may define how its memory is lent."""
    for cls in MRO(type(value)):
        if cls is array.array:
            return
        if '__buffer__' in TYPE_DICT(cls):
            raise Unreadable('Its class has a __buffer__ of its own, which would have to be run. Only the console can show it.')


def _plain_grid(np, found):
    grid = Grid(found.shape, dtype_text(found.dtype), 'cpu', int(found.nbytes), found)
    if found.dtype.kind == 'c':
        grid.decode = abs
        grid.note = 'Figures are of the magnitude of complex numbers.'
    elif found.dtype.kind == 'V' and found.dtype.name == 'bfloat16':
        _as_bfloat16(np, grid, found.view(np.uint16))
    return grid


def _as_bfloat16(np, grid, bits):
    grid.array = bits
    grid.decode = lambda block: (block.astype(np.uint32) << np.uint32(16)).view(np.float32)


def _ndarray_grid(value):
    np = library('numpy')
    found = np.ndarray.view(value, np.ndarray)
    grid = _plain_grid(np, found)
    grid.mapped = _is_mapped(np, value)
    if any(cls.__name__ == 'MaskedArray' for cls in MRO(type(value))):
        grid.note = 'This array is masked; masked elements are counted as if they were not.'
    return grid


def _is_mapped(np, value):
    base = TYPE_DICT(np.ndarray)['base'].__get__
    while value is not None and is_a(value, np.ndarray):
        value = base(value)
    return type(value) is mmap.mmap


def _tensor_grid(value, base):
    try:
        shape, dtype, device, layout, size = tensor_facts(value, base)
    except TensorRefused:
        raise Unreadable('This tensor\'s class has a __torch_dispatch__ of its own, so that reading it runs the program\'s code. '
                         'Only the console can show it.') from None
    grid = Grid(shape, dtype, device, size)
    if not device.startswith('cpu'):
        grid.note = ('Its values are on {}: reading them would launch kernels there and wait for the device, so only its shape '
                     'is shown. Evaluate x.cpu() to look at a copy.'.format(device))
    elif layout != 'strided':
        grid.note = 'Its layout is {}, which has no cells in rows. Evaluate x.to_dense() to look at a copy.'.format(layout)
    else:
        _lend(grid, value, base)
    return grid


def _lend(grid, value, base):
    """torch lends its memory to numpy; bfloat16 by its bits."""
    np, torch = library('numpy'), library('torch')
    if np is None:
        grid.note = NO_NUMPY
        return
    try:
        with tensor_guard(value, base):
            held = base.detach(value)
            if grid.dtype == 'bfloat16':
                _as_bfloat16(np, grid, base.numpy(base.view(held, torch.int16)).view(np.uint16))
                return
            grid.array = base.numpy(held)
    except (RuntimeError, TypeError) as error:
        said = error.args[0] if error.args and type(error.args[0]) is str else ''
        grid.note = 'torch does not lend its memory: {}'.format(said)[:300]
        return
    if grid.array.dtype.kind == 'c':
        grid.decode = abs
        grid.note = 'Figures are of the magnitude of complex numbers.'
