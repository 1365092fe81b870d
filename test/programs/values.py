"""One of each kind of value."""
import collections
import dataclasses
import enum
import gc
import weakref


class Color(enum.Enum):
    RED = 1


class Slotted:
    __slots__ = ('left', 'right')


@dataclasses.dataclass
class Order:
    number: int
    name: str

    @property
    def price(self):
        return 1 / 0


class Basket(list):
    pass


Point = collections.namedtuple('Point', 'x y')


def main():
    text = 'x' * 1_000_000
    odd = 'a\x00\x1b[31m\udc80'
    numbers = list(range(1_000_000))
    mapping = {'a': 1, 2: [3], None: 'n'}
    big = 10 ** 100_000
    small, real, both, yes, nothing = 7, 0.1, 2j, True, None
    raw, mutable, viewed = b'ab\xff', bytearray(b'xyz'), memoryview(b'12345678')
    pair, single, empty = (1, 'two'), (1,), ()
    bag, frozen, queue = {5}, frozenset({6}), collections.deque([1, 2])
    keys, span, backwards = mapping.keys(), range(10), range(9, -1, -2)
    point, color, order = Point(1, 2), Color.RED, Order(3, 'tea')
    slotted = Slotted()
    slotted.left = 1
    basket = Basket([1, 2])
    basket.owner = 'Ann'
    counts = collections.Counter('aab')
    wrong = ValueError('bad', 3)
    func, made, klass, module = main, len, Order, collections
    bound = basket.append
    watched = Slotted2()
    watcher = weakref.ref(watched)
    stop = 1
    del watched
    gone = watcher() is None
    referrers = None if gone else gc.get_referrers(watcher())
    return gone, referrers, stop


class Slotted2:
    pass


print(main())
