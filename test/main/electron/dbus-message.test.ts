import { expect, test } from 'vitest';
import { decodeMessage, encodeCall } from '../../../src/main/electron/dbus-message.js';

const call = {
  serial: 7,
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'AddMatch',
  strings: ["type='signal'", 'zwei – ümlaut'],
};

test('a message read back is the message written, and tells how many bytes it took', () => {
  const bytes = encodeCall(call);
  const read = decodeMessage(Buffer.concat([bytes, Buffer.from('the next one')]));
  expect(read?.taken).toBe(bytes.length);
  expect(read?.message).toEqual({
    kind: 'call',
    replySerial: null,
    interface: 'org.freedesktop.DBus',
    member: 'AddMatch',
    body: ["type='signal'", 'zwei – ümlaut'],
  });
});

test('a message that has not come whole is waited for', () => {
  const bytes = encodeCall(call);
  for (let length = 0; length < bytes.length; length++) expect(decodeMessage(bytes.subarray(0, length))).toBeNull();
});

test('the header is padded as the specification asks: the body starts at a multiple of eight', () => {
  const bytes = encodeCall({ ...call, strings: ['x'] });
  expect(bytes.length - bytes.readUInt32LE(4)).toSatisfy((start: number) => start % 8 === 0);
  expect(bytes.subarray(0, 4)).toEqual(Buffer.from([0x6c, 1, 0, 1]));
});

test('another byte order and an endless message are refused', () => {
  expect(() => decodeMessage(Buffer.from('B'.padEnd(16, '\0')))).toThrow('byte order');
  const endless = encodeCall(call);
  endless.writeUInt32LE(0xfffffff0, 4);
  expect(() => decodeMessage(endless)).toThrow('bytes');
});
