// Uploads a file with tus-js-client and prints where: node tus-js-client.js URL KEY FILE
const fs = require('fs');
const tus = require('tus-js-client');

const [url, key, path] = process.argv.slice(2);
const upload = new tus.Upload(fs.createReadStream(path), {
  endpoint: url,
  headers: { Authorization: `Bearer ${key}` },
  metadata: { filename: 'report.zip', filetype: 'application/zip' },
  retryDelays: Array(20).fill(0),
  onError: (error) => {
    console.error(String(error));
    process.exit(1);
  },
  onSuccess: () => console.log(upload.url),
});
upload.start();
