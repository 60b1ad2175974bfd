"""What a customer of the Bookshop writes: every call is typed, paged, retried and streamed by the generated SDK."""

from bookshop import Bookshop, NotFoundError

with Bookshop() as shop:  # BOOKSHOP_TOKEN and BOOKSHOP_BASE_URL come from the environment
    for book in shop.books.list(genre="novel", limit=1):
        print(f"{book.title} by {book.author}: {book.price.amount / 100:.2f} {book.price.currency}")

    order = shop.orders.place(lines=[{"book_id": "bk_1", "copies": 2}])
    print(f"order {order.id}: {order.total.amount / 100:.2f} {order.total.currency}")

    with shop.orders.follow(order.id) as events:
        print("then", ", ".join(event.status for event in events))

    try:
        shop.books.get("bk_99")
    except NotFoundError as error:
        print(f"{type(error).__name__}: {error.problem.title}")
