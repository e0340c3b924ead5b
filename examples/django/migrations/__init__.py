"""The tables of the agency; ours come by the app `ssflow.store.django`."""
