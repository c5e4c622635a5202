import { cleanName, type Participant } from '../../lib/dialogue/participant.ts'
import { numberText, plural, t } from '../../lib/extension/text.ts'
import type { ActionLook } from './button.ts'
import type { PlaceKind } from './landmarks.ts'
import type { Shown } from './room.ts'

/** In rows of a table there is room for an icon only. */
const WORDED = new Set<PlaceKind>(['post', 'grader', 'profile', 'grades'])

const said = new Map<PlaceKind, string>()

/** Asked of the browser once, not at every post. */
function wordsFor(kind: PlaceKind): string {
  const words = said.get(kind) ?? t(kind === 'post' ? 'answerPrivately' : 'writePrivately')
  said.set(kind, words)
  return words
}

export function lookFor(kind: PlaceKind, { fullName }: Participant): ActionLook {
  const name = cleanName(fullName)
  if (!WORDED.has(kind)) return { label: t('writeToPrivately', name) }
  const words = wordsFor(kind)
  return { words, label: `${words}: ${name}` }
}

export function lookForActivity(name: string, isAsking: boolean): ActionLook {
  return { label: t(isAsking ? 'askAbout' : 'writeAbout', name) }
}

export function lookForTicked(count: number): ActionLook {
  if (count === 0) return { words: t('writePrivately'), label: t('writePrivately') }
  const words = plural('writeToTicked', count)
  return { words, label: words }
}

/** More than there is room for; the label says how many. */
const MOST = 99

export function lookForCount(dialogues: number, isUnread: boolean, name: string): Shown {
  const label = plural(isUnread ? 'dialoguesAboutUnread' : 'dialoguesAbout', dialogues, name)
  return { words: dialogues > MOST ? `${numberText(MOST)}+` : numberText(dialogues), label, isUnread }
}
