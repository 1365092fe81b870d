"""Asks for the debugger in its own code, in two threads."""
import pdb
import threading


def work(number):
    result = number * 2
    breakpoint()
    return result


work(1)
helper = threading.Thread(target=work, args=(2,), name='helper')
helper.start()
helper.join()
try:
    {}['missing']
except KeyError:
    pdb.post_mortem()
print('went on')
