/** A value of a message's body. */
export type BusValue = string | number | boolean | readonly string[];

/** Reads values in D-Bus's little-endian wire format, from a position on. */
export class DbusReader {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  align(to: number): void {
    this.at = Math.ceil(this.at / to) * to;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.at++);
  }

  uint32(): number {
    this.align(4);
    this.at += 4;
    return this.#bytes.readUInt32LE(this.at - 4);
  }

  text(length: number): string {
    const text = this.#bytes.toString('utf8', this.at, this.at + length);
    this.at += length + 1;
    return text;
  }

  signature(): string {
    return this.text(this.byte());
  }

  /** The value of one of the types that are understood, or undefined for any other. */
  value(type: string): BusValue | undefined {
    switch (type) {
      case 's':
      case 'o':
        return this.text(this.uint32());
      case 'g':
        return this.signature();
      case 'u':
        return this.uint32();
      case 'b':
        return this.uint32() !== 0;
      case 'v':
        return this.value(this.signature());
      case 'as': {
        const end = this.uint32() + this.at;
        const texts: string[] = [];
        while (this.at < end) texts.push(this.text(this.uint32()));
        return texts;
      }
      default:
        return undefined;
    }
  }
}
