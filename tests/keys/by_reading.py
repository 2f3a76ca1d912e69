"""Questions whose key no table gives, each with what it rests on. The list is exact: a test."""

BY_READING = {
    "E3.6": "whom an opinion helps is weighed, not recorded",
    "R4.1": "what an order does not show is an argument",
    "E4.1": "that no line tells the deed was found by reading the lines",
    "E4.6": "which sentence claims least is an argument",
    "E8.4": "what may follow from figures is an argument",
    "N9.1": "how two sentences stand to each other is weighed",
    "E9.1": "which claim needs least is an argument",
    "E9.2": "what a statement costs its speaker is weighed",
    "E9.3": "an abstract was held against the text, word by word",
    "E9.5": "which reading needs least is an argument",
    "E9.8": "which source would test a claim is an argument",
}
