"""The upload handler of FastAPI's documentation: an UploadFile, written to a file, not synced."""

import socket
import uuid
from typing import Annotated

import uvicorn
from fastapi import FastAPI, Form, UploadFile

app = FastAPI()


@app.post("/api/v1/reports", status_code=201)
async def upload(report: Annotated[str, Form()], bundle: UploadFile):
    with open(f"{uuid.uuid4()}.zip", "wb") as file:
        while chunk := await bundle.read(65536):
            file.write(chunk)
    return {"stored": True}


listener = socket.create_server(("127.0.0.1", 0))
print("%s:%d" % listener.getsockname(), flush=True)
server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
server.run(sockets=[listener])
