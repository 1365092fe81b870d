"""A warehouse: pickers take orders from one queue, each in a thread of its own, and pack what they picked."""
import queue
import sys
import threading
import time

orders = queue.Queue()
packed = []


def pack(order, items):
    weight = sum(items.values())
    if weight > 20:
        breakpoint()
    packed.append((order, weight))
    return weight


def picker(shift):
    while True:
        order, items = orders.get()
        if order is None:
            return
        pack(order, items)


def idle(until):
    until.wait()


for number in range(1, 4):
    orders.put((number, {'salt': 10 * number, 'rice': 5 * number}))
pickers = [threading.Thread(target=picker, args=('early',), name='picker-{}'.format(number)) for number in (1, 2, 3)]
evening = threading.Event()
watchman = threading.Thread(target=idle, args=(evening,), name='watchman', daemon=True)
watchman.start()
for thread in pickers:
    thread.start()
if 'main' in sys.argv:
    time.sleep(0.05)
    breakpoint()
for thread in pickers:
    orders.put((None, None))
for thread in pickers:
    thread.join()
evening.set()
print(sorted(packed))
