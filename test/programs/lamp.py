"""A lamp that burns in a child process until somebody puts it out."""
import multiprocessing
import time


def burn():
    hours = 0
    while True:
        time.sleep(0.01)
        hours += 1
        if hours == 1: print('burns')


if __name__ == '__main__':
    lamp = multiprocessing.get_context('fork').Process(target=burn, daemon=True)
    lamp.start()
    while lamp.is_alive():
        time.sleep(0.05)
    print('out')
