"""The architecture, proved: who may import whom, what is exported, what is loaded when."""
