"""A courier service on asyncio: vans report their places while orders are handed out."""
import asyncio


async def locate(van, delay):
    await asyncio.sleep(delay)
    return f'{van} at the depot'


async def report(van, times):
    seen = []
    for turn in range(times):
        place = await locate(van, 0.002)
        seen.append(place)
    return len(seen)


async def orders(count):
    for number in range(count):
        await asyncio.sleep(0)
        yield number


async def hand_out(count):
    handed = []
    async for number in orders(count):
        handed.append(number)
    first = await locate('van 0', 0.01)
    done = len(handed)
    return done, first


def receipts(done):
    for number in range(done):
        line = f'receipt {number}'
        yield line


async def main():
    others = [asyncio.ensure_future(report(f'van {n}', 4)) for n in range(3)]
    done, first = await hand_out(3)
    await asyncio.gather(*others)
    lines = [line for line in receipts(done)]
    for line in receipts(1):
        lines.append(line)
    print('handed out:', done, first, len(lines))


if __name__ == '__main__':
    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())
    loop.close()
