/** What `scripts/bench.mjs` prepares for the scenarios that run the packaged app. */
export interface DesktopScene {
  /** The packaged app, with the inspect fuse on so that its page can be watched. */
  readonly executable: string;
  readonly electronVersion: string;
  /** A folder of the user that the app runs as. */
  readonly folder: string;
  /** What a program needs to appear on the desktop. */
  readonly environment: Readonly<Record<string, string>>;
  /** The ordinary user to run the app as, where we are root; null: ourselves. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
}
