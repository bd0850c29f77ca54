// A receiver built on @tus/server: node tus-server.js FOLDER. Prints its address. It gives a receipt for an
// upload that is whole, as the contract says, and keeps the bytes in FOLDER.
const crypto = require('crypto');
const fs = require('fs');
const http = require('http');
const path = require('path');
const { FileStore } = require('@tus/file-store');
const { Server } = require('@tus/server');

const folder = process.argv[2];
const datastore = new FileStore({ directory: folder });
const tus = new Server({ path: '/api/v1/uploads', datastore });

function json(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function receipt(id, response) {
  const upload = await datastore.getUpload(id);
  if (upload.offset !== upload.size) return json(response, 409, { detail: 'not whole yet' });
  const sha256 = crypto.createHash('sha256').update(fs.readFileSync(path.join(folder, id))).digest('hex');
  json(response, 200, { id: upload.metadata.id, sha256, number: 'PEER-1' });
}

const server = http.createServer((request, response) => {
  const id = request.url.match(/^\/api\/v1\/uploads\/([0-9a-f]+)$/)?.[1];
  if (request.url === '/api/v1/config') json(response, 200, { uploads: '/api/v1/uploads' });
  else if (request.method === 'GET' && id) receipt(id, response).catch(() => json(response, 404, {}));
  else tus.handle(request, response);
});
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
