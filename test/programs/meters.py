"""Meters of a house are read in turns; each kind of function that Python has takes part once."""
import asyncio
import functools


def logged(read):
    @functools.wraps(read)
    def inner(*arguments):
        return read(*arguments)
    return inner


@logged
def drain(level):
    """Down to nothing."""
    while level:
        level -= 1
    return level


def readings(count):
    for number in range(count):
        yield number * 7


async def poll(count):
    await asyncio.sleep(0)
    return sum(readings(count))


class House:
    class Meter:
        @classmethod
        def install(cls):
            return cls()


drain(3)
House.Meter.install()
print('read:', asyncio.run(poll(4)))
