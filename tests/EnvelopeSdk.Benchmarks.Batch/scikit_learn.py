"""Rows with prices by a LinearRegression of scikit-learn, from CSV to CSV.

scikit_learn.py fit TABLE MODEL, of carat,x,depth,price; scikit_learn.py predict TABLE MODEL OUTPUT, of all columns.
"""
import pickle
import resource
import sys

import numpy
from sklearn.linear_model import LinearRegression


def read(table, columns):
    numbers = numpy.loadtxt(table, delimiter=",", skiprows=1, usecols=columns, dtype=numpy.float32)
    return numpy.nan_to_num(numbers, copy=False, nan=-1)


def fit(table, model):
    numbers = read(table, (0, 1, 2, 3))
    with open(model, "wb") as file:
        pickle.dump(LinearRegression().fit(numbers[:, :3], numbers[:, 3]), file)


def predict(table, model, output):
    with open(model, "rb") as file:
        regression = pickle.load(file)
    prices = regression.predict(read(table, (0, 2, 3))).tolist()
    with open(table) as rows, open(output, "w") as answered:
        answered.write(next(rows).rstrip("\n") + ",prediction\n")
        answered.writelines(f"{row[:-1]},{price}\n" for row, price in zip(rows, prices))


{"fit": fit, "predict": predict}[sys.argv[1]](*sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
