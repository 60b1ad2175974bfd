"""What an API does that its description does not say, with proof.

`infer` asks every detector (`detectors/`, one for each kind of fact) for what the `passages` of the docs state. What
detectors share stands by its subject: `urls`, `access`, `limits`, `pages`, `errors`, `requests`, and `speech` for who
speaks of whom. `derived` adds what follows, `merge` joins what is said twice, `calibration` says how sure it is.
"""
