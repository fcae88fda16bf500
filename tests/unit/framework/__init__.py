"""The bundled indicator sets, and the rules about frameworks."""
