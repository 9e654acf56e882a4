def typeset(text: str, language: str) -> str:
    return text


def typeset_texts(walk, language) -> None:
    return None
