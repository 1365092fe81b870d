"""What things cost."""
PRICES = {'cola': 1.5, 'gum': 0.8}


def total(articles):
    return round(sum(PRICES[article] for article in articles), 2)
