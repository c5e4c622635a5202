import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addToLog, admit, EMPTY_LOG, LOG_LENGTH, type LogEntry, type Note } from '../../lib/dialogue/log.ts'

const WORDS = {
  isFunction: (name: string) => name.startsWith('core_message_'),
  isCode: (code: string) => code === 'accessexception',
}

const request = (change: Partial<Note & { kind: 'request' }> = {}): LogEntry => ({
  ...{ kind: 'request', functions: ['core_message_get_messages'], tookMs: 5, timeMs: 1000, account: 1 },
  ...change,
})
const logOf = (entries: LogEntry[]) => entries.reduce(addToLog, EMPTY_LOG)

describe('the log admits', () => {
  it('what is known, and numbers as whole ones', () => {
    const note: Note = { kind: 'send', attempt: 2, state: 'refused', trouble: 'recipient-refuses' }
    expect(admit(note, WORDS)).toEqual(note)
    expect(admit({ kind: 'round', tookMs: 4.6 }, WORDS)).toEqual({ kind: 'round', tookMs: 5 })
  })

  it('no sentence in the place of a code, and no function that nobody knows', () => {
    const note = { ...request(), functions: ['core_message_x', 'Dear Anna'], code: 'No mail to Anna' } as Note
    expect(admit(note, WORDS)).toEqual({
      ...{ kind: 'request', functions: ['core_message_x', 'other'], tookMs: 5, code: 'other' },
    })
  })

  it('no text at all, wherever it stands', () => {
    const marked = fc.string().map((text) => `«${text}»`)
    const kind = fc.constantFrom(
      'start',
      'request',
      'news',
      'round',
      'step',
      'send',
      'settle',
      'trouble',
      'wait',
    )
    const fields = fc.dictionary(
      fc.oneof(
        fc.constantFrom('fault', 'code', 'state', 'trouble', 'because', 'tookMs', 'text', '__proto__'),
        fc.string(),
      ),
      fc.oneof(marked, fc.integer(), fc.array(marked), fc.record({ text: marked })),
    )
    fc.assert(
      fc.property(fc.oneof(kind, marked), fields, fc.array(marked), (kind, fields, functions) => {
        const note = admit({ ...fields, kind, functions } as unknown as Note, WORDS)
        expect(JSON.stringify(note) ?? '').not.toContain('«')
      }),
      { numRuns: 500 },
    )
  })
})

describe('the log', () => {
  it('holds the latest entries only, and counts all', () => {
    const failed = Array.from({ length: LOG_LENGTH + 50 }, (_, i) =>
      request({ fault: 'unreachable', tookMs: i }),
    )
    const { entries, errors } = logOf(failed)
    expect(entries).toHaveLength(LOG_LENGTH)
    expect(entries.at(-1)).toEqual(failed.at(-1))
    expect(errors).toEqual({ '1 unreachable': LOG_LENGTH + 50 })
  })

  it('gathers in a round what was done for its account while it lasted', () => {
    const { entries } = logOf([
      { ...request(), timeMs: 900 },
      { ...request(), timeMs: 1100 },
      { ...request(), timeMs: 1150, account: 2 },
      { kind: 'news', conversations: 2, unread: 3, timeMs: 1150, account: 1 },
      { kind: 'round', tookMs: 200, timeMs: 1200, account: 1 },
    ])
    expect(entries.at(-1)).toMatchObject({ requests: 1, conversations: 2, unread: 3 })
  })

  it('remembers which functions a site refused, each once', () => {
    const refusal = request({ fault: 'moodle', code: 'accessexception' })
    const { refused, errors } = logOf([refusal, refusal, request({ fault: 'moodle', code: 'other' })])
    expect(refused).toEqual(['1 core_message_get_messages'])
    expect(errors).toEqual({ '1 accessexception': 2, '1 other': 1 })
  })
})
