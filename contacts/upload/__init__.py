"""From an uploaded file to contacts: its cells are read, its columns recognised, its rows judged, then saved."""
