"""Adds up a day's orders."""


class Order:
    def __init__(self, number, total):
        self.number = number
        self.total = total


def discount(total):
    if total > 50:
        return total * 0.9
    return total


def add_up(orders):
    total = 0
    for order in orders:
        total += discount(order.total)
    # the till rounds
    return round(total, 2)


orders = [Order(number, 20 * number) for number in range(1, 6)]
print('orders:', len(orders))
total = add_up(orders)
print('total:', total)
