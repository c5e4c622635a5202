import { addMessage, otherMember } from './conversations.ts'
import type { State } from './state.ts'
import { type Conversation, INDIVIDUAL, type Message } from './types.ts'

export type AutoAnswer = {
  afterMs: number
  texts: readonly string[]
  /** Usernames that do not answer by themselves: those whom a person plays. */
  except?: readonly string[]
}

const link = /<p><a href="([^"]*#dialogue=[^"]*)"[^>]*>([\s\S]*?)<\/a><\/p>\s*$/

/** A student who uses the extension answers inside the dialogue: same link, own key. */
function withLink(answer: string, message: Message): string {
  const found = link.exec(message.text)
  const [, address = '', subject = ''] = found ?? []
  if (!found) return `<p>${answer}</p>`
  const key = `auto${message.id.toString(36).padStart(8, '0')}`
  const reply = address
    .replace(/((?:&amp;|&|#)m=)[0-9a-z]+/, `$1${key}`)
    .replace(/((?:&amp;|&)do=)\w+/, '$1reply')
    .replace(/&(?:amp;)?(?:replies|rule)=[^&]*/g, '')
  return `<p>${answer}</p><p><a href="${reply}">${subject.startsWith('Re: ') ? subject : `Re: ${subject}`}</a></p>`
}

/** Simulated students answer the messages that they receive. Answers with a function that stops it. */
export function autoAnswer(state: State, { afterMs, texts, except = [] }: AutoAnswer): () => void {
  const timers = new Set<NodeJS.Timeout>()
  let turn = 0

  /** Students, but for those whom a person plays. */
  const simulated = (userid: number): boolean => {
    const name = state.users.get(userid)?.username ?? ''
    return name.startsWith('student') && !except.includes(name)
  }

  function listener(message: Message, conversation: Conversation): void {
    const useridfrom = otherMember(conversation, message.useridfrom)
    if (conversation.type !== INDIVIDUAL || simulated(message.useridfrom) || !simulated(useridfrom)) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      const answer = texts[turn++ % texts.length] ?? 'Thank you.'
      addMessage(state, conversation, { useridfrom, text: withLink(answer, message), format: 1 })
    }, afterMs)
    timers.add(timer)
  }

  state.listeners.add(listener)
  return () => {
    state.listeners.delete(listener)
    for (const timer of timers) clearTimeout(timer)
  }
}
