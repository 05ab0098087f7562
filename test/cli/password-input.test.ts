import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { CommandError, UsageError } from '../../src/cli/run.ts';
import { readPassword } from '../../src/cli/password-input.ts';

/** A terminal at which a user types `keys`, one group after each prompt. */
function terminal(...keys: string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    if (chunk.toString().endsWith(': ')) input.write(keys.shift() ?? '');
  });
  return { input, output, shown: () => shown };
}

const typed = (...keys: string[]) => readPassword({}, terminal(...keys));
const failure = (...keys: string[]) =>
  typed(...keys).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the password prompt', () => {
  it('asks for the password twice, and does not show it', async () => {
    const screen = terminal('correct horse\r', 'correct horse\r');
    expect(await readPassword({}, screen)).to.deep.equal({
      password: 'correct horse',
      generated: false,
    });
    expect(screen.shown()).to.equal('New password: \nOnce more: \n');
  });

  it('accepts pasted lines, corrections with backspace, and any letter', async () => {
    expect(await typed('a b\ra b\r')).to.include({ password: 'a b' });
    expect(await typed('grünx\x7f\r', 'grün\r')).to.include({ password: 'grün' });
  });

  it('fails when the two passwords differ', async () => {
    expect(await failure('one\r', 'two\r'))
      .to.be.instanceOf(CommandError)
      .with.property('message')
      .that.contains('differ');
  });

  it('fails on an empty password, Ctrl-C and Ctrl-D, and says that nothing was done', async () => {
    for (const keys of [['\r'], ['\x03'], ['\x04'], ['one\r', '\x03'], ['one\r', '\r']]) {
      expect(await failure(...keys))
        .to.be.instanceOf(CommandError)
        .with.property('message')
        .that.contains('nothing was done');
    }
  });
});

describe('the password on stdin', () => {
  it('is refused when it is not UTF-8, as a wrong command line', async () => {
    const input = new PassThrough().end(Buffer.from('gr\xfcn\n', 'latin1'));
    const refusal = await readPassword({ passwordStdin: true }, { input, output: input }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).to.be.instanceOf(UsageError).with.property('message').that.contains('UTF-8');
  });
});
