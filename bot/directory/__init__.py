"""Where help is to be found: centres, consulates, hotlines, and the towns they belong to."""
