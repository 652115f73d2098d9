"""Every change of state of this floor, one function each."""
