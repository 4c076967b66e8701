// Draws the app's icons into assets/: `node scripts/make-icons.mjs`. A gauge on a dark tile, the same at every size; the
// containers for Windows (.ico) and macOS (.icns) hold the same PNGs. The tray's icon is drawn at run time, not here.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng } from './encode-png.mjs';

const assets = join(import.meta.dirname, '..', 'assets');
const gaugeStart = Math.PI * 0.75;
const gaugeSweep = Math.PI * 1.5;
const shownShare = 0.77;
const samples = 4;

/** @typedef {[number, number, number]} Colour */
/** @type {Colour} */ const tileTop = [43, 46, 54];
/** @type {Colour} */ const tileBottom = [18, 19, 23];
/** @type {Colour} */ const track = [70, 74, 84];
/** @type {Colour} */ const calm = [52, 199, 128];
/** @type {Colour} */ const near = [255, 170, 32];
/** @type {Colour} */ const line = [122, 162, 255];

/**
 * One picture, RGBA rows from the top.
 * @param {number} size side in pixels
 */
function drawIcon(size) {
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0, 0];
      for (let part = 0; part < samples * samples; part++) {
        const atX = (x + ((part % samples) + 0.5) / samples) / size;
        const atY = (y + (Math.floor(part / samples) + 0.5) / samples) / size;
        const colour = colourAt(atX * 2 - 1, atY * 2 - 1, size);
        if (colour === null) continue;
        colour.forEach((value, channel) => (sum[channel] = (sum[channel] ?? 0) + value));
        sum[3] = (sum[3] ?? 0) + 1;
      }
      const covered = sum[3] ?? 0;
      const at = (y * size + x) * 4;
      for (let channel = 0; channel < 3; channel++)
        pixels[at + channel] = covered === 0 ? 0 : Math.round((sum[channel] ?? 0) / covered);
      pixels[at + 3] = Math.round((covered / (samples * samples)) * 255);
    }
  }
  return pixels;
}

/**
 * The colour at a point of the square from -1 to 1, or null outside the tile. Small icons get a thicker gauge.
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @returns {Colour | null}
 */
function colourAt(x, y, size) {
  const edge = size < 48 ? 0.98 : 0.9;
  const radius = edge * 0.44;
  const out = Math.hypot(Math.max(0, Math.abs(x) - edge + radius), Math.max(0, Math.abs(y) - edge + radius));
  if (out > radius) return null;
  const scale = edge * 0.66;
  const thick = scale * (size < 48 ? 0.21 : 0.155);
  const centreY = scale * 0.12;
  const from = distanceToArc(x, y - centreY, scale, 0, shownShare);
  if (from < thick) return mix(calm, near, smooth(turnAt(x, y - centreY) / shownShare));
  if (size >= 48 && distanceToArc(x, y - centreY, scale * 1.27, 0.75, 0.95) < scale * 0.035) return line;
  if (distanceToArc(x, y - centreY, scale, 0, 1) < thick) return track;
  return mix(tileTop, tileBottom, (y + 1) / 2);
}

/**
 * How far a point is from an arc of the gauge between two shares of its sweep.
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {number} from
 * @param {number} to
 */
function distanceToArc(x, y, radius, from, to) {
  const turn = turnAt(x, y);
  if (turn >= from && turn <= to) return Math.abs(Math.hypot(x, y) - radius);
  return Math.min(
    ...[from, to].map((share) => {
      const angle = gaugeStart + share * gaugeSweep;
      return Math.hypot(x - radius * Math.cos(angle), y - radius * Math.sin(angle));
    }),
  );
}

/**
 * Where on the gauge's sweep a point lies: 0 at its start, 1 at its end, beyond either in its half of the gap.
 * @param {number} x
 * @param {number} y
 */
function turnAt(x, y) {
  const angle = (Math.atan2(y, x) - gaugeStart + 4 * Math.PI) % (2 * Math.PI);
  const turn = angle / gaugeSweep;
  const wholeTurn = (2 * Math.PI) / gaugeSweep;
  return turn > (1 + wholeTurn) / 2 ? turn - wholeTurn : turn;
}

/** @param {number} share */
function smooth(share) {
  const clamped = Math.min(1, Math.max(0, share));
  return clamped * clamped * (3 - 2 * clamped);
}

/**
 * @param {Colour} one
 * @param {Colour} other
 * @param {number} share
 * @returns {Colour}
 */
function mix(one, other, share) {
  const at = (/** @type {0 | 1 | 2} */ channel) => one[channel] + (other[channel] - one[channel]) * share;
  return [at(0), at(1), at(2)];
}

/**
 * An .ico file of PNGs.
 * @param {readonly { size: number, png: Buffer }[]} pictures
 */
function iconFile(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/**
 * An .icns file of PNGs.
 * @param {readonly { type: string, png: Buffer }[]} pictures
 */
function macIconFile(pictures) {
  const parts = pictures.map(({ type, png }) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([head, png]);
  });
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}

/** @param {number} size */
const picture = (size) => encodePng(drawIcon(size), size);

mkdirSync(join(assets, 'icons'), { recursive: true });
const sizes = [16, 24, 32, 48, 64, 128, 256, 512];
const pictures = new Map(sizes.map((size) => [size, picture(size)]));
/** @param {number} size */
const made = (size) => pictures.get(size) ?? picture(size);
for (const [size, png] of pictures) writeFileSync(join(assets, 'icons', `${size}x${size}.png`), png);
writeFileSync(join(assets, 'icon.png'), made(512));
writeFileSync(
  join(assets, 'icon.ico'),
  iconFile([16, 24, 32, 48, 64, 128, 256].map((size) => ({ size, png: made(size) }))),
);
writeFileSync(
  join(assets, 'icon.icns'),
  macIconFile([
    { type: 'ic11', png: made(32) },
    { type: 'ic12', png: made(64) },
    { type: 'ic07', png: made(128) },
    { type: 'ic08', png: made(256) },
    { type: 'ic09', png: made(512) },
    { type: 'ic10', png: made(1024) },
  ]),
);
