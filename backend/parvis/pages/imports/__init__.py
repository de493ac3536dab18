"""Pages made of files: Markdown and Word documents become the page's own tree. What is not taken over is told."""
