"""Pages published as articles: a post that says what a version of the page said, and can be brought up to it again."""
