"""Where a chat model takes part in a check, as the policy says; nowhere without one."""
