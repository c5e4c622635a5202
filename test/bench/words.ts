/** Words as rare as words are, a tenth of the texts in Chinese; the same ones at every run. */
const VOCABULARY = 60_000
const SIGNS = 3000

const SYLLABLES =
  'an ber con de ein fer ge hal in jo ka les men no or pro qui re ste tion un ver wa xi ya zu the and ing str sch pre par com dis ent'.split(
    ' ',
  )

function createRandom(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

export function createWords(seed = 7) {
  const random = createRandom(seed)
  const pick = (n: number) => Math.floor(random() * n)
  /** Zipf: the n-th word is n times rarer than the first. */
  const rank = (n: number) => Math.floor(n ** random()) - 1
  const word = () => Array.from({ length: 1 + pick(4) }, () => SYLLABLES[pick(SYLLABLES.length)]).join('')
  const vocabulary = [...new Set(Array.from({ length: VOCABULARY }, word))]
  const sentence = (length: number) =>
    Array.from({ length }, () => vocabulary[rank(vocabulary.length)]).join(' ')
  const signs = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(0x4e00 + rank(SIGNS))).join('')
  return {
    vocabulary,
    sentence,
    text: () => (random() < 0.1 ? signs(10 + pick(60)) : sentence(5 + pick(45))),
  }
}

export type Words = ReturnType<typeof createWords>

/** What people type, from letters that are everywhere to words that are nowhere else. */
export function questions(vocabulary: readonly string[], names: readonly string[]): Record<string, string[]> {
  const words = vocabulary.filter((word) => word.length >= 5)
  const at = (n: number) => words[Math.min(n, words.length - 1)] ?? ''
  const some = [3, 30, 100, 300, 1000, 3000, 10_000, 20_000]
  const signs = (n: number) => String.fromCharCode(0x4e00 + n)
  return {
    'three letters': ['con', 'ver', 'the', 'ein', 'str', 'zux', 'qui', 'dis', 'ent', 'pro'],
    'one word': some.map(at),
    'two words': some.map((n) => `${at(n)} ${at(n >> 1)}`),
    'a common and a rare word': some.map((n) => `${at(1)} ${at(n + 5000)}`),
    'a person': [...names],
    'a phrase': some.slice(0, 4).map((n) => `"${at(n)} ${at(1)}"`),
    'two signs of Chinese': [0, 1, 5, 20, 100, 500].map((n) => signs(n) + signs(n + 1)),
    'what is nowhere': ['zzzzzz', 'qqqq'],
  }
}
