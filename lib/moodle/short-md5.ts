/** https://www.rfc-editor.org/rfc/rfc1321, for the short texts of the launch page: the whole package is ten times as long. */
const TURNS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as const

/** Which word of the block a step takes. */
const PLACES = [(i: number) => i, (i: number) => 5 * i + 1, (i: number) => 3 * i + 5, (i: number) => 7 * i]
const MIXES = [
  (x: number, y: number, z: number) => (x & y) | (~x & z),
  (x: number, y: number, z: number) => (x & z) | (y & ~z),
  (x: number, y: number, z: number) => x ^ y ^ z,
  (x: number, y: number, z: number) => y ^ (x | ~z),
]

/** The text, a bit, zeros, and how long it was: words of 32 bits, sixteen a block. */
function padded(text: string): DataView {
  const bytes = new TextEncoder().encode(text)
  const view = new DataView(new ArrayBuffer((((bytes.length + 8) >> 6) << 6) + 64))
  new Uint8Array(view.buffer).set(bytes)
  view.setUint8(bytes.length, 0x80)
  view.setUint32(view.byteLength - 8, bytes.length * 8, true)
  return view
}

function turned(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

export function md5(text: string): string {
  const view = padded(text)
  const state = Int32Array.from(START)
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a = 0, b = 0, c = 0, d = 0] = state
    for (let i = 0; i < 64; i++) {
      const round = i >> 4
      const mixed = MIXES[round]?.(b, c, d) ?? 0
      const word = view.getInt32(block + 4 * ((PLACES[round]?.(i) ?? 0) & 15), true)
      const sum = (a + mixed + word + Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32)) | 0
      ;[a, d, c, b] = [d, c, b, (b + turned(sum, TURNS[4 * round + (i & 3)] ?? 0)) | 0]
    }
    ;[a, b, c, d].forEach((word, i) => {
      state[i] = (state[i] ?? 0) + word
    })
  }
  const out = new DataView(state.buffer)
  return Array.from(state, (word, i) => {
    out.setInt32(4 * i, word, true)
    return [0, 1, 2, 3]
      .map((j) =>
        out
          .getUint8(4 * i + j)
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')
  }).join('')
}
