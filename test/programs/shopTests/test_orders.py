import pdb
import threading
import unittest

import pytest

from shop.stock import take

DELIVERY = threading.Event()


def test_orders_from_the_supplier(supplier):
    assert supplier == 'orchard'


def test_looks_closer(stock):
    before = dict(stock)
    breakpoint()
    print('heard by pytest')
    take(stock, 'apple', 1)
    pdb.set_trace()
    after = dict(stock)
    pytest.set_trace()
    assert before != after


def test_waits_for_the_delivery():
    assert DELIVERY.wait(60)


class Returns(unittest.TestCase):
    def test_brings_back_what_was_sold(self):
        shelf = {'apple': 1}
        take(shelf, 'apple', 1)
        shelf['apple'] += 1
        self.assertEqual(shelf, {'apple': 1})

    def test_counts_what_comes_back(self):
        self.assertEqual({'apple': 1}, {'apple': 2})
