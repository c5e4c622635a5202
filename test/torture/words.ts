import type { ConversationKey } from '../../lib/dialogue/dialogue.ts'

/**
 * typed ──► sent         the worker said that it stands in the outbox
 * typed ──► perhaps      asked for, and no answer: it stands in the tab still, and perhaps in the outbox
 * typed ──► given up     the tab was closed before it was saved
 * perhaps ──► sent       asked for again, with the same key
 * sent ──► typed         taken back
 * sent ──► given up      dropped
 */
export type Fate = 'typed' | 'perhaps' | 'sent' | 'given up' | 'perhaps given up'

/** One line that somebody typed, told from all others by its mark. */
export interface Line {
  mark: string
  author: number
  conversationKey: ConversationKey
  fate: Fate
  /** When it was asked to be sent: of two lines with the same turn, either may be first. */
  turn?: number | undefined
  /** Put off until then, and not asked for since. */
  notBefore?: number | undefined
  hasLink: boolean
  /** Copies that its author sent from a telephone. */
  elsewhere: number
  /** It may stand in a draft although it has arrived: that draft was saved late. */
  savedLate: boolean
  /** It was changed and sent again after nobody knew whether it was taken. */
  mayRepeat: boolean
}

const MARK = /\bw\d+x\b/g

export const marksIn = (text: string): string[] => [...new Set(text.match(MARK) ?? [])]

/** Everything that was typed. */
export function createWords() {
  const lines = new Map<string, Line>()

  return {
    lines,
    type(author: number, conversationKey: ConversationKey): Line {
      const mark = `w${lines.size + 1}x`
      const facts = { mark, author, conversationKey, fate: 'typed', hasLink: false } as const
      const line: Line = { ...facts, elsewhere: 0, savedLate: false, mayRepeat: false }
      lines.set(mark, line)
      return line
    },
    of: (text: string): Line[] => marksIn(text).flatMap((mark) => lines.get(mark) ?? []),
    change(text: string, change: Partial<Line> | ((line: Line) => Partial<Line>)): void {
      for (const mark of marksIn(text)) {
        const line = lines.get(mark)
        if (line) Object.assign(line, typeof change === 'function' ? change(line) : change)
      }
    },
  }
}

export type Words = ReturnType<typeof createWords>
export const textOf = (line: Line): string => `Words of ${line.mark} here.`
