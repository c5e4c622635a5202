import type { ExportedDialogue } from '../../lib/dialogue/export.ts'
import type { MessageView } from '../../lib/dialogue/views.ts'
import { isoText } from '../common/times.ts'

function messageOf({ id, authorId, authorName, timeCreated, html, mine, ...rest }: MessageView) {
  const { does, guessed, afterClosing, linkText, address } = rest
  return {
    ...{ id, authorId, authorName, mine, time: isoText(timeCreated), html },
    ...{ does: does ?? 'say', filedByGuess: guessed, afterClosing: afterClosing ?? false },
    ...(linkText ? { linkText } : {}),
    ...(address ? { address } : {}),
  }
}

/** For programs: times in UTC, messages as the site rendered them. */
export function asJson(dialogues: readonly ExportedDialogue[], now: number): string {
  const each = dialogues.map(({ ref, messages, closedBy, ...dialogue }) => ({
    id: ref.dialogueId,
    ...dialogue,
    ...(closedBy ? { closedBy: { name: closedBy.name, time: isoText(closedBy.time) } } : {}),
    messages: messages.map(messageOf),
  }))
  return `${JSON.stringify({ format: 'aside-dialogues', version: 1, made: isoText(now), dialogues: each }, null, 2)}\n`
}
