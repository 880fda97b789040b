import type { Server } from 'restify';

/** The web server cannot listen where it should. `message` says why and what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Starts to listen and returns the port; with 0 the system chooses one. Rejects with ListenError. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(sentence(error, port, host))));
    server.listen(port, host, () => resolve(server.address().port));
  });
}

function sentence({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return (
        `Port ${port} of ${host}, which the bot’s web server needs, is used by another program. ` +
        'Stop that program, or choose another port: PORT in a deployment, --port with npm start.'
      );
    case 'EACCES':
      return `This user may not listen on port ${port}. Choose one above 1023: PORT in a deployment, --port with npm start.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is not an address of this machine. Set HOST to one of its addresses, or to 0.0.0.0 for all of them.`;
    default:
      return `The bot’s web server cannot listen on port ${port} of ${host}: ${message}`;
  }
}
