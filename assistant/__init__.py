"""Questions become answers, decisions become targets: over the command line, HTTP and the widget."""
