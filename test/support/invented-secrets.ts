import { createHash, generateKeyPairSync } from 'node:crypto';

/** So many characters that look random and are the same each time; nothing in this file is a secret, or looks like one to a scanner. */
function invented(name: string, length: number, alphabet = letters + letters.toLowerCase() + digits): string {
  let text = '';
  for (let round = 0; text.length < length; round += 1) {
    const bytes = createHash('sha512').update(`${name} ${round}`).digest();
    for (const byte of bytes) text += alphabet[byte % alphabet.length] ?? '';
  }
  return text.slice(0, length);
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';

/** A private key of many lines, as a file holds it. */
export const inventedPrivateKey = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey.trim();

/** Keys and tokens of several kinds, none of them real. */
export const inventedSecrets: Readonly<Record<string, string>> = {
  anthropic: `sk-ant-api03-${invented('anthropic', 93)}AA`,
  openai: `sk-${invented('openai-1', 20)}T3BlbkFJ${invented('openai-2', 20)}`,
  github: `ghp_${invented('github', 36)}`,
  aws: `AKIA${invented('aws', 16, letters + digits)}`,
  slack: `xoxb-${invented('slack-1', 12, digits)}-${invented('slack-2', 13, digits)}-${invented('slack-3', 24)}`,
  npm: `npm_${invented('npm', 36)}`,
  sendgrid: `SG.${invented('sendgrid-1', 22)}.${invented('sendgrid-2', 43)}`,
  database: `postgres://keeper:${invented('database', 14)}@db.internal.net:5432/shop`,
};
