"""numpy's matrix product for thinc: no input, a faster spaCy with the same parses."""

from __future__ import annotations

from typing import Any

import numpy as np
from thinc.api import NumpyOps, set_current_ops

__all__ = ["FastNumpyOps", "use_fast_matrix_product"]


class FastNumpyOps(NumpyOps):  # type: ignore[misc]  # thinc's ops are untyped
    """`NumpyOps` whose ``gemm`` is numpy's: its OpenBLAS picks a kernel for the processor, thinc's does not."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """The product of two matrices (float32), each transposed on demand, as `thinc.backends.ops.Ops.gemm`."""
        left = x.T if trans1 else x
        right = y.T if trans2 else y
        if out is None:
            return np.matmul(left, right)
        np.matmul(left, right, out=out)
        return out


def use_fast_matrix_product() -> None:
    """Make models loaded from now on multiply with numpy."""
    set_current_ops(FastNumpyOps())
