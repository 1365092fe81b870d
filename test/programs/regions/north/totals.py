"""A package without __init__.py: each region's folder is dropped in beside the others."""
SALES = {'Kiel': 20, 'Husum': 7}

if __name__ == '__main__':
    best = max(SALES, key=SALES.get)
    print(__package__, best)
