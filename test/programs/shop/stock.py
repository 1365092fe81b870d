"""What is on the shelves, and what has to be ordered."""
STOCK = {'apple': 12, 'pear': 3, 'plum': 0, 'cherry': 40}


class SoldOut(Exception):
    """More was asked for than is there."""


def short_of(stock, lowest):
    return sorted(article for article, count in stock.items() if count < lowest)


def take(stock, article, count):
    left = stock[article] - count
    if left < 0:
        raise SoldOut('{}: {} wanted, {} there'.format(article, count, stock[article]))
    stock[article] = left
    return left
