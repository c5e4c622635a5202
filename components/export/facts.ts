import type { ExportedDialogue } from '../../lib/dialogue/export.ts'
import type { MessageView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { zonedText } from '../common/times.ts'

/** What every form of a dialogue says besides its messages. */

export function titleOf({ subject, people }: ExportedDialogue): string {
  return subject ?? people.slice(1).join(', ')
}

function stateText({ state, closedBy }: ExportedDialogue): string {
  if (state === 'open') return t('stateOpen')
  return closedBy ? t('closedBy', closedBy.name, zonedText(closedBy.time)) : t('closedDialogue')
}

export function factsOf(dialogue: ExportedDialogue, now: number): [name: string, value: string][] {
  const { site, people, course, about, isWhole } = dialogue
  const place = [course?.name, about && `${about.name} (${about.url})`].filter(Boolean).join(' › ')
  return [
    [t('exportSite'), `${site.name} (${site.wwwroot})`],
    [t('exportPeople'), people.join(', ')],
    ...(place ? ([[t('exportAbout'), place]] as [string, string][]) : []),
    [t('exportState'), stateText(dialogue)],
    [t('exportMade'), t('exportMadeBy', dialogue.account, zonedText(now))],
    ...(isWhole ? [] : ([[t('exportMissing'), t('exportNotWhole')]] as [string, string][])),
  ]
}

const DOES = { close: 'didClose', reopen: 'didReopen' } as const

export function authorOf({ authorName }: MessageView): string {
  return authorName || t('deletedPersonUnnamed')
}

/** What is to be known of a message besides its words. */
export function remarksOf({ does, guessed, afterClosing, linkText }: MessageView): string[] {
  return [
    linkText,
    guessed ? t('guessedPlain') : undefined,
    does && t(DOES[does]),
    afterClosing ? t('afterClosing') : undefined,
  ].filter((remark) => remark !== undefined)
}
