"""Uploads a file with tuspy, each piece with its checksum, and prints where: tuspy.py URL KEY FILE"""

import sys

from tusclient.client import TusClient

url, key, path = sys.argv[1:]
client = TusClient(url, headers={"Authorization": f"Bearer {key}"})
uploader = client.uploader(
    path,
    chunk_size=1024 * 1024,
    metadata={"filename": "report.zip", "filetype": "application/zip"},
    retries=20,
    retry_delay=0,
    upload_checksum=True,
)
uploader.upload()
print(uploader.url)
