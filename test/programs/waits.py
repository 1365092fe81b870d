"""Keeps busy, or waits, until it is interrupted."""
import sys
import threading
import time


def spin():
    rounds = 0
    while True:
        rounds += 1


def rest():
    time.sleep(600)


def wait():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


print('begins')
work = {'spin': spin, 'rest': rest, 'wait': wait}[sys.argv[1]]
work()
