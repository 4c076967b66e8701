import type { Happening } from './generated-happenings.js';

type Fields = Readonly<Record<string, unknown>>;

/** The records that `happenings` leave in a transcript, in file order. Identities are counted up, so that each is used once unless a line is appended again. */
export function recordsOf(happenings: readonly Happening[]): readonly Fields[] {
  const records: Fields[] = [];
  const answers: Fields[] = [];
  let count = 0;

  function identity(type: string, isSidechain = false): Fields {
    count += 1;
    return {
      type,
      uuid: `line-${count}`,
      parentUuid: count === 1 ? null : `line-${count - 1}`,
      isSidechain,
      sessionId: 'session',
      // Times say nothing of the order.
      timestamp: new Date(Date.UTC(2026, 10, 1) + ((count * 7919) % 86_400) * 1000).toISOString(),
    };
  }

  for (const happening of happenings) {
    switch (happening.kind) {
      case 'answer': {
        const { model, isAskedFor1m, usage, outputs, text, isSidechain, place } = happening;
        const requested = isAskedFor1m === null ? {} : { requestedModel: isAskedFor1m ? `${model}[1m]` : model };
        const messageId = `answer-${answers.length}`;
        const lines = outputs.map((output) => ({
          ...identity('assistant', isSidechain),
          ...place,
          ...requested,
          message: {
            id: messageId,
            role: 'assistant',
            model,
            content: [{ type: 'text', text }],
            usage: withOutput(usage, output),
          },
        }));
        records.push(...lines);
        answers.push(...lines.slice(-1));
        break;
      }
      case 'late line of an earlier answer': {
        const earlier = answers.at(-1 - happening.back);
        if (earlier === undefined) break;
        const message = earlier['message'] as Fields;
        records.push({
          ...earlier,
          ...identity('assistant', earlier['isSidechain'] === true),
          message: { ...message, usage: withOutput(message['usage'] as Fields, happening.output) },
        });
        break;
      }
      case 'prompt': {
        const { text, place, toolUseResult } = happening;
        const result = toolUseResult === null ? {} : { toolUseResult };
        records.push({ ...identity('user'), ...place, message: { role: 'user', content: text }, ...result });
        break;
      }
      case 'sub-agent progress': {
        const message = { id: 'of-sub-agent', model: 'claude-of-sub-agent', content: happening.text };
        const inner = { type: 'assistant', uuid: 'inner', message: { ...message, usage: happening.usage } };
        records.push({
          ...identity('progress'),
          data: { type: 'agent_progress', agentId: 'a66', message: inner, prompt: happening.text },
        });
        break;
      }
      case 'compaction': {
        const { metadata, hasSummary, again } = happening;
        const earlier = records.slice(again.from, again.from + again.count);
        const boundary = { ...identity('system'), parentUuid: null, subtype: 'compact_boundary' };
        records.push({ ...boundary, compactMetadata: metadata });
        if (hasSummary) {
          const message = { role: 'user', content: 'This session is being continued from a previous conversation' };
          records.push({ ...identity('user'), isCompactSummary: true, message });
        }
        records.push(...earlier.filter(isMessageLine));
        break;
      }
      case 'line': {
        const { fields, hasIdentity } = happening;
        records.push(
          hasIdentity ? { ...identity(String(fields['type'])), ...fields } : { ...fields, sessionId: 'session' },
        );
        break;
      }
      default:
        throw new Error(`Something else happened: ${JSON.stringify(happening satisfies never)}`);
    }
  }
  return records;
}

function isMessageLine(record: Fields): boolean {
  return record['type'] === 'assistant' || record['type'] === 'user';
}

/** An answer's lines agree on what went in; only the output grows. */
function withOutput(usage: Fields, output: number): Fields {
  const iterations: unknown = usage['iterations'];
  return {
    ...usage,
    output_tokens: output,
    ...(Array.isArray(iterations)
      ? { iterations: iterations.map((item: Fields) => ({ ...item, output_tokens: output })) }
      : {}),
  };
}
