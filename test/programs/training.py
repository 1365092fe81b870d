"""A small training job: features of orders, a model's weights, and the figures of its steps."""
import array
import datetime
import os
import sys
import tempfile
from dataclasses import dataclass

import numpy as np


@dataclass
class Step:
    number: int
    loss: float
    note: str


class Weights(np.ndarray):
    """A program's own array: none of what it overrides may run when it is looked at."""

    def __array_finalize__(self, base):
        self.looked_at = getattr(base, 'looked_at', 0)

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        raise RuntimeError('the program was run')

    def __getitem__(self, at):
        raise RuntimeError('the program was run')

    @property
    def shape(self):
        raise RuntimeError('the program was run')


class Loud:
    """Tells when it is printed or compared."""

    def __repr__(self):
        print('LOUD')
        return 'loud'

    __str__ = __repr__

    def __eq__(self, other):
        print('LOUD')
        return True

    __lt__ = __eq__
    __hash__ = None


class Posing(Loud):
    """Says that it is one of numpy's own."""


Posing.__module__ = 'numpy'


def features(folder):
    """Everything that a stop shows."""
    ramp = np.arange(100_000, dtype=np.float64)
    gaps = ramp.copy()
    gaps[::7] = np.nan
    gaps[3] = np.inf
    cube = np.arange(4 * 30 * 50, dtype=np.float32).reshape(4, 30, 50)
    turned = np.arange(600 * 400, dtype=np.float64).reshape(600, 400).T[::2, ::-1]
    extremes = np.array([-2**63, 0, 2**63 - 1], dtype=np.int64)
    flags = np.zeros(1000, dtype=bool)
    flags[:250] = True
    waves = np.array([3 + 4j, 0j])
    days = np.array(['2026-01-01', 'NaT', '2026-01-03'], dtype='M8[D]')
    single = np.array(7.5)
    nothing = np.zeros((0, 4))
    mixed = np.array([None, 1, float('nan'), Loud()], dtype=object)
    trades = np.array([(1, 2.5), (2, -1.0)], dtype=[('id', 'i4'), ('price', 'f8')])
    weights = np.arange(6.0).view(Weights)
    large = np.lib.stride_tricks.as_strided(np.ones(1), shape=(20_000, 500_000), strides=(0, 0))
    vast = np.broadcast_to(np.float32(1), (10**12,))
    mapped = np.memmap(os.path.join(folder, 'features.bin'), dtype=np.float32, mode='w+', shape=(1000, 100))
    samples = array.array('d', [1.0, 2.0, 4.0])
    header = bytes(range(256)) * 300
    window = memoryview(bytearray(b'casebook'))
    steps = [Step(number, 1.0 / number, 'warm' if number < 3 else 'hot') for number in range(1, 400)]
    pairs = [('tea', 3), ('cake', None), ('jam', 12)]
    events = [{'at': datetime.date(2026, 1, day), 'kind': 'open' if day % 2 else 'close'} for day in range(1, 20)]
    loud = [(Loud(), 2), (Loud(), 1), (Posing(), 3)]
    return ramp.sum() + cube.sum() + samples[0]  # stop at features


def tables(folder):
    """Tables of pandas."""
    import pandas as pd
    orders = pd.DataFrame({
        'item': ['tea', 'cake', None, 'jam'] * 5_000,
        'unit price': np.linspace(1.0, 20.0, 20_000),
        'count': pd.array([1, None, 3, 4] * 5_000, dtype='Int64'),
        'placed': pd.date_range('2026-01-01', periods=20_000, freq='min'),
        'kind': pd.Categorical(['retail', 'trade'] * 10_000),
    })
    orders.loc[0, 'unit price'] = np.nan
    prices = orders['unit price']
    wide = pd.DataFrame(np.random.default_rng(0).standard_normal((200_000, 20)))
    labels = pd.Index(['b', 'a', 'c'], name='label')
    shifts = pd.Series(pd.date_range('2026-07-01', periods=3, freq='D', tz='Europe/Berlin'))
    months = pd.Series(pd.period_range('2026-01', periods=3, freq='M'))
    levels = pd.Series([1, 2], index=pd.MultiIndex.from_tuples([('a', 1), ('b', 2)]))
    bare = pd.DataFrame()
    spread = pd.RangeIndex(0, 10**15, 5)
    return prices.sum() + wide[0].sum() + len(labels) + len(shifts) + len(months) + len(levels) + len(bare)  # stop at tables


def tensors(folder):
    """Tensors of torch."""
    import torch

    class Watched(torch.Tensor):
        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            print('LOUD')
            return super().__torch_function__(function, types, args, kwargs)

    layer = torch.nn.Linear(64, 32)
    weight = layer.weight
    half = torch.linspace(-1, 1, 1000).to(torch.bfloat16).reshape(10, 100)
    nowhere = torch.zeros(3, 4, device='meta')
    sparse = torch.eye(4).to_sparse()
    watched = torch.Tensor._make_subclass(Watched, torch.arange(6.0))
    return weight.sum() + half.float().sum()  # stop at tensors


if __name__ == '__main__':
    wanted = sys.argv[1:] or ['features', 'tables', 'tensors']
    with tempfile.TemporaryDirectory() as place:
        for part in (features, tables, tensors):
            if part.__name__ not in wanted:
                continue
            try:
                print(part.__name__, part(place))
            except ImportError as error:
                print('left out:', error)
