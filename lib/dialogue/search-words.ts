/*
 * Words as the search knows them. Runs of letters and digits are found by their characters rather than by
 * Intl.Segmenter wherever that is enough: it takes less time, is the same in every browser (an index outlives a
 * browser's update), and finds "étudiant" in "l'étudiant". Scripts without spaces are cut into pairs of letters, which
 * finds whatever a dictionary would cut and also what it would not. What is left is the segmenter's work.
 */

export interface Word {
  /** Without case and accents. */
  term: string
  start: number
  end: number
  /** Of a script without spaces: a stretch, not a word. */
  isStretch: boolean
}

const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u30fc\\uff70'
const INVISIBLE = '\\u00ad\\u200b-\\u200d\\u2060'
const TAIL = `[\\p{M}${INVISIBLE}]*`
const RUN = new RegExp(`(?:[${UNSPACED}]${TAIL})+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}]${TAIL})+`, 'gu')
const BEGINS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u')
/** Marks that readers leave out: of Latin, Greek, Cyrillic, Hebrew and Arabic. Elsewhere they are vowels. */
const LEFT_OUT = new RegExp(
  `(?=\\p{M})[\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05c7\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06ed\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe00-\\ufe0f\\ufe20-\\ufe2f]|[\\u0640${INVISIBLE}]`,
  'gu',
)
const ASCII = /^[\0-\x7f]*$/
/** Letters with a stroke, which no normalisation takes off. */
const PLAIN: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ħ: 'h', ŧ: 't', æ: 'ae', œ: 'oe', ς: 'σ' }

/** Without case and accents, whatever the computer's language. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  const bare = text.normalize('NFKD').replace(LEFT_OUT, '').toUpperCase().toLowerCase()
  return bare.replace(/[øłđħŧæœς]/g, (letter) => PLAIN[letter] ?? letter).normalize('NFC')
}

/** No word is so long: a script without spaces that is not known here. */
const LONGEST_WORD = 24
let segmenter: Intl.Segmenter | undefined

function cutUp(text: string, start: number): Word[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' })
  return [...segmenter.segment(text)].map(({ segment, index }) => ({
    term: fold(segment),
    start: start + index,
    end: start + index + segment.length,
    isStretch: false,
  }))
}

export function wordsIn(text: string): Word[] {
  const words: Word[] = []
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (run.length > LONGEST_WORD && !ASCII.test(run) && !BEGINS_UNSPACED.test(run)) {
      words.push(...cutUp(run, index))
      continue
    }
    const isStretch = !ASCII.test(run) && BEGINS_UNSPACED.test(run)
    words.push({ term: fold(run), start: index, end: index + run.length, isStretch })
  }
  return words.filter(({ term }) => term !== '')
}

const LONGEST_TERM = 40

/** Each pair of letters, and the last letter, so that every letter begins a term. */
function pairsOf(stretch: string): string[] {
  const letters = [...stretch]
  return letters.map((letter, i) => letter + (letters[i + 1] ?? ''))
}

/** What the index keeps of a text. */
export function termsOf(words: readonly Word[]): Set<string> {
  const terms = new Set<string>()
  for (const { term, isStretch } of words) {
    if (isStretch) for (const pair of pairsOf(term)) terms.add(pair)
    else terms.add(term.slice(0, LONGEST_TERM).toWellFormed())
  }
  return terms
}

/** What to look up for a sought word: beginnings of terms, all of which a message must hold. */
export function lookUps({ term, isStretch }: Pick<Word, 'term' | 'isStretch'>): string[] {
  if (!isStretch) return [term.slice(0, LONGEST_TERM).toWellFormed()]
  const pairs = pairsOf(term)
  return pairs.length === 1 ? pairs : [...new Set(pairs.slice(0, -1))]
}
