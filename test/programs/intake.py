"""Takes in a morning's orders: lines that make no sense are counted."""
import json

FEED = [
    '{"number": 1, "price": "12.50", "count": 2}',
    '{"number": 2, "price": "3.20", "count": 10}',
    '{"number": 3, "price": "free", "count": 1}',
    '{"number": 4, "price": "8.00", "count": 3}',
    '{"number": 5, "price": "1.75"',
    '{"number": 6, "price": "40.00", "count": 1}',
]


class Book:
    def __init__(self):
        self.total = 0.0
        self.booked = []

    def book(self, order):
        amount = float(order['price']) * order['count']
        self.total += amount
        self.booked.append(order['number'])
        return amount


def take_in(feed, book):
    refused = 0
    for line in feed:
        try:
            order = json.loads(line)
            book.book(order)
        except ValueError as error:
            print('refused:', error)
            refused += 1
    return refused


if __name__ == '__main__':
    day = Book()
    bad = take_in(FEED, day)
    print('booked', len(day.booked), 'refused', bad, 'total', day.total)
