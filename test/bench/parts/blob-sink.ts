import { createServer } from 'node:http';

/**
 * A process that takes Put Block, Put Block List and Create Container as Blob Storage does, and throws the bytes
 * away: it shows how fast the exporting side is when storage is not what holds it up.
 * Prints its address. It ends with its standard input.
 */
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(201, { etag: '"0x1"', 'last-modified': new Date().toUTCString(), 'x-ms-request-id': 'bench' });
    response.end();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`);
});
process.stdin.on('end', () => process.exit()).resume();
