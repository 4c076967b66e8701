import type { PopoverApi } from '../shared/ipc-contract.js';
import type { SettingsFault, SettingsPatch } from '../shared/settings.js';
import { texts } from './texts.js';

/** Sends a change of settings; the answer is what was wrong with it, in words, empty where it was taken. */
export async function sendSettings(api: PopoverApi, patch: SettingsPatch): Promise<readonly string[]> {
  const answer = await api.updateSettings(patch).catch(() => ({ ok: false as const, message: texts.toast.noAnswer }));
  if (!answer.ok) return [answer.message];
  return answer.value.faults.map(faultWords);
}

/** What is wrong with a setting and how to mend it. */
export function faultWords({ message, mend }: SettingsFault): string {
  return `${message} ${mend}`.trim();
}
