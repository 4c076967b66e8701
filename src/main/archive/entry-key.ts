import { createHash } from 'node:crypto';

/** The key of an entry in the index: 32 hex digits, a UUID's own or those of the hash of any other text. */
export function entryKeyOf(uuid: string): string {
  return isPlainUuid(uuid) ? uuid.replaceAll('-', '') : createHash('sha256').update(uuid).digest('hex').slice(0, 32);
}

/** Whether a text is a UUID in lower case, which can be had again from its key. */
export function isPlainUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** The UUID of a key in upper or lower case. */
export function uuidOfKey(key: string): string {
  return key.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
