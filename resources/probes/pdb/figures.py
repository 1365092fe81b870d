"""Figures of numbers in an array: a block at a time, in an order that is spread over the whole, until the time is up."""
import math
import time

CHUNK = 1 << 16  # elements between two looks at the clock: half a megabyte of floats, which stays in the cache
BINS = 32
SIDE = 32
NAT = -(1 << 63)


class Clock:
    """How long one answer may still take. `cancelled` is asked now and then where that may be long."""

    def __init__(self, milliseconds, cancelled=None):
        self.milliseconds = milliseconds
        self.began = time.perf_counter()
        self.end = self.began + milliseconds / 1000
        self._cancelled = cancelled

    def over(self):
        return time.perf_counter() > self.end or (self._cancelled is not None and self._cancelled())

    def share(self, part):
        """A clock for a part of what is left."""
        left = max(0.0, self.end - time.perf_counter())
        return Clock(left * 1000 * part, self._cancelled)

    def took(self):
        """Milliseconds since it was made."""
        return round((time.perf_counter() - self.began) * 1000, 2)


def spread(total):
    """Every number below `total` once, far from the ones before."""
    step = int(total * 0.618) | 1
    while math.gcd(step, total) != 1:
        step += 2
    at = 0
    for _ in range(total):
        yield at
        at = (at + step) % total


def blocks(array):
    """Views of at most CHUNK elements that cover an array once. Nothing is copied, however its strides lie."""
    array = array.transpose(sorted(range(array.ndim), key=lambda axis: -abs(array.strides[axis])))
    if array.flags.c_contiguous:
        array = array.reshape(-1)
    shape = array.shape
    axis, inner = len(shape) - 1, 1
    while axis > 0 and inner * shape[axis] <= CHUNK:
        inner *= shape[axis]
        axis -= 1
    step = max(1, CHUNK // inner)
    slabs = -(-shape[axis] // step)
    lead = shape[:axis]
    for place in spread(math.prod(lead) * slabs if lead else slabs):
        rest, slab = divmod(place, slabs)
        at = []
        for side in reversed(lead):
            rest, index = divmod(rest, side)
            at.append(index)
        yield array[tuple(reversed(at)) + (slice(slab * step, (slab + 1) * step),)]


def same(block):
    return block


class Figures:
    """Smallest, largest, mean and deviation of what was seen. `decode` makes a block's numbers of what lies in memory."""

    def __init__(self, np, array, decode=same):
        """`array`: numpy's own, of any strides and a numeric type."""
        self.np = np
        self.array = array
        self.decode = decode
        self.zone = None  # of times, where they are not those of UTC
        self.total = int(array.size)
        self.seen = self.numbers = self.nan = self.inf = 0
        self.low = self.high = None
        self._shift = None
        self._sum = self._squares = 0.0
        self._buffer = np.empty(min(self.total, CHUNK))

    def read(self, clock):
        """Ends when everything is seen or the time is up; at least one block is."""
        if self.total == 0:
            return
        with self.np.errstate(all='ignore'):
            for block in blocks(self.array):
                self.add(self.decode(block))
                if clock.over():
                    return

    def add(self, block):
        """Takes a block's numbers in."""
        np = self.np
        self.seen += block.size
        if block.dtype.kind == 'b':
            return self._add_truths(int(np.count_nonzero(block)), block.size)
        if block.dtype.kind in 'mM':
            block = self._timed(block)
        if block.size == 0:
            return None
        low, high = block.min(), block.max()
        if block.dtype.kind == 'f' and not math.isfinite(high - low):
            block = self._finite(block)
            if block.size == 0:
                return None
            low, high = block.min(), block.max()
        self._widen(low, high)
        if self._shift is None:
            self._shift = float(block.mean(dtype=np.float64))
        apart = self._buffer[:block.size]
        np.subtract(block, self._shift, out=apart.reshape(block.shape), dtype=np.float64, casting='unsafe')
        self._sum += float(apart.sum())
        self._squares += float(np.einsum('i,i->', apart, apart))
        self.numbers += block.size
        return None

    def _finite(self, block):
        np = self.np
        good = block[np.isfinite(block)]
        if good.size == block.size:  # only their distance is past the largest float
            return block
        missing = int(np.count_nonzero(np.isnan(block)))
        self.nan += missing
        self.inf += block.size - good.size - missing
        return good

    def _timed(self, block):
        good = self._ticks(block)
        self.nan += block.size - good.size
        return good

    def _widen(self, low, high):
        if self.low is None or low < self.low:
            self.low = low
        if self.high is None or high > self.high:
            self.high = high

    def _add_truths(self, truths, size):
        self._widen(truths == size, truths > 0)
        self._shift = 0.0
        self._sum += truths
        self._squares += truths
        self.numbers += size

    def mean(self):
        return self._shift + self._sum / self.numbers

    def deviation(self):
        """Of the population."""
        apart = self._sum / self.numbers
        return math.sqrt(max(0.0, self._squares / self.numbers - apart * apart))

    def histogram(self, clock, most):
        """(counts of BINS equal steps from low to high, how many elements were looked at: some `most`); None without numbers."""
        np = self.np
        if self.numbers == 0:
            return None
        low, high = float(self.low), float(self.high)
        if low == high:
            return [self.numbers], self.seen
        if self.array.dtype.kind == 'b':
            truths = int(round(self._sum))
            return [self.numbers - truths, truths], self.seen
        half = high / 2 - low / 2  # the whole may be past the largest float
        counts = np.zeros(BINS, dtype=np.int64)
        seen = 0
        with np.errstate(all='ignore'):
            for block in blocks(self.array):
                seen += block.size
                found = self.decode(block)
                numbers = self._ticks(found) if found.dtype.kind in 'mM' else found
                place = np.divide(numbers, 2, dtype=np.float64, casting='unsafe').ravel()
                place -= low / 2
                place *= BINS / half
                if numbers.dtype.kind == 'f':
                    place = place[(place >= 0) & (place <= BINS)]
                counts += np.bincount(np.clip(place.astype(np.intp), 0, BINS - 1), minlength=BINS)
                if seen >= most or clock.over():
                    break
        return counts.tolist(), seen

    def _ticks(self, block):
        ticks = block.view(self.np.int64)
        return ticks[ticks != NAT]


def heat(np, plane, clock, decode=same):
    """
    Means of blocks of a plane, at most SIDE by SIDE: (rows, columns, cells with None, elements seen).
    Each band of rows gets its part of the time; what of it is not seen does not count. Of very long rows every n-th number is.
    """
    plane = plane[:, ::-(-plane.shape[1] // CHUNK)]
    tall, wide = plane.shape
    rows, columns = min(SIDE, tall), min(SIDE, wide)
    starts = [column * wide // columns for column in range(columns)]
    cells, seen = [], 0
    with np.errstate(all='ignore'):
        for row in range(rows):
            part = clock.share(1 / (rows - row))
            sums, counts, looked = _band(np, plane[row * tall // rows:(row + 1) * tall // rows], part, decode)
            seen += looked
            sums, counts = np.add.reduceat(sums, starts), np.add.reduceat(counts, starts)
            cells += [float(sums[at] / counts[at]) if counts[at] else None for at in range(columns)]
    return rows, columns, cells, seen


def _band(np, band, clock, decode):
    """Sums and counts of numbers by column, over as many rows as the time allows."""
    wide = band.shape[1]
    sums, counts, looked = np.zeros(wide), np.zeros(wide, dtype=np.int64), 0
    step = max(1, CHUNK // wide)
    slabs = -(-band.shape[0] // step)
    for slab in spread(slabs):
        block = decode(band[slab * step:(slab + 1) * step])
        added = block.sum(axis=0, dtype=np.float64)
        if np.isfinite(added).all():
            counts += block.shape[0]
        else:
            good = np.isfinite(block)
            added = np.where(good, block, 0).sum(axis=0, dtype=np.float64)
            counts += good.sum(axis=0)
        sums += added
        looked += block.size
        if clock.over():
            break
    return sums, counts, looked
