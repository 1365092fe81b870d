"""A harbour office: ships ask for berths over a socket, a tug helps, a clerk writes the log. An asyncio service."""
import asyncio
import os
import socket
import sys
import tempfile

BERTHS = 1
LOG = os.path.join(tempfile.gettempdir(), 'harbour-{}.log'.format(os.getpid()))


class Office:
    def __init__(self):
        self.pilot = asyncio.Lock()
        self.berths = asyncio.Semaphore(BERTHS)
        self.papers = asyncio.Queue()
        self.storm = asyncio.Event()

    async def moor(self, ship):
        async with self.berths:
            await self.with_pilot(ship)

    async def with_pilot(self, ship):
        async with self.pilot:
            await self.storm.wait()

    async def clerk(self):
        with open(LOG, 'w') as log:
            while True:
                log.write(await self.papers.get())


async def watch_tide():
    await asyncio.sleep(3600)


async def tow():
    raise ValueError('the rope broke')


async def convoy():
    await asyncio.gather(named(watch_tide(), 'tide-1'), named(watch_tide(), 'tide-2'))


async def read_meter():
    async for level in levels():
        print(level)


async def levels():
    yield 1
    await asyncio.sleep(900)


async def weigh():
    await asyncio.get_running_loop().run_in_executor(None, scale.recv, 1)


class LoudTask(asyncio.Task):
    """Tells whenever it is asked something."""

    def __getattribute__(self, name):
        print('LoudTask was asked for', name)
        return super().__getattribute__(name)

    def __hash__(self):
        print('LoudTask was asked for its hash')
        return 1

    def __repr__(self):
        print('LoudTask was asked for its text')
        return 'loud'


def named(coroutine, name):
    task = asyncio.ensure_future(coroutine)
    task.set_name(name)
    return task


async def answer(reader, writer):
    await reader.readline()


async def main():
    if sys.argv[1:] == ['loud']:
        asyncio.get_running_loop().set_task_factory(lambda loop, coroutine, **options: LoudTask(coroutine, loop=loop, **options))
    office = Office()
    server = await asyncio.start_server(answer, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    radio = await asyncio.open_connection('127.0.0.1', port)
    named(office.moor('Anna'), 'anna')
    named(office.moor('Berta'), 'berta')
    named(office.clerk(), 'clerk')
    named(convoy(), 'convoy')
    named(read_meter(), 'meter')
    named(weigh(), 'weigh')
    towed = named(tow(), 'tow')
    leaving = named(watch_tide(), 'leaving')
    await asyncio.sleep(0.05)
    leaving.cancel()
    named(watch_tide(), 'late')
    waits = asyncio.ensure_future(asyncio.wait_for(asyncio.shield(leaving), 600))
    inspect(office, radio, towed, waits)
    scale_sent.send(b'x')
    os.unlink(LOG)


def inspect(office, radio, towed, waits):
    print('ships that wait:', len(office.berths._waiters or ()))
    crates = [bytearray(1000) for _ in range(500)]
    print('crates:', len(crates))
    return crates


scale, scale_sent = socket.socketpair()
if sys.argv[1:] == ['py']:
    asyncio.Task = asyncio.tasks.Task = asyncio.tasks._PyTask
asyncio.run(main())
