"""How the shipped weights come about: data, network, training, export. Never imported by the runtime."""
