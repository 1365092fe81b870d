"""Takes goods from shelves; one shelf is missing."""
SHELVES = {'tea': 3, 'rice': 0}


def take(name, count):
    left = SHELVES[name]
    return left - count


def serve(wishes):
    return [take(name, count) for name, count in wishes]


serve([('tea', 1), ('salt', 2)])
