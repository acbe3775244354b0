"""What `roles` compares: who does what to whom, and what a telling turned round should say."""
