"""Takes in crates, delivery after delivery, and keeps them: a store whose memory grows."""
import sys


class Crate:
    def __init__(self, number):
        self.number = number


def unpack(number): return [[number, item] for item in range(20_000)]


def deliver(shelf, crates, items):
    shelf.append([Crate(number) for number in range(crates)])
    shelf.append([unpack(number) for number in range(items)])
    return shelf


def count(shelf):
    crates = sum(len(delivery) for delivery in shelf)
    print('crates:', crates)
    return crates


if sys.argv[1:] == ['traced']:
    import tracemalloc
    tracemalloc.start()
shelf = []
count(deliver(shelf, 2000, 0))
count(deliver(shelf, 10, 3))
