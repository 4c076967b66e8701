/**
 * An asar archive (Electron's app format) of a few small files at its top, as bytes.
 * Format: two length-prefixed blocks (the header's size, the header as JSON), then the files one after the other.
 * @param {Record<string, string>} files name → text
 * @returns {Buffer}
 */
export function asarArchive(files) {
  let offset = 0;
  /** @type {Record<string, { size: number, offset: string }>} */
  const listing = {};
  const bodies = Object.entries(files).map(([name, text]) => {
    const body = Buffer.from(text, 'utf8');
    listing[name] = { size: body.length, offset: String(offset) };
    offset += body.length;
    return body;
  });
  const header = lengthPrefixed(Buffer.from(JSON.stringify({ files: listing }), 'utf8'));
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32LE(4, 0);
  sizes.writeUInt32LE(header.length, 4);
  return Buffer.concat([sizes, header, ...bodies]);
}

/** @param {Buffer} text */
function lengthPrefixed(text) {
  const padded = Math.ceil(text.length / 4) * 4;
  const block = Buffer.alloc(8 + padded);
  block.writeUInt32LE(4 + padded, 0);
  block.writeUInt32LE(text.length, 4);
  text.copy(block, 8);
  return block;
}
