import type { Socket } from 'node:net';

/**
 * Reads one line, without its line end, from a connection. Rejects where the line is longer than `maxBytes`, the
 * connection ends before the line does or breaks, or nothing comes for `timeoutMilliseconds`. What follows the line is
 * dropped, and an error after it is too: the conversation is over then.
 */
export function readLine(socket: Socket, maxBytes: number, timeoutMilliseconds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const fail = (message: string, cause?: Error) => {
      socket.off('data', take);
      reject(new Error(message, { cause }));
    };
    const take = (piece: Buffer) => {
      const end = piece.indexOf(0x0a);
      pieces.push(end === -1 ? piece : piece.subarray(0, end));
      bytes += piece.length;
      if (end !== -1) {
        socket.off('data', take);
        socket.resume();
        resolve(Buffer.concat(pieces).toString('utf8'));
      } else if (bytes > maxBytes) {
        fail('The line is too long.');
      }
    };
    socket.setTimeout(timeoutMilliseconds, () => fail('No answer in time.'));
    socket.on('error', (error) => fail(error.message, error));
    socket.on('close', () => fail('The connection ended before the line did.'));
    socket.on('data', take);
  });
}
