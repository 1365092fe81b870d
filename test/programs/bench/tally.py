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


def fastest(rounds):
    """Of at least seven runs, and of a quarter of a second: a short one is disturbed more easily."""
    took = []
    while len(took) < 7 or sum(took) < 250:
        began = time.process_time()
        tally(rounds)
        took.append((time.process_time() - began) * 1000)
    return min(took)


with open(sys.argv[1], 'w') as file:
    file.write('%.4f' % fastest(150_000))
