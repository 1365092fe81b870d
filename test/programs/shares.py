"""Shares its work among processes and leaves a thread behind."""
import multiprocessing
import threading
import time


def square(number):
    return number * number


if __name__ == '__main__':
    for how in ('spawn', 'fork'):
        with multiprocessing.get_context(how).Pool(1) as pool:
            print(how, pool.map(square, [3, 4]))
    threading.Thread(target=lambda: (time.sleep(0.1), print('late'))).start()
