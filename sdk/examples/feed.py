#!/usr/bin/env python3
"""feed.py [PORT]: a vendor for source_tcp_lines, on 7777 or the port given (0: a free one). Its key
is "hush"; it sends two trades a second of each ticker that a caller has subscribed."""
import asyncio
import random
import sys
import time


async def send_trades(writer, prices):
    while True:
        for ticker in prices:
            prices[ticker] *= random.uniform(0.999, 1.001)
            now_ms = time.time_ns() // 10**6
            writer.write(f"trade {ticker} {prices[ticker]:.2f} 100 {now_ms}\n".encode())
        await writer.drain()
        await asyncio.sleep(0.5)


async def serve(reader, writer):
    prices = {}
    sending = None
    try:
        while line := (await reader.readline()).decode().split():
            match line:
                case ["login", "hush"]:
                    writer.write(b"welcome\n")
                    sending = asyncio.create_task(send_trades(writer, prices))
                case ["login", *_]:
                    writer.write(b"denied\n")
                case ["subscribe", ticker]:
                    prices.setdefault(ticker, 100.0)
                    writer.write(f"ok {ticker}\n".encode())
                case ["unsubscribe", ticker]:
                    prices.pop(ticker, None)
    finally:
        if sending:
            sending.cancel()
        writer.close()


async def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 7777
    async with await asyncio.start_server(serve, "127.0.0.1", port) as server:
        print("port", server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


asyncio.run(main())
