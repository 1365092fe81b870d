"""The stock of a small shop, and the reports that are made of it."""
CURRENCY = 'EUR'
opened = ['shop']
