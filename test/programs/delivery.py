"""Plans a day's deliveries: prices parcels, writes them to a route, and reports."""
import contextlib
import functools
import logging
from dataclasses import dataclass, field

log = logging.getLogger('delivery')


@dataclass
class Parcel:
    number: int
    grams: int
    notes: list = field(default_factory=list)

    def __post_init__(self):
        if self.grams > 5000:
            self.notes.append('heavy')

    def label(self):
        return f'parcel {self.number}'


def counted(function):
    calls = 0

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        nonlocal calls
        calls += 1
        return function(*args, **kwargs)

    return wrapper


def zone(postcode):
    return postcode // 1000


def weigh(parcel):
    return parcel.grams / 1000


@counted
def price(kilos, area=1):
    return round(2 + kilos * area, 2)


def by_weight(parcel):
    return -parcel.grams


def stops(parcels):
    for parcel in parcels:
        yield parcel.label()


def plan(parcels):
    total = price(weigh(parcels[0]), area=zone(2100))
    route = sorted(parcels, key=by_weight)
    names = list(stops(route))
    fees = [price(weigh(parcel)) for parcel in route]
    spare = Parcel(9, 6000)
    log.info('planned %d', len(names))
    return total + sum(fees) if weigh(spare) > 100 and price(1) else round(total, 1)


@contextlib.contextmanager
def ledger(name):
    yield [name]


def manifest(parcels):
    with ledger('day') as day, ledger('night') as night:
        day.append(parcels[0]
                   .label())
    return day + night


def failing(parcels):
    try:
        return price(parcels[len(parcels)], zone(1000))
    except IndexError:
        return price(1)


if __name__ == '__main__':
    day = [Parcel(1, 900), Parcel(2, 2500), Parcel(3, 7000)]
    print('total:', plan(day))
    print(day[0].label(),
          failing(day))
    print(manifest(day))
