"""The way of a case, phase by phase as regime 十四 三 goes: in each module its steps and the verbs of its acts."""
