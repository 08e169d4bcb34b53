"""What the werkgroep needs to decide whether figures may be published: pure functions for its page and its pack, and the form of a decision."""
