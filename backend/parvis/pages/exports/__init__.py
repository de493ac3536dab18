"""Pages as files: Markdown, HTML and Word documents, made of the page's own tree. What a format cannot say is told."""
