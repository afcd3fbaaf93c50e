"""The answers on words, vectors, rankings and graphs, found again in another way."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations

import numpy as np

from tests.content.generators.reading import Files, Floats, Found, Given, matrix, rows


def text_corpus(files: Files, _: Given) -> Found:
    table = rows(files, "notes")
    notes = [re.findall(r"[a-z]+", row["text"].lower()) for row in table]
    query = re.findall(r"[a-z]+", rows(files, "queries")[0]["text"].lower())
    words = sorted({word for note in notes for word in note})
    counts = np.array([[note.count(word) for word in words] for note in notes], dtype=float)
    rarity = np.log(len(notes) / (counts > 0).sum(axis=0))
    asked = np.array([query.count(word) for word in words], dtype=float)
    likeness = np.array([_cosine(asked * rarity, note * rarity) for note in counts])
    long_words = Counter(word for note in notes for word in note if len(word) >= 5)
    pairs = Counter(f"{note[at]} {note[at + 1]}" for note in notes for at in range(len(note) - 1))
    labels = np.array([row["label"] for row in table])
    chances = {}
    for label in set(labels):
        seen = counts[labels == label].sum(axis=0) + 1
        chances[label] = np.log(np.mean(labels == label)) + asked @ np.log(seen / seen.sum())
    return {
        "words": int(counts.sum()),
        "vocabulary": len(words),
        "once": int((counts.sum(axis=0) == 1).sum()),
        "top_long_word": long_words.most_common(1)[0][0],
        "top_pair": pairs.most_common(1)[0][0],
        "idf": rarity[words.index(query[0])],
        "cosine": _cosine(counts[0], counts[1]),
        "closest_note": table[int(likeness.argmax())]["note"],
        "closest_score": likeness.max(),
        "likeliest_label": max(chances, key=lambda label: chances[label]),
    }


def _cosine(one: Floats, two: Floats) -> float:
    sizes = np.linalg.norm(one) * np.linalg.norm(two)
    return float(one @ two / sizes) if sizes else 0.0


def embeddings(files: Files, given: Given) -> Found:
    table, asked = rows(files, "passages"), rows(files, "queries")
    axes = [name for name in table[0] if name != "passage"]
    names = [row["passage"] for row in table]
    passages, queries = matrix(table, axes), matrix(asked, axes)
    sharp = passages / np.linalg.norm(passages, axis=1, keepdims=True)
    near = queries / np.linalg.norm(queries, axis=1, keepdims=True) @ sharp.T
    order = np.argsort(-near, axis=1)
    ranks = [1 + [names[at] for at in line].index(row["relevant"]) for line, row in zip(order, asked, strict=True)]
    among = sharp @ sharp.T - 2 * np.eye(len(names))
    pair = sorted(np.unravel_index(among.argmax(), among.shape))
    return {
        "nearest_cosine": names[order[0][0]],
        "nearest_cosine_score": near[0].max(),
        "nearest_dot": names[int((passages @ queries[0]).argmax())],
        "nearest_distance": names[int(np.linalg.norm(passages - queries[0], axis=1).argmin())],
        "top_k": tuple(names[at] for at in order[0][: given["k"]]),
        "recall_at_k": np.mean([rank <= given["k"] for rank in ranks]),
        "mean_reciprocal_rank": np.mean([1 / rank for rank in ranks]),
        "closest_pair": tuple(names[at] for at in pair),
        "closest_pair_score": among.max(),
        "longest_passage": names[int(np.linalg.norm(passages, axis=1).argmax())],
        "centre_length": np.linalg.norm(passages.mean(axis=0)),
    }


def ranking_lists(files: Files, given: Given) -> Found:
    lists: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in sorted(rows(files, "results"), key=lambda row: int(row["rank"])):
        lists[row["system"], row["query"]].append(int(row["relevance"]))
    queries = sorted({query for _, query in lists})
    k = given["k"]
    red = [np.array(lists["red", query]) for query in queries]
    gains = {system: np.array([_gain(lists[system, query], k) for query in queries]) for system in ("red", "blue")}
    more = gains["blue"] - gains["red"]
    precisions = [np.cumsum(each > 0) / np.arange(1, len(each) + 1) for each in red]
    return {
        "reciprocal_rank": np.mean([1 / (1 + (each > 0).argmax()) for each in red]),
        "precision": np.mean([(each[:k] > 0).mean() for each in red]),
        "recall": np.mean([(each[:k] > 0).sum() / (each > 0).sum() for each in red]),
        "average_precision": np.mean([at[each > 0].mean() for at, each in zip(precisions, red, strict=True)]),
        "gain": gains["red"].mean(),
        "gain_difference": more.mean(),
        "blue_wins": int((more > 1e-12).sum()),
        "worst_query": queries[int(np.argmin([_gain([*each], len(each)) for each in red]))],
        "best_improved": queries[int(more.argmax())],
    }


def _gain(found: list[int], k: int) -> float:
    discounts = 1 / np.log2(np.arange(2, k + 2))
    best = np.array(sorted(found)[::-1][:k])
    return float((2.0 ** np.array(found[:k]) - 1) @ discounts / ((2.0**best - 1) @ discounts))


def graph(files: Files, _: Given) -> Found:
    table = rows(files, "roads")
    names = sorted({row["from"] for row in table} | {row["to"] for row in table})
    size, at = len(names), {name: place for place, name in enumerate(names)}
    minutes = np.full((size, size), np.inf)
    np.fill_diagonal(minutes, 0)
    for row in table:
        one, two = at[row["from"]], at[row["to"]]
        minutes[one, two] = minutes[two, one] = float(row["minutes"])
    linked = np.isfinite(minutes) & ~np.eye(size, dtype=bool)
    links = linked.astype(float)
    hops, far = np.where(linked, 1.0, minutes), minutes.copy()
    for middle in range(size):
        for each in (hops, far):
            np.minimum(each, each[:, [middle]] + each[[middle], :], out=each)
    parts = {frozenset(np.flatnonzero(np.isfinite(line))) for line in hops}
    degree = links.sum(axis=1)
    corners = np.diag(links @ links @ links) / 2
    pairs = degree * (degree - 1) / 2
    walk = 0.85 * (links / degree).T.T + 0.15 / size
    values, vectors = np.linalg.eig(walk)
    score = np.real(vectors[:, np.real(values).argmax()])
    score /= score.sum()
    start, goal = at["Aldby"], at["Zell"]
    on_the_way = [place for place in range(size) if far[start, place] + far[place, goal] == far[start, goal]]
    route = sorted(on_the_way, key=lambda place: far[start, place])
    return {
        "towns": size,
        "parts": len(parts),
        "largest_part": max(map(len, parts)),
        "busiest_town": names[int(degree.argmax())],
        "triangles": sum(
            bool(linked[a, b] and linked[b, c] and linked[a, c]) for a, b, c in combinations(range(size), 3)
        ),
        "clustering": np.divide(corners, pairs, out=np.zeros(size), where=pairs > 0).mean(),
        "hops": int(hops[start, goal]),
        "farthest_hops": int(hops[start][np.isfinite(hops[start])].max()),
        "quickest_minutes": int(far[start, goal]),
        "quickest_route": tuple(names[place] for place in route),
        "central_town": names[int(score.argmax())],
        "central_score": score.max(),
    }
