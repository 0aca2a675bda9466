"""The one way back: what people changed inside our blocks becomes changes of files."""
