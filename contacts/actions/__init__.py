"""Every change of state, one function each: nothing else writes these tables."""
