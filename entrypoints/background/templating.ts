import { newKey } from '../../lib/dialogue/key.ts'
import {
  addTemplates,
  readTemplates,
  removeTemplate,
  restoreStarters,
  saveTemplate,
} from '../../lib/extension/store-templates.ts'
import { type Answers, ownPageOnly, visible } from './access.ts'
import type { Caller } from './caller.ts'
import { world } from './worker.ts'

/** One change after the other: two screens that save at once lose nothing. */
async function change<T>(caller: Caller, work: () => Promise<T>): Promise<T> {
  ownPageOnly(caller)
  return world.inTurn('templates', work)
}

/** In a page only where somebody's dialogues are shown. */
async function mayRead(caller: Caller): Promise<boolean> {
  return caller.kind === 'own-page' || (await visible(caller)).length > 0
}

/** Read by every composer, changed on our own pages only. */
export const templating = {
  templates: async (_, caller) => ((await mayRead(caller)) ? readTemplates() : []),
  saveTemplate: async (template, caller) => change(caller, () => saveTemplate(template)),
  removeTemplate: async ({ id }, caller) => change(caller, () => removeTemplate(id)),
  addTemplates: async ({ templates }, caller) =>
    change(caller, () => addTemplates(templates, () => newKey(world.random))),
  restoreTemplates: async (_, caller) => change(caller, () => restoreStarters()),
} satisfies Partial<Answers>
