/** Writes values in D-Bus's little-endian wire format. */
export class DbusWriter {
  readonly #parts: number[] = [];

  get length(): number {
    return this.#parts.length;
  }

  bytes(values: Iterable<number>): void {
    for (const value of values) this.#parts.push(value);
  }

  align(to: number): void {
    while (this.#parts.length % to !== 0) this.#parts.push(0);
  }

  uint32(value: number): void {
    this.align(4);
    this.bytes([value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255]);
  }

  string(text: string): void {
    const encoded = Buffer.from(text, 'utf8');
    this.uint32(encoded.length);
    this.bytes(encoded);
    this.bytes([0]);
  }

  signature(text: string): void {
    this.bytes([text.length, ...Buffer.from(text, 'latin1'), 0]);
  }

  append(other: DbusWriter): void {
    this.bytes(other.#parts);
  }

  toBuffer(): Buffer {
    return Buffer.from(this.#parts);
  }
}
