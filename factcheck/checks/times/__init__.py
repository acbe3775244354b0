"""What `dates` compares: dates, times, ages and lengths, with one another and with references."""
