"""What makes a doubt of the verifier a flag, for `consistency` and `sources`."""
