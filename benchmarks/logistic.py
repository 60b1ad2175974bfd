"""Logistic regression, fitted by Newton's method: what `calibrate` and `rank` share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS, CLOSE = 50, 1e-9
"""Steps of Newton's method, and the change of weights at which it has arrived."""
MOST = 500.0
"""Log odds beyond which nothing changes and `exp` has no number any more."""


def newton(
    columns: NDArray[np.float64], right: NDArray[np.float64], pull: NDArray[np.float64], centre: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weights of the penalised maximum likelihood.

    `columns` has a row an observation, `right` says 1 or 0 of each, and `pull` is how strongly each weight is drawn
    to `centre`.
    """
    weights = centre.copy()
    for _ in range(STEPS):
        said = 1 / (1 + np.exp(-np.clip(columns @ weights, -MOST, MOST)))
        slope = columns.T @ (right - said) - pull * (weights - centre)
        bend = (columns * (said * (1 - said))[:, None]).T @ columns + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < CLOSE:
            break
    return weights
