"""The tests' shelves: filled anew for each test."""
import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@pytest.fixture
def stock():
    return {'apple': 12, 'pear': 3}


@pytest.fixture
def supplier(stock):
    if 'quince' not in stock:
        raise LookupError('no supplier for quince')
    return 'orchard'
