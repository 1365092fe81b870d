"""A nightly job: sums up each shop's takings in a process of its own, by the way of starting that it is given."""
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor

TAKINGS = {'north': [12, 30, 7], 'south': [5, 5], 'harbour': [40, 2, 2, 1]}


def total(shop):
    takings = TAKINGS[shop]
    result = sum(takings)
    return shop, result


def report(shop, results):
    name, result = total(shop)
    results.put('{} {}'.format(name, result))


def by_fork():
    """As servers do it: plain fork, the child ends by itself."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        name, result = total('north')
        os.write(writing, '{} {}'.format(name, result).encode())
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(os.read(reading, 100).decode(), 'status', status)


def by_process(context):
    results = context.Queue()
    workers = [context.Process(target=report, args=(shop, results), name=shop) for shop in TAKINGS]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(sorted(results.get() for _ in workers), [worker.exitcode for worker in workers])


def by_pool(context):
    with context.Pool(2) as pool:
        print(sorted(pool.map(total, TAKINGS)))


def by_executor(context):
    with ProcessPoolExecutor(2, mp_context=context) as executor:
        print(sorted(executor.map(total, TAKINGS)))


if __name__ == '__main__':
    way, start = sys.argv[1:3]
    if way == 'fork':
        by_fork()
    else:
        context = multiprocessing.get_context(start)
        {'process': by_process, 'pool': by_pool, 'executor': by_executor}[way](context)
    print('nightly job done')
