"""What was made of a release is kept with it: a release never changes, and a reader who picks another area must not wait for what others saw before."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Concatenate, ParamSpec, TypeVar

from app.release import Release

P = ParamSpec("P")
T = TypeVar("T")


def remembered(most: int) -> Callable[[Callable[Concatenate[Release, P], T]], Callable[Concatenate[Release, P], T]]:
    """Keep the last `most` answers of a pure function per release, which is its first argument; the others are hashable.

    Answers are texts or small: Streamlit walks all objects after every rerun, and a text is not walked. As a release is opened for a scope, an answer
    is never given to who may see other figures.
    """

    def decorate(make: Callable[Concatenate[Release, P], T]) -> Callable[Concatenate[Release, P], T]:
        @wraps(make)
        def answer(release: Release, /, *given: P.args, **named: P.kwargs) -> T:
            keeper = release.kept.get(make) or release.kept.setdefault(make, lru_cache(most)(partial(make, release)))
            kept: T = keeper(*given, **named)
            return kept

        return answer

    return decorate
