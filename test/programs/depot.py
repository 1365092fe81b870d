"""A depot's day: clerks weigh parcels by their labels, alone or several at once, and put aside what they cannot read."""
import json
import sys
import threading
import time

ROUNDS = 2000


class Parcel:
    def __init__(self, number, weight):
        self.number = number
        self.weight = weight

    @property
    def fee(self):
        return self.weight * 2

    @staticmethod
    def read(text):
        fields = json.loads(text)
        return Parcel(fields['number'], fields['weight'])


def weigh(parcels):
    total = 0
    for parcel in parcels:
        total += parcel.weight
        check(parcel)
    return total


def check(parcel):
    if parcel.weight < 0:
        raise ValueError('parcel %d weighs less than nothing' % parcel.number)
    return parcel.fee


def read_all(texts):
    for text in texts:
        try:
            yield Parcel.read(text)
        except (ValueError, KeyError):
            print('put aside:', text)


def labels(count, first=1):
    return [json.dumps({'number': number, 'weight': number}) for number in range(first, first + count)]


def clerk(name, texts, sums):
    sums[name] = weigh(read_all(texts))


def night_watch():
    print('the watch begins')
    rounds = 0
    while rounds < ROUNDS:
        rounds += 1
        time.sleep(0.001)


def together(names, work, *rest):
    threads = [threading.Thread(target=work, args=(name,) + rest, name=name) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def day(texts):
    total = weigh(read_all(texts))
    print('weighed:', total)


def main(kind):
    if kind == 'day':
        day(labels(6))
    elif kind == 'unread':
        day(['{', '{"number": 1}'] + labels(2))
    elif kind == 'light':
        day(labels(2, -1))
    elif kind == 'clerks':
        sums = {}
        together(['ann', 'ben', 'cy', 'dee'], clerk, labels(50), sums)
        print('sums:', sorted(sums.values()))
    elif kind == 'lost':
        together(['ann'], clerk, labels(2, -1), {})
        print('the depot stays open')
    elif kind == 'night':
        watch = threading.Thread(target=night_watch, name='watch')
        watch.start()
        watch.join()
    print('traced:', sys.gettrace() is not None)


if __name__ == '__main__':
    main(sys.argv[1])
