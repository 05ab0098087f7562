// Shows the progress of a long run: a bar on a terminal, otherwise one line for each tenth.

export function createProgress(
  total: number,
  what: string,
  output: NodeJS.WriteStream,
): (done: number) => void {
  const start = performance.now();
  let printed = 0;
  return (done) => {
    const share = done / total;
    const rate = Math.round((done * 1000) / (performance.now() - start));
    const pace = rate > 1 ? `, ${format(rate)} a second` : '';
    const percent = String(Math.floor(share * 100)).padStart(3);
    const text = `${percent} %  ${format(done)} of ${format(total)} ${what}${pace}`;
    if (output.isTTY) {
      const bar = '#'.repeat(Math.floor(share * 20)).padEnd(20, '.');
      output.write(`\r[${bar}] ${text}\x1b[K${done === total ? '\n' : ''}`);
    } else if (Math.floor(share * 10) > printed) {
      printed = Math.floor(share * 10);
      output.write(`${text}\n`);
    }
  };
}

/** `1,234,567` */
export function format(count: number): string {
  return count.toLocaleString('en');
}
