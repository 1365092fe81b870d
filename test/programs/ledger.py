"""Posts entries to accounts of a small ledger, with a fee that is agreed on once and used at each posting."""
import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import pathlib
import re
import threading
import time
import types
import uuid
import weakref

RATE = 3


class Kind(enum.Enum):
    DEBIT = 'debit'
    CREDIT = 'credit'


class Right(enum.IntFlag):
    READ = 1
    WRITE = 2
    CLOSE = 4


@dataclasses.dataclass
class Entry:
    text: str
    amount: int
    kind: Kind = Kind.DEBIT

    @property
    def fee(self):
        looked.append(self.text)
        return self.amount * RATE // 100


@dataclasses.dataclass(frozen=True)
class Limit:
    most: int


class Account:
    __slots__ = ('owner', 'entries', '__weakref__')
    currency = 'EUR'

    def __init__(self, owner):
        self.owner = owner
        self.entries = []

    def balance(self):
        return sum(entry.amount for entry in self.entries)


class Remote:
    """Asks a server for whatever it does not know."""

    def __getattr__(self, name):
        looked.append(name)
        return name.upper()


looked = []


def entries():
    yield Entry('rent', 900)
    yield Entry('tea', 4)


def fees(share):
    agreed = {'base': share}

    def post(account, amounts):
        total = 0
        for amount in amounts:
            account.entries.append(Entry('posting', amount))
            total += amount + agreed['base'] + share
        return total
    return post


def shown(account):
    day = datetime.date(2024, 2, 29)
    moment = datetime.datetime(2024, 2, 29, 13, 5, 9, 60, datetime.timezone.utc)
    clock, span = datetime.time(6, 30), datetime.timedelta(days=1, seconds=5)
    price, part = decimal.Decimal('12.50'), fractions.Fraction(2, 6)
    key = uuid.UUID('12345678123456781234567812345678')
    folder = pathlib.PurePosixPath('/srv/ledger') / 'may.csv'
    pattern, samples = re.compile('[a-z]+'), array.array('i', [1, 2, 3])
    seen, later = weakref.ref(account), functools.partial(fees, 2)
    names = types.MappingProxyType({'a': 1})
    rights, kind = Right.READ | Right.WRITE, Kind.CREDIT
    fresh, waiting = entries(), entries()
    next(waiting)
    counts = collections.Counter('aab')
    queue = collections.deque([1, 2, 3])
    error = ValueError('no such account')
    error.__notes__ = ['asked twice']
    ready = True
    return day, moment, clock, span, price, part, key, folder, pattern, samples, seen, later, names, rights, kind, fresh, counts, queue, error, ready


def spin(seconds):
    """Works, and can be interrupted."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return seconds


def settle(seconds):
    """Books that are half settled are worse than late ones: it is not disturbed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            time.sleep(0.05)
        except KeyboardInterrupt:
            pass


def audit(account):
    found = len(account.entries)
    breakpoint()
    checked = found
    return checked


def main():
    account = Account('Ann')
    limit, remote = Limit(5000), Remote()
    amounts = [10, 20, 30]
    prices = {'tea': 4, 'rent': 900, 3: 'three'}
    pair, word = (1, 2), 'ledger'
    post = fees(RATE)
    total = post(account, amounts)
    print('total', total, 'of', word)
    worker = threading.Thread(target=audit, args=(account,))
    shown(account)
    worker.start()
    worker.join()
    return total, limit, remote, prices, pair


print(main())
