import { signal } from '@preact/signals'
import {
  type OwnTemplate,
  type ReadTemplates,
  templatesAsJson,
  templatesFromJson,
} from '../../lib/dialogue/own-template.ts'
import { type Ask, type Connection, leaveAsIs } from './connection.ts'

export type TemplatesModel = ReturnType<typeof createTemplatesModel>

/** One's own texts to begin with. */
export function createTemplatesModel({ ask, onChange }: Pick<Connection, 'ask' | 'onChange'>) {
  const templates = signal<OwnTemplate[] | undefined>()
  /** What was taken out last, until something else is done. */
  const removed = signal<OwnTemplate | undefined>()

  async function take(asked: ReturnType<Ask> | Promise<OwnTemplate[]>): Promise<boolean> {
    const answer = (await asked.catch(leaveAsIs)) as OwnTemplate[] | undefined
    templates.value = answer ?? templates.value
    return answer !== undefined
  }

  const load = () => take(ask('templates', {}))

  return {
    ...{ templates, removed, load },
    save(template: OwnTemplate): Promise<boolean> {
      removed.value = undefined
      return take(ask('saveTemplate', template))
    },
    async remove(template: OwnTemplate): Promise<void> {
      if (await take(ask('removeTemplate', { id: template.id }))) removed.value = template
    },
    async putBack(): Promise<void> {
      const template = removed.value
      removed.value = undefined
      if (template) await take(ask('saveTemplate', template))
    },
    restore: () => take(ask('restoreTemplates', {})),
    asJson: () => templatesAsJson(templates.value ?? []),
    /** Says what was in the file; undefined where it holds no templates. */
    async fromJson(json: string): Promise<ReadTemplates | undefined> {
      const read = templatesFromJson(json)
      if (read) await take(ask('addTemplates', { templates: read.templates }))
      return read
    },
    watch(): () => void {
      void load()
      return onChange(({ topics }) => {
        if (topics.includes('settings')) void load()
      })
    },
  }
}
