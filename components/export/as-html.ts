import type { ExportedDialogue } from '../../lib/dialogue/export.ts'
import type { MessageView } from '../../lib/dialogue/views.ts'
import { language } from '../../lib/extension/text.ts'
import { isoText, zonedText } from '../common/times.ts'
import { sanitiseForPaper } from '../thread/sanitise.ts'
import { authorOf, factsOf, remarksOf, titleOf } from './facts.ts'
import css from './paper.css?inline'

function element(
  name: string,
  children: (Node | string)[],
  attributes: Record<string, string> = {},
): Element {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

function messageElement(message: MessageView): Element {
  const time = element('time', [zonedText(message.timeCreated)], { datetime: isoText(message.timeCreated) })
  return element('section', [
    element('h2', [authorOf(message), ' ', time], { class: 'who' }),
    element('div', [sanitiseForPaper(message.html)], { class: 'said', dir: 'auto' }),
    ...remarksOf(message).map((remark) => element('p', [remark], { class: 'remark' })),
  ])
}

function dialogueElement(dialogue: ExportedDialogue, now: number): Element {
  const facts = factsOf(dialogue, now).flatMap(([name, value]) => [
    element('dt', [name]),
    element('dd', [value], { dir: 'auto' }),
  ])
  return element('article', [
    element('h1', [titleOf(dialogue)], { dir: 'auto' }),
    element('dl', facts),
    ...dialogue.messages.map(messageElement),
  ])
}

/** As it is shown and printed. */
export function paperOf(dialogues: readonly ExportedDialogue[], now: number): Element {
  const articles = dialogues.map((dialogue) => dialogueElement(dialogue, now))
  return element('main', articles, { class: 'paper' })
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`
}

/** A page of its own that fetches nothing, runs nothing and sends nothing, whoever opens it wherever. */
export async function asHtml(dialogues: readonly ExportedDialogue[], now: number): Promise<string> {
  const policy = `default-src 'none'; style-src ${await hashOf(css)}; base-uri 'none'; form-action 'none'`
  const [first] = dialogues
  const file = document.implementation.createHTMLDocument(first ? titleOf(first) : '')
  const charset = element('meta', [], { charset: 'utf-8' })
  const security = element('meta', [], { 'http-equiv': 'Content-Security-Policy', content: policy })
  const referrer = element('meta', [], { name: 'referrer', content: 'no-referrer' })
  file.head.prepend(charset, security, referrer)
  file.head.append(element('style', [css]))
  file.documentElement.lang = language()
  file.body.append(paperOf(dialogues, now))
  return `<!doctype html>\n${file.documentElement.outerHTML}\n`
}
