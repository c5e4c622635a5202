import { accountIdOf } from '../../lib/dialogue/dialogue.ts'
import { listEntries } from '../../lib/store/lists.ts'
import type {
  AccountRow,
  ConversationRow,
  DialogueRecord,
  MessageRow,
  PersonRow,
} from '../../lib/store/rows.ts'

/** Messages as a busy teacher has them: words as rare as words are, a tenth of them in Chinese. */
const ME = 3
const NOW = 1_794_484_800
const VOCABULARY = 60_000
const SIGNS = 3000

export const ACCOUNT: AccountRow = {
  id: accountIdOf('moodle.example', ME),
  wwwroot: 'https://moodle.example',
  formerWwwroots: [],
  siteName: 'Example School',
  userId: ME,
  fullName: 'Tara Teacher',
  onlyMe: true,
  timeSwitchedOn: 0,
  locked: false,
}

/** The same numbers at every run. */
function createRandom(seed = 7) {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

const SYLLABLES =
  'an ber con de ein fer ge hal in jo ka les men no or pro qui re ste tion un ver wa xi ya zu the and ing str sch pre par com dis ent'.split(
    ' ',
  )

export function createCorpus(messages: number, conversations: number) {
  const random = createRandom()
  const pick = (n: number) => Math.floor(random() * n)
  /** Zipf: the n-th word is n times rarer than the first. */
  const rank = (n: number) => Math.floor(n ** random()) - 1
  const word = () => Array.from({ length: 1 + pick(4) }, () => SYLLABLES[pick(SYLLABLES.length)]).join('')
  const vocabulary = [...new Set(Array.from({ length: VOCABULARY }, word))]
  const sentence = (length: number) =>
    Array.from({ length }, () => vocabulary[rank(vocabulary.length)]).join(' ')
  const signs = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(0x4e00 + rank(SIGNS))).join('')
  const names = Array.from(
    { length: conversations },
    () => `${vocabulary[pick(2000)]} ${vocabulary[pick(vocabulary.length)]}`,
  )
  const subjects = names.map(() => sentence(3))
  let id = 1_000_000

  const keyOf = (n: number) => `u${n + 10}`
  const dialogueOf = (n: number) => n.toString(36).padStart(12, '0')

  function message(at: number): MessageRow {
    const n = rank(conversations)
    id += 1 + pick(900)
    const text = random() < 0.1 ? signs(10 + pick(60)) : sentence(5 + pick(45))
    const subject = `Re: ${subjects[n]}`
    const url = 'https://moodle.example/mod/assign/view.php?id=3'
    return {
      ...{ accountId: ACCOUNT.id, key: keyOf(n), id, authorId: random() < 0.5 ? ME : n + 10 },
      ...{ timeCreated: NOW - (messages - at) * 60, html: `<p>${text}</p>`, unread: 0 },
      ...{ dialogueId: dialogueOf(n), guessed: false, afterClosing: false },
      link: {
        dialogueId: dialogueOf(n),
        m: dialogueOf(id),
        does: 'reply',
        courseId: 2,
        repliesExpected: true,
        text: subject,
        url,
      },
    }
  }

  const people = names.map(
    (fullName, n): PersonRow => ({ accountId: ACCOUNT.id, id: n + 10, fullName, isDeleted: false }),
  )
  const talks = names.map(
    (_, n): ConversationRow => ({
      ...{
        accountId: ACCOUNT.id,
        key: keyOf(n),
        kind: 'individual',
        conversationId: n + 1,
        memberIds: [n + 10],
      },
      ...{ isMuted: false, isFavourite: false, timeLast: NOW, complete: true, historyWanted: false },
    }),
  )
  const dialogues = subjects.map((subject, n): DialogueRecord => {
    const record: DialogueRecord = {
      ...{
        accountId: ACCOUNT.id,
        key: keyOf(n),
        dialogueId: dialogueOf(n),
        kind: 'individual',
        subject,
        courseId: 2,
      },
      ...{
        repliesExpected: true,
        state: 'open',
        timeLast: NOW - n,
        lastAuthorId: ME,
        lastText: sentence(12),
      },
      ...{ unread: 0, count: 1, isAnswered: true, lists: [] },
      orders: { first: '', last: '', count: '', activity: '' },
    }
    return { ...record, lists: listEntries(record, ME, []) }
  })
  return { people, talks, dialogues, message, vocabulary, names }
}

export type Corpus = ReturnType<typeof createCorpus>

/** What people type, from letters that are everywhere to words that are nowhere else. */
export function questions({ vocabulary, names }: Corpus): Record<string, string[]> {
  const words = vocabulary.filter((word) => word.length >= 5)
  const at = (n: number) => words[Math.min(n, words.length - 1)] ?? ''
  const some = [3, 30, 100, 300, 1000, 3000, 10_000, 20_000]
  const signs = (n: number) => String.fromCharCode(0x4e00 + n)
  return {
    'three letters': ['con', 'ver', 'the', 'ein', 'str', 'zux', 'qui', 'dis', 'ent', 'pro'],
    'one word': some.map(at),
    'two words': some.map((n) => `${at(n)} ${at(n >> 1)}`),
    'a common and a rare word': some.map((n) => `${at(1)} ${at(n + 5000)}`),
    'a person': [0, 1, 10, 100, 1000].map((n) => names[n] ?? ''),
    'a phrase': some.slice(0, 4).map((n) => `"${at(n)} ${at(1)}"`),
    'two signs of Chinese': [0, 1, 5, 20, 100, 500].map((n) => signs(n) + signs(n + 1)),
    'what is nowhere': ['zzzzzz', 'qqqq'],
  }
}
