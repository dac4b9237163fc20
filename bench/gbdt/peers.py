"""The peers of `bench -- gbdt`: trains and scores them on the same bytes, one order a line.

Times are CPU seconds of this process. One thread each: on a busy machine more of them wait for each other.
"""

import json
import sys
import time

import numpy as np


def sklearn_model(trees, leaves):
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        max_iter=trees,
        max_leaf_nodes=leaves,
        learning_rate=0.1,
        min_samples_leaf=20,
        l2_regularization=0,
        max_bins=255,
        early_stopping=False,
    )


def xgboost_model(trees, leaves):
    from xgboost import XGBClassifier

    return XGBClassifier(
        n_estimators=trees,
        max_leaves=leaves,
        max_depth=0,
        grow_policy="lossguide",
        tree_method="hist",
        learning_rate=0.1,
        reg_lambda=0,
        max_bin=256,
        n_jobs=1,
    )


MODELS = {"sklearn": sklearn_model, "xgboost": xgboost_model}


def version_of(name):
    try:
        return __import__(name).__version__
    except ImportError:
        return None


def read(folder, part, width):
    values = np.fromfile(f"{folder}/{part}.values", dtype=np.float64)
    labels = np.fromfile(f"{folder}/{part}.labels", dtype=np.uint8)
    return np.ascontiguousarray(values.reshape(width, -1).T), labels


def main(folder, width):
    train, labels = read(folder, "train", width)
    valid, _ = read(folder, "valid", width)
    trained = {}

    def fit(peer, trees, leaves):
        trained[peer] = MODELS[peer](trees, leaves)
        started = time.process_time()
        trained[peer].fit(train, labels)
        return {"seconds": time.process_time() - started}

    def score(peer):
        started = time.process_time()
        trained[peer].predict_proba(train)
        return {"seconds": time.process_time() - started}

    def judge(peer):
        return {"scores": trained[peer].predict_proba(valid)[:, 1].tolist()}

    orders = {"fit": fit, "score": score, "judge": judge}
    print(json.dumps({name: version_of(name) for name in MODELS}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(orders[order.pop("do")](**order)), flush=True)


main(sys.argv[1], int(sys.argv[2]))
