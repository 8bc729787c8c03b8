"""Where editors work on the texts: opened, checked, saved with a name, taken back."""
