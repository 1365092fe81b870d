"""A till's tally, which times itself: its hot loop has a line that is never reached. Writes milliseconds into a file."""
import sys
import time


def tally(rounds):
    total = 0
    table = {'rounds': rounds}
    for number in range(rounds):
        total += number
        total ^= len(table)
        if total < 0:
            total = -total
    return total


def fastest(runs, rounds):
    best = None
    for _ in range(runs):
        began = time.process_time()
        tally(rounds)
        took = (time.process_time() - began) * 1000
        best = took if best is None else min(best, took)
    return best


with open(sys.argv[1], 'w') as file:
    file.write('%.4f' % fastest(7, 150_000))
