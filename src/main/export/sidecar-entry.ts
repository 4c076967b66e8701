import { z } from 'zod';
import { isSidecarPath } from './sidecar-path.js';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const offset = z.number().int().nonnegative();

/**
 * One piece of one sidecar (a sub-agent's transcript, its `.meta.json`, a spilled tool result) in one export. Pieces of a
 * sidecar join as segments do: a piece continues the one before when it begins where that ends and `chain` follows from
 * it (`chainOf`); with `range.start` 0 and the chain of the empty text it begins afresh. The newest piece has the highest
 * `generation`, then the highest `range.end`.
 */
export const sidecarSchema = z.looseObject({
  path: z.string().refine(isSidecarPath),
  /** Name of the piece in the segment's `.sidecars` folder: safe on every system, unique there without regard to case. */
  file: z.string().regex(/^\d{4,8}-[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}$/),
  /** `lines` is only ever appended to and cut at line ends; `whole` is kept as a whole whenever its bytes have changed. */
  kind: z.enum(['lines', 'whole']),
  /** Bytes of the source that the piece holds, `end` not included; a `whole` one starts at 0 and may be empty. */
  range: z.object({ start: offset, end: offset }).refine(({ start, end }) => end >= start),
  /** Of the piece's bytes. */
  sha256: sha256Hex,
  chain: sha256Hex,
  /** Grows by one each time the source was found cut or rewritten, with each version of a `whole` one. */
  generation: offset,
  /** The source as it was when it was read: unchanged facts mean that nothing is new. Inode and nanoseconds are decimal. */
  source: z.object({ inode: z.string(), sizeBytes: offset, modifiedNs: z.string() }),
  /** The last bytes of the source before `range.end`, at most 4 KB: what tells a rewritten source from a grown one. */
  tail: z.object({ bytes: offset, sha256: sha256Hex }),
});

/** What an export holds of one sidecar. */
export type SidecarEntry = z.infer<typeof sidecarSchema>;
