import { DbusReader, type BusValue } from './dbus-reader.js';
import { DbusWriter } from './dbus-writer.js';

/** A call to be sent: all arguments are strings. */
export interface BusCall {
  readonly serial: number;
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly strings: readonly string[];
}

/** A message from the bus; of its body the strings, numbers, booleans and lists of strings at the start are read. */
export interface BusMessage {
  readonly kind: 'call' | 'return' | 'error' | 'signal' | 'other';
  readonly replySerial: number | null;
  readonly interface: string | null;
  readonly member: string | null;
  readonly body: readonly BusValue[];
}

const field = { path: 1, interface: 2, member: 3, replySerial: 5, destination: 6, signature: 8 } as const;
const kinds: readonly BusMessage['kind'][] = ['other', 'call', 'return', 'error', 'signal'];
/** The bus refuses anything larger than 128 MiB; we ask for nothing that comes near. */
const longestMessage = 1_048_576;

/** The bytes of a method call, little-endian, after the D-Bus specification's wire format. */
export function encodeCall(call: BusCall): Buffer {
  const body = new DbusWriter();
  for (const text of call.strings) body.string(text);
  const header = new DbusWriter();
  header.bytes([0x6c, 1, 0, 1]);
  header.uint32(body.length);
  header.uint32(call.serial);
  const fields = new DbusWriter();
  const add = (code: number, type: string, text: string): void => {
    fields.align(8);
    fields.bytes([code]);
    fields.signature(type);
    if (type === 'g') fields.signature(text);
    else fields.string(text);
  };
  add(field.path, 'o', call.path);
  add(field.interface, 's', call.interface);
  add(field.member, 's', call.member);
  add(field.destination, 's', call.destination);
  if (call.strings.length > 0) add(field.signature, 'g', 's'.repeat(call.strings.length));
  header.uint32(fields.length);
  header.append(fields);
  header.align(8);
  header.append(body);
  return header.toBuffer();
}

/**
 * Takes the first message out of what has come from the bus so far: the message and the number of bytes it took, or
 * null while it is incomplete. Throws when the bytes are no message of this machine's byte order.
 */
export function decodeMessage(bytes: Buffer): { readonly message: BusMessage; readonly taken: number } | null {
  if (bytes.length < 16) return null;
  if (bytes[0] !== 0x6c) throw new Error('The session bus speaks another byte order.');
  const bodyLength = bytes.readUInt32LE(4);
  const bodyStart = Math.ceil((16 + bytes.readUInt32LE(12)) / 8) * 8;
  const taken = bodyStart + bodyLength;
  if (taken > longestMessage) throw new Error(`The session bus sent a message of ${taken} bytes.`);
  if (bytes.length < taken) return null;
  const reader = new DbusReader(bytes, 16);
  const headers = new Map<number, BusValue>();
  const fieldsEnd = 16 + bytes.readUInt32LE(12);
  while (reader.at < fieldsEnd) {
    reader.align(8);
    const code = reader.byte();
    const value = reader.value(reader.signature());
    if (value === undefined) break;
    headers.set(code, value);
  }
  const signature = headers.get(field.signature);
  const replySerial = headers.get(field.replySerial);
  const message: BusMessage = {
    kind: kinds[bytes[1] ?? 0] ?? 'other',
    replySerial: typeof replySerial === 'number' ? replySerial : null,
    interface: textOf(headers.get(field.interface)),
    member: textOf(headers.get(field.member)),
    body: typeof signature === 'string' ? readBody(new DbusReader(bytes, bodyStart), signature) : [],
  };
  return { message, taken };
}

function readBody(reader: DbusReader, signature: string): readonly BusValue[] {
  const values: BusValue[] = [];
  for (const type of signature.match(/as|./g) ?? []) {
    const value = reader.value(type);
    if (value === undefined) break;
    values.push(value);
  }
  return values;
}

function textOf(value: BusValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
