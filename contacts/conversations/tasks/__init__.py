"""What the worker does with texts. Each task may run twice, or die anywhere."""
