// Blowfish, as bcrypt uses it, for up to three passwords side by side. Each round looks up four
// numbers that depend on the round before, and waits for them. In that time a processor can look up
// the numbers of other passwords. Attackers do the same: John the Ripper interleaves two or three.
//
// WebAssembly, because V8 needs no bounds checks there: it reserves 10 GiB of addresses behind the
// memory instead. Measured on an AMD Zen 5 at cost 10: one password takes 42 ms, two together 44,
// three 49 and four 63. In JavaScript they take 51, 55, 66 and 101; @node-rs/bcrypt 43 for each.
// The module is written here byte by byte, since it is little more than one loop. So the repository
// holds no binary, and there is no compiler to install.
//
// JavaScript, because the hashing threads import it.

/**
 * A fourth lane would gain 4 %, but needs 17 KiB of the first-level cache. Two threads of a core
 * may share 32 KiB of it.
 */
export const mostLanes = 3;

/**
 * The parts of a lane, as byte offsets in the lane; `size` is the size of a lane in bytes. All are
 * 32-bit words, the lowest byte first. The boxes follow the subkeys, as they do in pi and in
 * ExpandKey, which replaces all of them in one row.
 */
export const layout = { subkeys: 0, boxes: 72, key: 4168, salt: 4240, text: 4312, size: 4352 };

/**
 * Four lanes. Lane 0 sets up and finishes a password; lanes 1 to 3 hash passwords. ExpandKey and
 * its place in bcrypt are those of Provos and Mazières, "A Future-Adaptable Password Scheme"
 * (1999), sections 4 and 5.
 * @typedef {object} Blowfish
 * @property {Uint8Array} memory of all lanes
 * @property {At} setUp in lane 0: ExpandKey with the key at the offset, and the salt
 * @property {(lanes: number) => At} expand in this number of lanes, from lane 1 on: ExpandKey with
 *   the key at the offset, and a salt of zero
 * @property {At} finish in lane 0: enciphers the eight bytes of text at the offset, 64 times
 */
/** @typedef {(offset: number) => void} At */

/** @returns {Blowfish} */
export function createBlowfish() {
  const bodies = [setUp(), finish(), expand(1), expand(2), expand(3)];
  const types = bodies.map(() => [0]);
  const functions = ['setUp', 'finish', 'expand1', 'expand2', 'expand3'].map((name, index) =>
    code(sizedText(name), 0, index),
  );
  const bytes = code(
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    section(1, [[0x60, 1, i32, 0]]), // one type: takes a number, and returns nothing
    section(3, types), // the functions are of that type
    section(5, [[0, 1]]), // a memory of one page, 64 KiB
    section(7, [...functions, code(sizedText('memory'), 2, 0)]), // exports
    section(10, bodies.map(sized)),
  );
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes)));
  const { memory, expand1, expand2, expand3, ...rest } = /** @type {Exports} */ (exports);
  return {
    memory: new Uint8Array(memory.buffer),
    expand: (lanes) => (lanes === 1 ? expand1 : lanes === 2 ? expand2 : expand3),
    ...rest,
  };
}
/**
 * @typedef {Record<'setUp' | 'finish' | 'expand1' | 'expand2' | 'expand3', At>
 *   & { memory: { buffer: ArrayBuffer } }} Exports
 */

// The instructions in use: WebAssembly Core Specification, section 5.4.
const i32 = 0x7f;
const [loop, end, branchIf] = [0x03, 0x0b, 0x0d];
const [lessThan, add, and, xor, shiftLeft, shiftRight] = [0x49, 0x6a, 0x71, 0x73, 0x74, 0x76];
/** @param {number} local */
const get = (local) => [0x20, local];
/** @param {number} local */
const set = (local) => [0x21, local];
/** @param {number} value not negative */
const constant = (value) => [0x41, ...leb128(value, 0x40)];
/** @param {number} offset from the address on the stack */
const load = (offset) => [0x28, 2, ...leb128(offset)];
/** @param {number} offset from the address on the stack */
const store = (offset) => [0x36, 2, ...leb128(offset)];
/** @param {(number | number[])[]} parts */
const code = (...parts) => parts.flat();

// A function's locals: its parameter, the position of its loop, and both halves of each lane's
// block.
const [from, position] = [0, 1];
/**
 * A lane's first byte, and the locals of its block.
 * @typedef {{ start: number, left: number, right: number }} Lane
 */
/** @typedef {'left' | 'right'} Half */

/** @param {number} number @param {number} index among the lanes of its function @returns {Lane} */
function laneAt(number, index = 0) {
  return { start: number * layout.size, left: 2 + 2 * index, right: 3 + 2 * index };
}

/** @param {Lane} lane @param {number} index */
function subkey({ start }, index) {
  return code(constant(0), load(start + layout.subkeys + 4 * index));
}

/**
 * The entry of a box for the byte of the half that belongs to this box.
 * @param {Lane} lane @param {Half} half @param {0 | 1 | 2 | 3} box
 */
function lookUp(lane, half, box) {
  const fourTimesByte =
    box < 3 ? code(constant(22 - 8 * box), shiftRight) : code(constant(2), shiftLeft);
  return code(
    get(lane[half]),
    fourTimesByte,
    constant(0x3fc),
    and,
    load(lane.start + layout.boxes + 1024 * box),
  );
}

/**
 * to ^= subkey ^ F(by).
 * @param {Lane} lane @param {Half} to @param {Half} by @param {number} index
 */
function round(lane, to, by, index) {
  const f = code(
    lookUp(lane, by, 0),
    lookUp(lane, by, 1),
    add,
    lookUp(lane, by, 2),
    xor,
    lookUp(lane, by, 3),
    add,
  );
  return code(get(lane[to]), subkey(lane, index), xor, f, xor, set(lane[to]));
}

/** Enciphers the blocks of the lanes, side by side. @param {Lane[]} lanes */
function encipher(lanes) {
  const rounds = [1, 3, 5, 7, 9, 11, 13, 15].flatMap((index) => [
    ...lanes.flatMap((lane) => round(lane, 'right', 'left', index)),
    ...lanes.flatMap((lane) => round(lane, 'left', 'right', index + 1)),
  ]);
  return code(
    lanes.flatMap((lane) => code(get(lane.left), subkey(lane, 0), xor, set(lane.left))),
    rounds,
    lanes.flatMap((lane) =>
      code(get(lane.right), subkey(lane, 17), xor, get(lane.left), set(lane.right), set(lane.left)),
    ),
  );
}

/**
 * Repeats `what` while `position`, which begins at 0 and grows by `step`, is below `until`.
 * @param {number} until @param {number} step @param {number[]} what
 */
function repeat(until, step, what) {
  const next = code(get(position), constant(step), add, set(position));
  return code(
    constant(0),
    set(position),
    loop,
    0x40,
    what,
    next,
    get(position),
    constant(until),
    lessThan,
    branchIf,
    0,
    end,
  );
}

/**
 * Loads a word of the lane into the half. Its place is the sum of the offset and the local's value.
 * @param {Lane} lane @param {Half} half @param {number} offset @param {number} local
 */
function take(lane, half, offset, local) {
  return code(get(local), load(lane.start + offset), set(lane[half]));
}

/**
 * Stores the half in the place from which `take` loads it.
 * @param {Lane} lane @param {Half} half @param {number} offset @param {number} local
 */
function keep(lane, half, offset, local) {
  return code(get(local), get(lane[half]), store(lane.start + offset));
}

/** @param {Lane[]} lanes @param {number[]} mixIn changes the blocks before they are enciphered */
function expandKey(lanes, mixIn) {
  const mixKey = lanes.flatMap(({ start }) => {
    const key = code(get(from), get(position), add, load(start));
    return code(
      get(position),
      get(position),
      load(start + layout.subkeys),
      key,
      xor,
      store(start + layout.subkeys),
    );
  });
  const replace = lanes.flatMap((lane) =>
    code(keep(lane, 'left', 0, position), keep(lane, 'right', 4, position)),
  );
  return code(repeat(72, 4, mixKey), repeat(layout.key, 8, code(mixIn, encipher(lanes), replace)));
}

/** @param {Lane[]} lanes @param {number[]} what */
function body(lanes, what) {
  return code(1, 1 + 2 * lanes.length, i32, what, end);
}

/** @param {number} count */
function expand(count) {
  const lanes = Array.from({ length: count }, (_, index) => laneAt(1 + index, index));
  return body(lanes, expandKey(lanes, []));
}

function setUp() {
  const lane = laneAt(0);
  /**
   * The two halves of the salt alternate: eight bytes for one block, eight for the next.
   * @param {Half} half @param {number} offset
   */
  const mixSalt = (half, offset) =>
    code(
      get(position),
      constant(8),
      and,
      load(lane.start + layout.salt + offset),
      get(lane[half]),
      xor,
      set(lane[half]),
    );
  return body([lane], expandKey([lane], code(mixSalt('left', 0), mixSalt('right', 4))));
}

function finish() {
  const lane = laneAt(0);
  const block = code(
    take(lane, 'left', layout.text, from),
    take(lane, 'right', layout.text + 4, from),
  );
  const outcome = code(
    keep(lane, 'left', layout.text, from),
    keep(lane, 'right', layout.text + 4, from),
  );
  return body([lane], code(block, repeat(64, 1, encipher([lane])), outcome));
}

/** @param {number} id @param {number[][]} entries */
const section = (id, entries) => code(id, sized(code(leb128(entries.length), ...entries)));
/** @param {string} text */
const sizedText = (text) => sized([...Buffer.from(text)]);
/** @param {number[]} bytes */
const sized = (bytes) => code(leb128(bytes.length), bytes);

/**
 * Seven bits a byte, the lowest first; a byte below `last` ends the number.
 * @param {number} value @param {number} last @returns {number[]}
 */
function leb128(value, last = 0x80) {
  return value < last ? [value] : [(value & 0x7f) | 0x80, ...leb128(value >>> 7, last)];
}
