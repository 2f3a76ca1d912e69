"""The benchmarks. `python3 -m helpers bench` starts them; README.md beside this file says more."""
