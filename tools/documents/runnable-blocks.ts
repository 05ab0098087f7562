// The shell blocks of a document that are marked as runnable (```sh run), each with the output that
// the document shows below it (```json output or ```text output).

export interface RunnableBlock {
  /** Of the fence, counted from 1. */
  readonly line: number;
  readonly script: string;
  /** `null`: the document shows no output. */
  readonly output: { readonly kind: 'json' | 'text'; readonly text: string } | null;
}

const fence = /^```(\S*) ?(\S*)\n([\s\S]*?)^```$/gm;

export function readRunnableBlocks(markdown: string): RunnableBlock[] {
  const fences = [...markdown.matchAll(fence)].map((match) => {
    const [, language = '', mark = '', text = ''] = match;
    return { language, mark, text, line: markdown.slice(0, match.index).split('\n').length };
  });
  return fences.flatMap(({ mark, text, line }, index) => {
    if (mark !== 'run') return [];
    const next = fences[index + 1];
    const output =
      next?.mark === 'output'
        ? {
            kind: next.language === 'json' ? ('json' as const) : ('text' as const),
            text: next.text,
          }
        : null;
    return [{ line, script: text, output }];
  });
}

/**
 * Where the actual output differs from the shown one, in words; `null` when it does not. In the
 * shown output `…` stands for any text: in JSON as a whole string, elsewhere inside a line.
 */
export function differenceOf({ output }: RunnableBlock, actual: string): string | null {
  if (!output) return null;
  const isEqual =
    output.kind === 'json'
      ? matchesJson(JSON.parse(output.text), parse(actual))
      : matchesText(output.text, actual);
  return isEqual ? null : `the document shows\n${output.text}\nbut the service said\n${actual}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function matchesJson(shown: unknown, actual: unknown): boolean {
  if (shown === '…') return typeof actual === 'string';
  if (typeof shown !== 'object' || shown === null) return shown === actual;
  if (typeof actual !== 'object' || actual === null) return false;
  if (Array.isArray(shown) !== Array.isArray(actual)) return false;
  const [left, right] = [Object.entries(shown), new Map(Object.entries(actual))];
  return (
    left.length === right.size && left.every(([key, value]) => matchesJson(value, right.get(key)))
  );
}

function matchesText(shown: string, actual: string): boolean {
  const pattern = shown
    .trim()
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(actual.trim());
}
