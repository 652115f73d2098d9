const EVERY = 1400;
