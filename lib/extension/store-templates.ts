import { browser } from 'wxt/browser'
import {
  MOST_TEMPLATES,
  type NewTemplate,
  type OwnTemplate,
  templateOf,
  withTemplate,
} from '../dialogue/own-template.ts'
import { starterTemplates } from './starter-templates.ts'

/*
 * Templates belong to whoever uses this browser, not to an account: they lie beside the settings. Until one of them is
 * changed they are the starter set, in whatever language the interface has.
 */

interface Stored {
  templates?: OwnTemplate[]
}

export async function readTemplates(): Promise<OwnTemplate[]> {
  const { templates } = await browser.storage.local.get<Stored>('templates')
  return templates ?? starterTemplates()
}

async function keep(templates: OwnTemplate[]): Promise<OwnTemplate[]> {
  await browser.storage.local.set({ templates })
  return templates
}

/** A new one where its id is not known; what is no template, or one too many, changes nothing. */
export async function saveTemplate(template: OwnTemplate): Promise<OwnTemplate[]> {
  const there = await readTemplates()
  const checked = templateOf(template)
  const isNew = !there.some(({ id }) => id === template.id)
  if (!checked || (isNew && there.length >= MOST_TEMPLATES)) return there
  return keep(withTemplate(there, { id: template.id, ...checked }))
}

export async function removeTemplate(gone: string): Promise<OwnTemplate[]> {
  return keep((await readTemplates()).filter(({ id }) => id !== gone))
}

/** Besides those that are there; one that says the same already is not put there twice. */
export async function addTemplates(
  added: readonly NewTemplate[],
  newId: () => string,
): Promise<OwnTemplate[]> {
  let all = await readTemplates()
  for (const one of added.flatMap((each) => templateOf(each) ?? [])) {
    const isThere = all.some(({ name, text }) => name === one.name && text === one.text)
    if (!isThere && all.length < MOST_TEMPLATES) all = withTemplate(all, { id: newId(), ...one })
  }
  return keep(all)
}

/** The starter set, as it was at first; one's own stay. */
export async function restoreStarters(): Promise<OwnTemplate[]> {
  let all = await readTemplates()
  for (const starter of starterTemplates()) all = withTemplate(all, starter)
  return keep(all)
}
