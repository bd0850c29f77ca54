"""The second upload handler of aiohttp's documentation: streams the file part to a file, syncs nothing."""

import socket
import uuid

from aiohttp import web


async def upload(request):
    async for part in await request.multipart():
        if part.name == "bundle":
            with open(f"{uuid.uuid4()}.zip", "wb") as file:
                while chunk := await part.read_chunk(65536):
                    file.write(chunk)
    return web.json_response({"stored": True}, status=201)


app = web.Application(client_max_size=1 << 30)
app.router.add_post("/api/v1/reports", upload)
listener = socket.create_server(("127.0.0.1", 0))
print("%s:%d" % listener.getsockname(), flush=True)
web.run_app(app, sock=listener, access_log=None, print=None)
