import type { ExportedDialogue } from '../../lib/dialogue/export.ts'
import { fileNameOf } from '../common/save-file.ts'
import { titleOf } from './facts.ts'

/** Called after the dialogue, where it is one. */
export function fileName(dialogues: readonly ExportedDialogue[], now: number, end: string): string {
  const [first] = dialogues
  return fileNameOf(first && dialogues.length === 1 ? titleOf(first) : 'dialogues', now, end)
}
