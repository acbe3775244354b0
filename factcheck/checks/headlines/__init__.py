"""What `headline` compares: the headline with the body and with references."""
