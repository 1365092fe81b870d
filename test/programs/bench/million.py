"""Holds a list of a million numbers while it is stepped."""


def hold(count):
    numbers = list(range(count))
    turn = 0
    while turn < count:
        turn += 1
    return numbers


hold(1_000_000)
