"""What `quantities` compares: figures of the article with one another and with references."""
