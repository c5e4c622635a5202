import type { MessageView } from '../../lib/dialogue/views.ts'

/** A stretch of messages that is laid out, drawn and left alone as one. */
export interface Block {
  /** What stands above its first message: whether a day or a person begins there. */
  before: MessageView | undefined
  messages: readonly MessageView[]
}

const FULL = 20

function isSame(one: Block, other: Block): boolean {
  const { messages } = one
  return (
    one.before === other.before &&
    messages.length === other.messages.length &&
    messages.every((message, index) => message === other.messages[index])
  )
}

function startsOf(messages: readonly MessageView[], held: readonly Block[]): number[] {
  const begun = new Set(held.map((block) => block.messages[0]?.id))
  const starts: number[] = []
  messages.forEach(({ id }, index) => {
    if (index - (starts.at(-1) ?? -FULL) >= FULL || begun.has(id)) starts.push(index)
  })
  return starts
}

/**
 * Messages in blocks of twenty at most. A block begins where it did before, whatever comes above or below it; one in
 * which nothing is changed is the very same again.
 */
export function inBlocks(messages: readonly MessageView[], held: readonly Block[]): Block[] {
  const there = new Map(held.map((block) => [block.messages[0]?.id, block]))
  return startsOf(messages, held).map((start, n, starts) => {
    const block = { before: messages[start - 1], messages: messages.slice(start, starts[n + 1]) }
    const same = there.get(messages[start]?.id)
    return same && isSame(same, block) ? same : block
  })
}
