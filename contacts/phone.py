def written(phone: str) -> str:
    return phone
