"""A Discord on the loopback: REST, gateway and members, with rules written from what Discord documents."""
