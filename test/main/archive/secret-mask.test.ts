import { describe, expect, it } from 'vitest';
import { maskSecrets, secretMask } from '../../../src/main/archive/secret-mask.js';
import { inventedPrivateKey, inventedSecrets } from '../../support/invented-secrets.js';

describe('maskSecrets', () => {
  it.each(Object.entries(inventedSecrets))('masks a key of the kind %s and nothing beside it', async (_kind, key) => {
    expect(await maskSecrets([`The key is ${key} as I said.`, 'Nothing here.', `${key}\n`])).toEqual([
      `The key is ${secretMask} as I said.`,
      'Nothing here.',
      `${secretMask}\n`,
    ]);
  });

  it('masks what stands over many lines, also where the line ends are spelled out', async () => {
    const inJson = JSON.stringify({ private_key: inventedPrivateKey, note: 'kept' });
    const [lines, json] = await maskSecrets([`before\n${inventedPrivateKey}\nafter`, inJson]);
    expect(lines).toBe(`before\n${secretMask}\nafter`);
    expect(json).toBe(`{"private_key":"${secretMask}","note":"kept"}`);
  });

  it('finds no secret over the end of a text, and none of its places moves', async () => {
    const { github = '' } = inventedSecrets;
    const texts = ['\ufeffa', github.slice(0, 20), github.slice(20), '', `👍🏽 ${github} 👍🏽`, '\ufeff'];
    expect(await maskSecrets(texts)).toEqual([...texts.slice(0, 4), `👍🏽 ${secretMask} 👍🏽`, '\ufeff']);
  });

  it('lets no text say that it is not to be looked through', async () => {
    const { github = '' } = inventedSecrets;
    const [shown] = await maskSecrets([`/* secretlint-disable */\n// secretlint-disable-next-line\n${github}`]);
    expect(shown).not.toContain(github);
  });

  it('leaves none of several together, and none in a text of millions of characters', async () => {
    const keys = Object.values(inventedSecrets);
    const filling = 'words and words, line after line\n'.repeat(50_000);
    const [beside, long] = await maskSecrets([keys.join(' '), `${filling}${keys.join('\n')}\n${filling}`]);
    for (const key of keys) for (const text of [beside, long]) expect(text).not.toContain(key);
    expect(long?.startsWith(filling) && long.endsWith(filling)).toBe(true);
  });
});
