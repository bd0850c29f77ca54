"""The first upload handler of aiohttp's documentation: reads the whole form, writes the file part, syncs nothing."""

import socket
import uuid

from aiohttp import web


async def upload(request):
    form = await request.post()
    with open(f"{uuid.uuid4()}.zip", "wb") as file:
        file.write(form["bundle"].file.read())
    return web.json_response({"stored": True}, status=201)


app = web.Application(client_max_size=1 << 30)
app.router.add_post("/api/v1/reports", upload)
listener = socket.create_server(("127.0.0.1", 0))
print("%s:%d" % listener.getsockname(), flush=True)
web.run_app(app, sock=listener, access_log=None, print=None)
