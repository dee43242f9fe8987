"""The measured model as one serves it with FastAPI: the linear formula in scikit-learn, requests checked by pydantic."""

import os
from typing import List

import numpy
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from sklearn.linear_model import LinearRegression

model = LinearRegression()
model.coef_ = numpy.array([3.5, -0.25, 0.125, 2.0])
model.intercept_ = 0.0

app = FastAPI()


class Stone(BaseModel):
    carat: float
    depth: float
    table: float
    length: float


def predict(stones):
    rows = [[stone.carat, stone.depth, stone.table, stone.length] for stone in stones]
    return model.predict(numpy.array(rows)).tolist()


@app.post("/price")
async def price(stone: Stone) -> float:
    return predict([stone])[0]


@app.post("/price/batch")
async def price_batch(stones: List[Stone]) -> List[float]:
    return predict(stones)


if __name__ == "__main__":
    host, port = os.environ["ASPNETCORE_URLS"].removeprefix("http://").split(":")
    uvicorn.run(app, host=host, port=int(port), log_level="warning", access_log=False)
